import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunLatchkey } from '../../../src/prove/runner.ts';
import { evidenceOf } from '../fake-runs.ts';

/**
 * Refuses `/revoked` with 401, and accepts it with the mutant `accept-revoked`; accepts everything else. So tests of what
 * commands may do need no emulator.
 */
export async function fakeLatchkey(mutant: string, onRequest: () => void = () => undefined): Promise<RunLatchkey> {
  let [requests, times] = [0, 0];
  const errs = mutant.startsWith('accept-revoked');
  const server = createServer((request, response) => {
    requests += 1;
    const isRevoked = request.url === '/revoked';
    if (isRevoked) times += 1;
    onRequest();
    response.writeHead(isRevoked && !errs ? 401 : 200, { connection: 'close' }).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address: string | AddressInfo | null = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    env: { PATH: process.env['PATH'], LATCHKEY_URL: `http://127.0.0.1:${port}` },
    seen: () => ({ requests, providers: requests === 0 ? [] : ['rockset'] }),
    mutant: async () => ({
      mutant: mutant.split('@')[0] ?? '',
      provider: 'rockset',
      acted: errs ? times : 0,
      evidence: errs && times > 0 ? [evidenceOf()] : [],
      reachable: times === 0 ? [] : [{ mutant: 'accept-revoked', provider: 'rockset', times }],
    }),
    shown: (text) => text.replaceAll('s3cret', 's3…'),
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
