import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import * as rockset from '../providers/rockset/rockset.ts';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { keptLog } from '../support/log-lines.ts';

const { logger, lines } = keptLog('trace');
const running: { lk?: TestEmulator; mock?: Server } = {};
const lk = () => running.lk ?? expect.unreachable('it has started');

/** What the mock does with the next request. */
let answer: 'nothing' | 'half' = 'nothing';
const reached = { resolve: () => {} };

beforeAll(async () => {
  running.mock = createServer((_request, response) => {
    if (answer === 'half') response.writeHead(200, { 'content-length': '100' }).write('half');
    reached.resolve();
  });
  await once(running.mock.listen(0, '127.0.0.1'), 'listening');
  const { port }: AddressInfo = Object(running.mock.address());
  running.lk = await startTestEmulator({ logger, upstreams: new Map([['rockset', `http://127.0.0.1:${port}`]]) });
});
afterAll(async () => {
  await running.lk?.close();
  running.mock?.closeAllConnections();
  running.mock?.close();
});
afterEach(async () => {
  await lk().request.delete('/_latchkey/faults');
  lines.splice(0);
});

const unfinished = 'POST /v1/api-key HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
const get = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;

async function sent(bytes: string): Promise<Socket> {
  const socket = connect(Number(new URL(lk().url).port), '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

/** Nothing of it is an error, or has a stack. */
function expectQuiet(): void {
  const loud = lines.map((line) => JSON.parse(line)).filter(({ level, err }) => level >= 40 || err !== undefined);
  expect(loud).toEqual([]);
}

/** Waits until the server knows that the connections of clients are gone, and everything after that has happened. */
async function settled(socket: Socket): Promise<void> {
  socket.destroy();
  await lk().request.get('/_latchkey/health').expect(200);
  await new Promise((resolve) => setImmediate(resolve));
  await lk().request.get('/_latchkey/health').expect(200);
}

const last = async () => (await lk().request.get('/_latchkey/requests?limit=1').expect(200)).body.requests[0];
const lastIs = (entry: object) => vi.waitFor(async () => expect(await last()).toMatchObject(entry), 10_000);

describe('found 6.15: a client that goes away is no error of latchkey', () => {
  test.each(['', 'GET /hea', 'GET /health HTTP/1.1\r\nHos'])('in the head: %j', async (head) => {
    await settled(await sent(head));
    expectQuiet();
  });

  test('in the body', async () => {
    const before = (await lk().request.get('/_latchkey/requests?status=400').expect(200)).body.total;
    await settled(await sent(unfinished.replace('/v1/api-key', '/register')));
    await lastIs({ provider: 'estuary', path: '/register', status: 0 });
    // Refused by its head, before the body was awaited.
    await settled(await sent(unfinished));
    await lastIs({ provider: 'whylabs', path: '/v1/api-key', code: 'credential_missing' });
    expect((await lk().request.get('/_latchkey/requests?status=400').expect(200)).body.total).toBe(before);
    expectQuiet();
  });

  test('in the body of a call of the control plane', async () => {
    for (const call of ['POST /_latchkey/keys', 'PUT /_latchkey/snapshot', 'PUT /~w/_latchkey/worlds/w']) {
      await settled(
        await sent(unfinished.replace('POST /v1/api-key', call).replace('application/json', 'application/octet-stream')),
      );
      await settled(await sent(unfinished.replace('POST /v1/api-key', call)));
    }
    expectQuiet();
  });

  test('while a fault delays it', async () => {
    await lk()
      .request.post('/_latchkey/faults')
      .send({ effect: { delay: '20ms' } })
      .expect(200);
    const before = lk().world.events.lastId;
    const socket = await sent(get('/health'));
    // The fault hits.
    await vi.waitFor(() => expect(lk().world.events.lastId).toBeGreaterThan(before));
    await settled(socket);
    await lastIs({ provider: 'estuary', operation: 'healthGet' });
    expectQuiet();
  });

  test('while it gets its answer slowly', async () => {
    await lk()
      .request.post('/_latchkey/faults')
      .send({ effect: { slowBody: '50ms' } })
      .expect(200);
    const socket = await sent(get('/health'));
    await once(socket, 'data');
    await settled(socket);
    await lastIs({ provider: 'estuary', operation: 'healthGet', status: 200 });
    expectQuiet();
  });

  test.each(['nothing', 'half'] as const)('while an upstream has answered %s', async (how) => {
    answer = how;
    const { promise, resolve } = Promise.withResolvers<void>();
    reached.resolve = resolve;
    const path = '/v1/orgs/self/ws/commons/collections';
    const socket = await sent(get(path, `Authorization: ${rockset.admin}\r\n`));
    await promise;
    if (how === 'half') await once(socket, 'data');
    await settled(socket);
    await lastIs({ provider: 'rockset', path, status: how === 'half' ? 200 : 0 });
    expectQuiet();
  });

  test('while it sends a body to an upstream', async () => {
    answer = 'nothing';
    const { promise, resolve } = Promise.withResolvers<void>();
    reached.resolve = resolve;
    const path = '/v1/orgs/self/ws/commons/collections';
    const head = `Authorization: ${rockset.admin}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n`;
    const socket = await sent(`${get(path, head).replace('GET', 'POST')}{`);
    await promise;
    await settled(socket);
    await lastIs({ provider: 'rockset', method: 'POST', path, status: 0 });
    expectQuiet();
  });

  test('while it listens to events, and while it reads a snapshot', async () => {
    for (const path of ['/_latchkey/events', '/_latchkey/snapshot']) {
      const socket = await sent(get(path));
      await once(socket, 'data');
      await settled(socket);
    }
    expectQuiet();
  });
});
