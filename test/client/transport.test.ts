import { once } from 'node:events';
import http, { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import { LatchkeyError } from '../../src/client/error.ts';
import { emulatorForTests, startTestEmulator } from '../support/emulator.ts';

const emulator = emulatorForTests();
const servers: { close(): unknown }[] = [];

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) server.close();
});

/** What test environments, stubs and interceptors replace. */
const replaced = [
  'fetch',
  'Request',
  'Response',
  'Headers',
  'Blob',
  'URL',
  'URLSearchParams',
  'AbortController',
  'AbortSignal',
  'ReadableStream',
  'TransformStream',
  'TextDecoder',
  'TextDecoderStream',
  'TextEncoder',
  'Buffer',
  'crypto',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'structuredClone',
];

/** Replaces globals by ones that note which files of the client use them: `setTimeout by …/src/client/events.ts`. */
function watched(names: readonly string[]): readonly string[] {
  const users: string[] = [];
  for (const name of names) {
    const note = () => {
      const caller = new Error().stack?.split('\n')[3] ?? '';
      if (caller.includes('/src/client/')) users.push(`${name} by ${caller.trim()}`);
    };
    vi.stubGlobal(
      name,
      new Proxy(Reflect.get(globalThis, name), {
        apply: (...given) => [note(), Reflect.apply(...given)][1],
        construct: (...given) => Object([note(), Reflect.construct(...given)][1]),
        get: (...given) => [note(), Reflect.get(...given)][1],
      }),
    );
  }
  return users;
}

describe("found 2.1: the client takes nothing from the test's globals", () => {
  test('it uses none of them', async () => {
    const users = watched(replaced);
    const lk = await connect(emulator.url);
    const events = lk.events({ types: ['key'] });
    await events.listening;
    const { key, secret } = await lk.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'ci' });
    for await (const { data } of events) {
      expect(data.key.id).toBe(key.id);
      break;
    }
    expect((await lk.keys.list({ provider: 'rockset', state: 'active' })).map(({ id }) => id)).toContain(key.id);
    expect(await lk.introspect(secret)).toMatchObject({ active: true, key: { id: key.id } });
    await lk.restore(await lk.snapshot());
    await expect(lk.keys.get('unknown')).rejects.toMatchObject({ status: 404 });
    expect(users).toEqual([]);
  });

  test('it works with timers that stand still, for many calls and for events', async () => {
    vi.useFakeTimers();
    const lk = await connect(emulator.url);
    const events = lk.events({ types: ['clock'] });
    await events.listening;
    await lk.clock.advance('1h');
    await lk.clock.advance('1h');
    const heard: string[] = [];
    for await (const { data } of events) {
      heard.push(data.now);
      if (heard.length === 2) break;
    }
    expect(heard).toEqual(['2030-01-01T01:00:00.000Z', '2030-01-01T02:00:00.000Z']);
  });

  test('no interceptor sees its calls', async () => {
    const intercepted = vi.spyOn(http, 'request').mockImplementation(() => expect.unreachable('it was intercepted'));
    expect((await (await connect(emulator.url)).clock.read()).frozen).toBe(true);
    expect(intercepted).not.toHaveBeenCalled();
  });
});

