import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';

test('an emulator stops at once while a client has a connection on which it has asked nothing yet', async () => {
  const lk = await startTestEmulator({ ownPorts: ['estuary'] });
  const sockets = [lk.url, lk.providerUrls.get('estuary') ?? ''].map((url) => connect(Number(new URL(url).port), '127.0.0.1'));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  const closed = sockets.map((socket) => once(socket, 'close'));
  // Once the server answers on a later connection, it knows of the earlier ones.
  await lk.request.get('/health').expect(200);
  await fetch(`${lk.providerUrls.get('estuary')}/health`);
  await lk.close();
  await Promise.all(closed);
});

test('a request that is being answered gets its answer before the emulator stops, then its connection is closed', async () => {
  const lk = await startTestEmulator();
  await lk.request.post('/_latchkey/faults').send({ effect: { delay: '100ms' } });
  const { promise: hit, resolve } = Promise.withResolvers<void>();
  lk.world.events.listen(({ type }) => type === 'fault' && resolve(), resolve);
  const answer = fetch(`${lk.url}/health`);
  await hit;
  const stopped = lk.close();
  expect((await answer).status).toBe(200);
  await stopped;
});

/** Resolves once nothing more comes over a connection, whether it was closed or destroyed. */
function gone(socket: Socket): Promise<void> {
  socket.resume();
  socket.on('error', () => undefined);
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

const half = 'POST /user/api-keys HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345';
const portOf = (url: string) => Number(new URL(url).port);

describe('found 6.5: an emulator stops, whatever others are doing', () => {
  const starting = () =>
    startTestEmulator({
      ownPorts: ['estuary'],
      tls: { port: 0, certificate: { kind: 'self-signed', authorityFile: undefined } },
      limits: { graceMs: 20 },
    });

  const http = ({ url }: TestEmulator) => connect(portOf(url), '127.0.0.1');
  const own = ({ providerUrls }: TestEmulator) => connect(portOf(providerUrls.get('estuary') ?? ''), '127.0.0.1');
  const tcp = ({ https }: TestEmulator) => connect(portOf(https?.url ?? ''), '127.0.0.1');
  const tls = ({ https }: TestEmulator) => connectTls({ port: portOf(https?.url ?? ''), rejectUnauthorized: false });

  test.each([
    ['half a body', http, half],
    ['half a body at the port of a provider', own, half],
    ['half a body over TLS', tls, half],
    ['half a head', http, 'GET / HTTP/1.1\r\nHo'],
    ['half a TLS handshake', tcp, '\x16\x03\x01\x02\x00\x01'],
  ])('%s', async (_what, open, bytes) => {
    const lk = await starting();
    const socket = open(lk);
    const closed = gone(socket);
    await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
    // Once the server answers on a later connection, it knows of the earlier one.
    await lk.request.get('/health').expect(200);
    await lk.close();
    expect(lk.world.isClosed).toBe(true);
    await closed;
  });

  test('half a body over HTTP/2', async () => {
    const lk = await starting();
    const session = connectHttp2(lk.https?.url ?? '', { rejectUnauthorized: false }).on('error', () => undefined);
    await once(session, 'connect');
    const stream = session.request({ ':method': 'POST', ':path': '/user/api-keys' }).on('error', () => undefined);
    stream.write('half');
    await new Promise<void>((resolve) => session.ping(() => resolve()));
    await lk.close();
    expect(lk.world.isClosed).toBe(true);
    if (!session.destroyed) await new Promise<void>((resolve) => session.once('close', () => resolve()));
  });

  test('an answer that a fault delays by half a minute', async () => {
    const lk = await starting();
    await lk.request
      .post('/_latchkey/faults')
      .send({ effect: { delay: '30s' } })
      .expect(200);
    const { promise: hit, resolve } = Promise.withResolvers<void>();
    lk.world.events.listen(({ type }) => type === 'fault' && resolve(), resolve);
    const answer = fetch(`${lk.url}/health`).catch((error: unknown) => error);
    await hit;
    await lk.close();
    expect(await answer).toBeInstanceOf(TypeError);
  });

  test('an upstream that says nothing', async () => {
    const asked = Promise.withResolvers<void>();
    const mock = createServer(() => asked.resolve()).listen(0, '127.0.0.1');
    await once(mock, 'listening');
    const address = mock.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const upstreams = new Map([['rockset', `http://127.0.0.1:${port}`]]);
    const lk = await startTestEmulator({ upstreams, limits: { graceMs: 20 } });
    const authorization = (await lk.world.credentials()).get('rockset')?.[0]?.header?.value ?? '';
    const answer = fetch(`${lk.url}/v1/orgs/self/ws`, { headers: { authorization } }).catch((error: unknown) => error);
    await asked.promise;
    await lk.close();
    expect(await answer).toBeInstanceOf(TypeError);
    await new Promise((resolve) => mock.close(resolve));
  });
});
