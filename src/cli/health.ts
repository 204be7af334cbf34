import { get } from 'node:http';
import { parseArgs } from 'node:util';

/**
 * Asks the emulator on this machine whether it is healthy. Loads next to nothing: a container runs this every few seconds.
 * Gives the exit status: 0 when it answers 200 within two seconds. Throws an Error for arguments that it does not know.
 */
export function checkHealth(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { host: { type: 'string' }, port: { type: 'string' } } });
  const listening = values.host ?? env['LATCHKEY_HOST'] ?? '127.0.0.1';
  const host = ['0.0.0.0', '::', ''].includes(listening) ? '127.0.0.1' : listening;
  const port = values.port ?? (env['LATCHKEY_PORT'] || '5282');
  return new Promise((resolve) => {
    const request = get({ host, port, path: '/_latchkey/health', timeout: 2000, headers: { host: 'localhost' } }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? 0 : 1);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(1));
  });
}