/** The base URL of a server that answers every request like this. */
async function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${portOf(server.address())}`;
}

function portOf(address: ReturnType<Server['address']>): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A server that answers the first call as a latchkey does, and every other one like this. */
function disguised(listener: RequestListener): Promise<string> {
  const credentials = { rockset: { url: '', credentials: [] } };
  return served((request, response) => {
    if (request.url === '/_latchkey/credentials') response.end(JSON.stringify(credentials));
    else listener(request, response);
  });
}

describe('found 2.1: an answer that is not the control plane’s is an error', () => {
  test.each(['{}', '[]', 'null', '"text"', '', '<html>', '{"frozen":true}'])('a success of %j', async (body) => {
    const url = await disguised((_request, response) => response.end(body));
    const lk = await connect(url);
    const calls = [
      () => lk.clock.read(),
      () => lk.keys.issue({ provider: 'rockset' }),
      () => lk.keys.list(),
      () => lk.keys.revoke('1'),
      () => lk.introspect('secret'),
      () => lk.requests(),
      () => lk.explain('1'),
      () => lk.clearRequests(),
      () => lk.reset(),
      () => lk.snapshot(),
      () => lk.restore(new Uint8Array([1])),
      () => lk.faults.add({ effect: { status: 500 } }),
      () => lk.faults.list(),
      () => lk.faults.remove('1'),
      () => lk.faults.clear(),
      () => lk.agenda(),
      () => lk.ready(),
      () => lk.tls(),
      () => lk.providers(),
      () => lk.replicas(),
      () => lk.events().listening,
      () => lk.createWorld('other', {}),
      () => lk.drop(),
    ];
    for (const call of calls)
      await expect(call(), call.toString()).rejects.toMatchObject({
        name: 'LatchkeyError',
        status: 200,
        code: 'not_latchkey',
        message: `the server at ${url} is not a latchkey (status 200)`,
      });
  });

  test('a refusal in another shape, and where a redirection leads', async () => {
    const url = await disguised((request, response) => {
      if (request.method === 'PUT') response.writeHead(302, { location: 'https://elsewhere.example/' }).end();
      else response.writeHead(403).end('{"message":"Forbidden"}');
    });
    const lk = await connect(url);
    await expect(lk.clock.read()).rejects.toMatchObject({ status: 403, code: 'not_latchkey' });
    await expect(lk.clock.set('2030-01-01T00:00:00Z')).rejects.toMatchObject({
      code: 'not_latchkey',
      message: `the server at ${url} is not a latchkey (status 302; it leads to https://elsewhere.example/)`,
    });
  });
});

describe('ready', () => {
  test('a latchkey that is not ready says why', async () => {
    const draining = await startTestEmulator();
    servers.push(draining);
    const lk = await connect(draining.url);
    expect(await lk.ready()).toEqual({ status: 'ready' });
    draining.drain();
    expect(await lk.ready()).toEqual({ status: 'not ready', reason: 'latchkey is stopping' });
    // Only that answer is no error.
    await expect(lk.keys.get('unknown')).rejects.toMatchObject({ status: 404 });
  });

  test('a proxy before one that is gone does not', async () => {
    const url = await disguised((_request, response) => response.writeHead(503).end('<h1>503 Service Unavailable</h1>'));
    const lk = await connect(url);
    await expect(lk.ready()).rejects.toMatchObject({
      status: 503,
      code: 'not_latchkey',
      message: `the server at ${url} is not a latchkey (status 503)`,
    });
  });
});

describe('why a call could not be made, in words', () => {
  test('the server hangs up, before its answer and within it', async () => {
    const url = await disguised((request, response) => {
      if (request.url?.startsWith('/_latchkey/keys')) response.writeHead(200, { 'content-length': '100' }).write('{"keys"');
      setImmediate(() => response.socket?.destroy());
    });
    const lk = await connect(url);
    const message = `the server at ${url} closed the connection before it had answered`;
    await expect(lk.clock.read()).rejects.toMatchObject({ status: 0, code: 'unreachable', message });
    await expect(lk.keys.list()).rejects.toMatchObject({ status: 0, code: 'unreachable', message });
  });

  test('something else than HTTP answers, or https is asked of http', async () => {
    const socketServer = createSocketServer((socket) => socket.end('220 mail.example ESMTP\r\n')).listen(0, '127.0.0.1');
    servers.push(socketServer);
    await once(socketServer, 'listening');
    const port = portOf(socketServer.address());
    await expect(connect(`http://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'not_latchkey',
      message: `the server at http://127.0.0.1:${port} does not speak HTTP: does it want https?`,
    });
    const secure = emulator.url.replace('http:', 'https:');
    await expect(connect(secure)).rejects.toMatchObject({
      code: 'not_latchkey',
      message: `the server at ${secure} does not speak https: does it want http?`,
    });
  });

  test.each(['localhost:5282', 'ftp://localhost', 'http://', '', 'http://local host'])(
    '%j is no URL of a latchkey',
    async (url) => {
      const error: unknown = await connect(url).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(LatchkeyError);
      expect(error).toMatchObject({
        code: 'url_invalid',
        message: `the URL of a latchkey is like http://localhost:5282, not ${JSON.stringify(url)}`,
      });
    },
  );
});
