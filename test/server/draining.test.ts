import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { exchange } from '../control/exchange.ts';
import { startTestEmulator, type TestEmulator, type TestOptions } from '../support/emulator.ts';

const alice = 'Authorization: Bearer EST00000000-0000-4000-8000-000000000002ARY';
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${alice}\r\n\r\n`;
const issue = `POST /user/api-keys HTTP/1.1\r\nHost: localhost\r\n${alice}\r\nContent-Length: 0\r\n\r\n`;
const notReady = '{"status":"not ready","reason":"latchkey is stopping"}\n';

async function started(options?: TestOptions): Promise<TestEmulator> {
  const lk = await startTestEmulator(options);
  onTestFinished(() => lk.close());
  return lk;
}

const portOf = (url: string | undefined) => Number(new URL(url ?? '').port);
const to = (url: string | undefined) => connect(portOf(url), '127.0.0.1');

/** Sends bytes, and resolves with whole answers as soon as there are so many of them. */
async function answered(socket: Socket, bytes: string, count = 1): Promise<string> {
  socket.write(bytes);
  let read = '';
  while (statusesIn(read).length < count) read += String((await once(socket, 'data'))[0]);
  return read;
}

const statusesIn = (answers: string) => [...answers.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));
const connectionsIn = (answers: string) => [...answers.matchAll(/^Connection: (\S+)/gim)].map(([, value]) => value);
const keysOf = async ({ request }: TestEmulator): Promise<number> =>
  (await request.get('/_latchkey/keys?provider=estuary').expect(200)).body.total;

describe('GET /_latchkey/ready', () => {
  test('says ready from the start, and not ready once it drains, while health stays as it was', async () => {
    const lk = await started();
    const ready = await exchange(`${lk.url}/_latchkey/ready`);
    expect([ready.status, ready.body]).toEqual([200, '{"status":"ready"}\n']);
    lk.drain();
    for (const world of ['', '/~w']) {
      const { status, body, headers } = await exchange(`${lk.url}${world}/_latchkey/ready`);
      expect([status, body, headers['content-type']]).toEqual([503, notReady, 'application/json; charset=utf-8']);
    }
    await lk.request.get('/_latchkey/health').expect(200);
    expect(lk.worlds.names()).toEqual(['default']);
  });

  test('says not ready to a request that comes while it closes', async () => {
    const lk = await startTestEmulator();
    await lk.request.post('/_latchkey/faults').send({ effect: { delay: '100ms' } });
    const { promise: hit, resolve } = Promise.withResolvers<void>();
    lk.world.events.listen(({ type }) => type === 'fault' && resolve(), resolve);
    const socket = to(lk.url);
    socket.write(get('/health'));
    await hit;
    const closed = lk.close();
    // What follows a request that is being answered is answered too.
    const answers = text(socket);
    socket.write(get('/_latchkey/ready'));
    await closed;
    expect((await answers).split('\r\n\r\n').at(-1)).toBe(notReady);
  });
});

describe('while it drains', () => {
  const secure = { tls: { port: 0, certificate: { kind: 'self-signed', authorityFile: undefined } } } as const;
  const open: readonly (readonly [string, (lk: TestEmulator) => Socket])[] = [
    ['the shared port', ({ url }) => to(url)],
    ['the port of a provider', ({ providerUrls }) => to(providerUrls.get('estuary'))],
    ['https', ({ https }) => connectTls({ port: portOf(https?.url), host: '127.0.0.1', rejectUnauthorized: false })],
  ];

  test.each(open)('at %s a connection stays open before, and ends with its next answer', async (_which, opened) => {
    const lk = await started({ ownPorts: ['estuary'], ...secure });
    const sockets = [opened(lk), opened(lk)];
    for (const socket of sockets) {
      const before = await answered(socket, get('/viewer'));
      expect([statusesIn(before), connectionsIn(before)]).toEqual([[200], ['keep-alive']]);
    }
    lk.drain();
    // One that was open, and a new one.
    for (const socket of [...sockets.slice(1), opened(lk)]) {
      socket.write(issue);
      const after = await text(socket);
      expect([statusesIn(after), connectionsIn(after)]).toEqual([[200], ['close']]);
    }
    expect(sockets[0]?.closed).toBe(false);
  });

  test('what follows on a connection that ends is not done', async () => {
    const lk = await started();
    const before = await keysOf(lk);
    lk.drain();
    const socket = to(lk.url);
    socket.write(issue.repeat(3));
    const [status, ...others] = statusesIn(await text(socket));
    expect([status, await keysOf(lk)]).toEqual([200, before + 1]);
    expect(others.filter((one) => one !== 503)).toEqual([]);
  });

  test('what is being answered does not end its connection: the request behind it is done, and answered', async () => {
    const lk = await started();
    const before = await keysOf(lk);
    await lk.request.post('/_latchkey/faults').send({ effect: { delay: '50ms' } });
    const { promise: hit, resolve } = Promise.withResolvers<void>();
    lk.world.events.listen(({ type }) => type === 'fault' && resolve(), resolve);
    const socket = to(lk.url);
    socket.write(get('/viewer'));
    await hit;
    lk.drain();
    socket.write(issue);
    const answers = await text(socket);
    expect([statusesIn(answers), connectionsIn(answers)]).toEqual([
      [200, 200],
      ['keep-alive', 'close'],
    ]);
    expect(await keysOf(lk)).toBe(before + 1);
  });

  test('over HTTP/2 requests are answered on the same connection', async () => {
    const lk = await started(secure);
    lk.drain();
    const session = connectHttp2(lk.https?.url ?? '', { rejectUnauthorized: false });
    onTestFinished(() => session.destroy());
    for (const [path, status] of [
      ['/health', 200],
      ['/_latchkey/ready', 503],
      ['/health', 200],
    ]) {
      const stream = session.request({ ':path': path });
      const [head] = await once(stream, 'response');
      expect([head[':status'], head.connection]).toEqual([status, undefined]);
      await text(stream);
    }
  });
});
