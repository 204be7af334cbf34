import { get } from 'node:http';
import { defineCommand } from './command.ts';

const timeoutMs = 2000;

/** Loads next to nothing: a container runs this every few seconds. */
export const command = defineCommand({
  options: {
    host: { type: 'string', default: '127.0.0.1', hasVariable: true, description: 'the address that latchkey listens on' },
    port: {
      type: 'integer',
      minimum: 0,
      maximum: 65_535,
      default: 5282,
      hasVariable: true,
      description: 'the port that it listens on',
    },
  },
  async run({ options: { host, port } }) {
    const isHealthy = await answersOk(['0.0.0.0', '::', ''].includes(host) ? '127.0.0.1' : host, port);
    return { data: null, text: '', status: isHealthy ? 0 : 1 };
  },
});

function answersOk(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { host, port, path: '/_latchkey/health', timeout: timeoutMs, headers: { host: 'localhost' } };
    const request = get(options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
