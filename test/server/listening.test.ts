import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { listen, stop } from '../../src/server/listening.ts';
import { startTestEmulator } from '../support/emulator.ts';
import { overHttp1, overHttp2 } from './tls/secure-call.ts';

const portOf = (url: string | undefined) => Number(new URL(url ?? '').port);

async function ask(host: string, port: number): Promise<number | undefined> {
  const call = request({ host, port, path: '/health', agent: false, headers: { host: 'localhost' } }).end();
  const [answer] = await once(call, 'response');
  await text(answer);
  return answer.statusCode;
}

async function holding(host: string, port = 0): Promise<Server> {
  const holder = createTcpServer().listen(port, host);
  onTestFinished(() => void holder.close());
  await once(holder, 'listening');
  return holder;
}

const hasIpv6 = await holding6();
async function holding6(): Promise<boolean> {
  const server = createTcpServer();
  const isThere = new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(0, '::1', () => resolve(true));
  });
  return isThere.finally(() => server.close());
}

test.runIf(hasIpv6)('found 1.3: localhost is both loopback addresses, at every port', async () => {
  const tls = { port: 0, certificate: { kind: 'self-signed', authorityFile: undefined } } as const;
  const lk = await startTestEmulator({ host: 'localhost', ownPorts: ['estuary'], tls });
  expect(lk.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  for (const host of ['127.0.0.1', '::1']) {
    expect(await ask(host, portOf(lk.url))).toBe(200);
    expect(await ask(host, portOf(lk.providerUrls.get('estuary')))).toBe(200);
  }
  for (const call of [overHttp1, overHttp2]) {
    const ca = lk.https?.ca ?? '';
    expect(await call({ url: `https://[::1]:${portOf(lk.https?.url)}/health`, ca })).toMatchObject({ status: 200 });
  }
  await lk.close();
  await expect(ask('::1', portOf(lk.url))).rejects.toThrow('ECONNREFUSED');
});

test.runIf(hasIpv6)('a port that is taken at one of them is not free, and nothing is left open', async () => {
  for (const host of ['127.0.0.1', '::1']) {
    const holder = await holding(host);
    const address = holder.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const server = createServer();
    await expect(listen(server, 'localhost', port)).rejects.toMatchObject({ code: 'EADDRINUSE', address: host });
    expect(server.listening).toBe(false);
  }
});

test('an address is that address alone', async () => {
  const server = createServer();
  const { twin } = await listen(server, '127.0.0.1', 0);
  expect(twin).toBeUndefined();
  await stop(server);
});
