import { once } from 'node:events';
import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { portOf } from '../../src/server/listening.ts';
import { plainHttp } from '../../src/server/plain-http.ts';
import { estuary } from '../control/seeded-calls.ts';
import { emulatorForTests, startTestEmulator } from '../support/emulator.ts';
import { rawRequest, rawTalk } from '../support/raw-answer.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** The URL of a server until the test ends: one as latchkey has it, unless other options are given. */
async function serve(listener: RequestListener, options: ServerOptions = plainHttp): Promise<string> {
  const server = createServer(options, listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${portOf(server)}`;
}

const get = (path: string, headers = {}) => rawRequest({ method: 'GET', path, headers });
const last = { Connection: 'close' };
/** So many requests, the last of which closes the connection. */
const many = (count: number, request: (index: number, headers: object) => string) =>
  Array.from({ length: count }, (_, index) => request(index, index === count - 1 ? last : {})).join('');
/** Without the head that says how long the connection stays open. */
const bodies = (answers: string) => answers.split(/HTTP\/1\.1 \d+ [^\r]*\r\n(?:[^\r]+\r\n)*\r\n/).slice(1);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `/${index}`);

describe('requests that come together on one connection', () => {
  test('get their own answers, in their order, however long each takes', async () => {
    const url = await serve(({ url: path = '' }, response) => {
      const index = Number(path.slice(1));
      const answer = () => response.setHeader('content-length', path.length).end(path);
      if (index % 4 === 0) answer();
      else if (index % 4 === 1) setImmediate(answer);
      else if (index % 4 === 2) setTimeout(answer, 5);
      else Readable.from([path]).pipe(response.setHeader('content-length', path.length));
    });
    expect(
      bodies(
        await rawTalk(
          url,
          many(200, (index, headers) => get(`/${index}`, headers)),
        ),
      ),
    ).toEqual(numbers(200));
  });

  test.each(['http', 'https'] as const)('get the answers that they get alone, over %s', async (scheme) => {
    const certificate = { kind: 'self-signed', authorityFile: undefined } as const;
    const lk = await startTestEmulator({ tls: { port: 0, certificate } });
    onTestFinished(() => lk.close());
    const { url, ca } = scheme === 'https' ? (lk.https ?? expect.unreachable('it has https')) : { url: lk.url, ca: null };
    const authorization = estuary.scheme + estuary.secret;
    const calls = [
      { method: 'GET', path: '/estuary/viewer', headers: { authorization } },
      { method: 'GET', path: '/estuary/viewer', headers: { authorization: 'Bearer unknown' } },
      { method: 'POST', path: '/whylabs/v0/nothing', headers: { 'content-type': 'application/json' } },
      { method: 'GET', path: '/_latchkey/faults', headers: {} },
      { method: 'HEAD', path: '/estuary/health', headers: {} },
      { method: 'DELETE', path: '/kps/v1.0/userapitokens/none', headers: {} },
      { method: 'GET', path: '/rockset/', headers: {} },
      { method: 'GET', path: '/nobody', headers: {} },
    ];
    const alone: string[] = [];
    for (const call of calls) alone.push(await rawTalk(url, rawRequest({ ...call, headers: { ...call.headers, ...last } }), ca));
    expect(new Set(alone.map((answer) => answer.slice(9, 12)))).toEqual(new Set(['200', '401', '404', '405']));
    const together = await rawTalk(
      url,
      many(160, (index, headers) => {
        const { method, path, headers: own } = calls[index % calls.length] ?? expect.unreachable('there are calls');
        return rawRequest({ method, path, headers: { ...own, ...headers } });
      }),
      ca,
    );
    // One that goes on says how long it may.
    const traces = (answers: string) =>
      answers
        .replaceAll(/connection: [^\r]+\r\n(keep-alive: [^\r]+\r\n)?/gi, '')
        .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id');
    expect(traces(together)).toBe(traces(alone.join('').repeat(20)));
  });

  test('each issue their own key', async () => {
    const lk = await startTestEmulator();
    onTestFinished(() => lk.close());
    const before = await lk.world.store.keys.count({});
    const headers = { authorization: estuary.scheme + estuary.secret };
    const issued = bodies(
      await rawTalk(
        lk.url,
        many(50, (_index, more) =>
          rawRequest({ method: 'POST', path: '/estuary/user/api-keys?expiry=24h', headers: { ...headers, ...more } }),
        ),
      ),
    ).map((body) => JSON.parse(body).token);
    expect([issued.length, new Set(issued).size]).toEqual([50, 50]);
    expect(await lk.world.store.keys.count({})).toBe(before + 50);
    for (const token of issued) await lk.request.get('/estuary/viewer').set('Authorization', `Bearer ${token}`).expect(200);
  });
});

describe('requests that come in one turn on many connections', () => {
  /** Holds every request until so many are there, and answers them all in one turn. */
  const inOneTurn = (count: number, answer: RequestListener): RequestListener => {
    const held: (() => void)[] = [];
    return (request, response) => {
      held.push(() => answer(request, response));
      if (held.length === count) for (const call of held.splice(0)) call();
    };
  };

  test('get their own answers', async () => {
    const url = await serve(inOneTurn(50, ({ url: path }, response) => response.end(path)));
    const answers = await Promise.all(numbers(50).map((path) => rawTalk(url, get(path, last))));
    expect(answers.map((answer) => answer.split('\r\n\r\n')[1])).toEqual(numbers(50));
  });

  test.each(['before', 'after'] as const)(
    'get them although the connection of another is gone %s its answer was ended',
    async (when) => {
      const isGone = (path = '') => Number(path.slice(1)) % 2 === 0;
      const listener = inOneTurn(20, ({ url: path, socket }, response) => {
        if (isGone(path) && when === 'before') socket.destroy();
        response.end(path);
        if (isGone(path) && when === 'after') socket.destroy();
      });
      const url = await serve(listener);
      const answers = await Promise.all(numbers(20).map((path) => rawTalk(url, get(path, last)).catch(() => '')));
      expect(answers.map((answer) => answer.split('\r\n\r\n')[1])).toEqual(
        numbers(20).map((path) => (isGone(path) ? undefined : path)),
      );
    },
  );
});

describe('an answer that is ended and waits', () => {
  test('counts as ended, and not as sent', async () => {
    const seen: unknown[] = [];
    const see = (when: string, { writableEnded, writableFinished }: { writableEnded: boolean; writableFinished: boolean }) =>
      seen.push([when, writableEnded, writableFinished]);
    const url = await serve((_request, response) => {
      see('before', response);
      response.end('x');
      see('ended', response);
      response.on('finish', () => see('sent', response));
    });
    await rawTalk(url, get('/', last));
    expect(seen).toEqual([
      ['before', false, false],
      ['ended', true, false],
      ['sent', true, true],
    ]);
  });

  test.each(['onRequest', 'preHandler'] as const)('is not answered twice when a hook (%s) sends and goes on', async (hook) => {
    const app = Fastify({ http: { ...plainHttp } });
    onTestFinished(() => app.close());
    const handler = vi.fn(async () => 'from the handler');
    app.addHook(hook, (_request: FastifyRequest, reply: FastifyReply, done: () => void) => {
      reply.send('from the hook');
      done();
    });
    app.get('/', handler);
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const answers = await rawTalk(url, get('/') + get('/', last));
    expect(bodies(answers)).toEqual(['from the hook', 'from the hook']);
    expect(handler).not.toHaveBeenCalled();
  });

  test.each([
    ['while it is made', (close: () => void) => close()],
    ['once it is ended', queueMicrotask],
  ])('leaves although its server is closed in the same turn, %s', async (_when, schedule) => {
    const lk = await startTestEmulator();
    const closed = Promise.withResolvers<void>();
    lk.world.events.listen(
      ({ type }) => {
        if (type === 'request') schedule(() => void lk.close().then(closed.resolve, closed.reject));
      },
      () => undefined,
    );
    const answer = await rawTalk(lk.url, get('/estuary/viewer', { authorization: estuary.scheme + estuary.secret }));
    await closed.promise;
    expect(answer.slice(0, 15)).toBe('HTTP/1.1 200 OK');
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ username: 'alice' });
  });
});

describe('an answer has the bytes that Node gives it', () => {
  const answers: Readonly<Record<string, RequestListener>> = {
    'a text': (_request, response) => response.end('text'),
    'no body': (_request, response) => response.end(),
    'an encoding': (_request, response) => response.end('68656a', 'hex'),
    'an encoding and a callback': (_request, response) => response.end('68656a', 'hex', () => undefined),
    'a head and a body': (_request, response) => response.writeHead(418, 'Tea', { 'content-length': 4, a: 'b' }).end('text'),
    'a chunked body': (_request, response) => {
      response.write('some');
      response.end('text');
    },
    'a body of bytes': (_request, response) => response.end(Buffer.from([0, 255, 10])),
    'no content': (_request, response) => response.writeHead(204).end(),
    'not modified': (_request, response) => response.writeHead(304, { etag: '"1"' }).end(),
    'a body where none may be': (_request, response) => response.writeHead(204).end('text'),
    'a length without its body': (_request, response) => response.writeHead(200, { 'content-length': 9 }).end(),
    'two ends': (_request, response) => response.end('text').end(),
  };

  test.each(Object.keys(answers))('%s', async (name) => {
    const listener = answers[name] ?? expect.unreachable('it is one of them');
    const [own, nodes] = [await serve(listener), await serve(listener, {})];
    for (const method of ['HEAD', 'GET', 'POST']) {
      const sent = rawRequest({ method, path: '/', headers: last });
      expect([method, await rawTalk(own, sent)]).toEqual([method, await rawTalk(nodes, sent)]);
    }
  });

  test('and calls back once it was sent', async () => {
    const called = vi.fn();
    const url = await serve(({ url: path }, response) => {
      if (path === '/1') response.end(() => called('alone', response.writableFinished));
      else if (path === '/2') response.end('x', () => called('text', response.writableFinished));
      else response.end('78', 'hex', () => called('encoded', response.writableFinished));
      expect(called).not.toHaveBeenCalledWith(expect.anything(), false);
    });
    expect(bodies(await rawTalk(url, get('/1') + get('/2') + get('/3', last)))).toEqual(['', 'x', 'x']);
    expect(called.mock.calls).toEqual([
      ['alone', true],
      ['text', true],
      ['encoded', true],
    ]);
  });
});

describe('while a test has replaced the timers', () => {
  const lk = emulatorForTests();

  test('answers leave, and keys are issued', async () => {
    vi.useFakeTimers();
    const headers = { authorization: estuary.scheme + estuary.secret };
    const issuing = rawRequest({ method: 'POST', path: '/estuary/user/api-keys?expiry=24h', headers });
    const answers = await rawTalk(lk.url, issuing + get('/estuary/viewer', headers) + get('/estuary/health', last));
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 200']);
  });
});

test('a client that goes away before its answer left takes nothing from the next one', async () => {
  const url = await serve((_request, response) => response.end('x'));
  const { hostname, port } = new URL(url);
  const gone = connect(Number(port), hostname).on('error', () => undefined);
  await once(gone, 'connect');
  gone.write(get('/'));
  gone.resetAndDestroy();
  const next = connect(Number(port), hostname);
  next.write(get('/', last));
  expect(bodies(await text(next))).toEqual(['x']);
});
