import { once } from 'node:events';
import { createServer, request as requestHttp } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { exchange } from '../control/exchange.ts';
import { kps, rockset, whylabs } from '../control/seeded-calls.ts';
import { startTestEmulator } from '../support/emulator.ts';
import { authorization, unimplemented, upstreamedForTests } from '../support/upstreamed.ts';

const up = upstreamedForTests();
const { mock, ask } = up;
const got = mock.got.bind(mock);

describe('what is not emulated goes to the upstream', () => {
  test.each([
    ['an operation that is known and not emulated', '/v1/orgs/self/ws', '/base/v1/orgs/self/ws'],
    ['below a prefix', '/rockset/v1/orgs/self/ws/a/collections', '/base/v1/orgs/self/ws/a/collections'],
    ['an unknown path', '/rockset/v9/anything', '/base/v9/anything'],
    ['in another world', '/~w/rockset/v9/anything', '/base/v9/anything'],
  ])('%s', async (_what, path, expected) => {
    expect(await ask(path)).toMatchObject({ status: 200, body: 'mocked', failure: undefined });
    expect(mock.received).toMatchObject([{ method: 'GET', url: expected, body: '' }]);
  });

  test('at its own port and by its host name too', async () => {
    await exchange(`${up.lk.providerUrls.get('rockset')}/v9/a`, { headers: { authorization } });
    await ask('/v9/b', { headers: { host: 'api.usw2a1.rockset.com' } });
    expect(mock.received.map(({ url }) => url)).toEqual(['/base/v9/a', '/base/v9/b']);
  });

  test.each([
    '/a%20b%2Fc%C3%A9',
    '/a//b',
    '/a/./b/../c',
    '/a/%2e%2e/b',
    '/~x;y=1,2|{z}',
    '/q?a=1&a=2&b=%zz&c=../d&e=f%20g+h',
    '/q?',
    '/?x=http://other/',
  ])('with path and query to the letter: %s', async (target) => {
    const { status } = await ask('', { target: `/rockset/v9${target}` });
    expect([status, mock.received[0]?.url]).toEqual([200, `/base/v9${target}`]);
  });

  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'])(
    'by %s with a body of any content type, to the byte',
    async (method) => {
      const bodies = [
        ['application/json', '{"a" : 1}'],
        ['application/json', '{not json'],
        ['text/nonsense', '\u0000\u0001'],
        ['multipart/form-data; boundary=x', '--x\r\n\r\ny\r\n--x--\r\n'],
        ['application/x-www-form-urlencoded', 'a=b&c=d'],
        ['no type', 'x'.repeat(3_000_000)],
      ] as const;
      for (const [index, [type, body]] of bodies.entries()) {
        await ask('/rockset/v9/any', { method, body, headers: { 'content-type': type } });
        expect(mock.received[index]).toMatchObject({ method, url: '/base/v9/any' });
        expect(mock.received[index]?.body === body).toBe(true);
        expect(got('content-type', index)).toEqual([type]);
      }
    },
  );

  test('with a body that comes in chunks', async () => {
    for (const method of ['POST', 'DELETE', 'GET']) {
      await ask('/rockset/v9/any', { method, body: '{"a":1}', headers: { 'transfer-encoding': 'chunked' } });
    }
    expect(mock.received.map(({ method, body }) => [method, body])).toEqual([
      ['POST', '{"a":1}'],
      ['DELETE', '{"a":1}'],
      ['GET', '{"a":1}'],
    ]);
  });

  test('by HEAD, whose answer has a length and no body', async () => {
    mock.answer = (_request, response) => response.setHeader('content-length', '9').end();
    const answer = await ask('/rockset/v9/any', { method: 'HEAD' });
    expect(answer).toMatchObject({ status: 200, body: '', headers: { 'content-length': '9' }, failure: undefined });
  });

  test('with all headers except those of the connection, and the Host of the upstream', async () => {
    await ask(unimplemented, {
      headers: {
        'X-Own': 'a, b',
        Cookie: 'c=d',
        'Accept-Encoding': 'br',
        'keep-alive': 'x',
        connection: 'close, X-Hop',
        'X-Hop': '1',
      },
    });
    expect(got('x-own')).toEqual(['a, b']);
    expect(got('cookie')).toEqual(['c=d']);
    expect(got('accept-encoding')).toEqual(['br']);
    expect(got('authorization')).toEqual([]);
    expect(got('host')).toEqual([mock.host]);
    expect([...got('x-hop'), ...got('keep-alive')]).toEqual([]);
  });

  test('with headers that say whose key it is, which no client can forge', async () => {
    const { body } = await up.lk.request.post('/_latchkey/introspect').send({ secret: rockset.secret }).expect(200);
    await ask(unimplemented, { headers: { 'X-Latchkey-Owner': 'eve', 'x-latchkey-scopes': 'all' } });
    const told = (name: string) => got(`x-latchkey-${name}`);
    expect(told('provider')).toEqual(['rockset']);
    expect(told('key')).toEqual([body.key.id]);
    expect(told('tenant')).toEqual(['acme']);
    expect(told('owner')).toEqual(['member%40me.com']);
    expect(told('name')).toEqual(['member']);
    expect(told('scopes')).toEqual([]);
  });
});

describe('found 6.11: what an upstream gets is built', () => {
  test.each([
    ['X_Latchkey_Owner', 'eve'],
    ['x-latchkey_scopes', 'all'],
    ['X.Latchkey.Roles', 'admin'],
    ['Proxy-Authorization', 'Basic eA=='],
    ['X-Own-Key', `key ${rockset.secret}`],
    ['Cookie', `a=b; key=${rockset.secret}`],
    ['Expect', '100-continue'],
  ])('without %s', async (name, value) => {
    expect((await ask(unimplemented, { headers: { [name]: value } })).status).toBe(200);
    const names = (mock.received[0]?.headers ?? []).map((one) => one.toLowerCase());
    expect(names).not.toContain(name.toLowerCase());
    expect(names.filter((one) => one.includes('scopes'))).toEqual([]);
    expect(names.join()).not.toContain(rockset.secret);
  });

  test.each([
    '/../../secret',
    '/a/../../../x',
    '/%2e%2e/%2E%2e/x',
    '/..%2f..%2fx',
    '/..%5c..\\x',
    '/..;a=b/..;/x',
    '/%252e%252e/../x',
  ])('a path that leads out of its base is refused: %s', async (target) => {
    const answer = await ask('', { target: `/rockset${target}` });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      400,
      {
        error: {
          code: 'upstream_refused',
          message: 'The path leads out of the base URL of the upstream.',
          details: null,
        },
      },
    ]);
    expect(mock.received).toEqual([]);
  });

  test('two Authorization headers are refused: the upstream might read the other one', async () => {
    const lines = [`GET ${unimplemented} HTTP/1.1`, 'Host: x', 'Connection: close'];
    const socket = connect(Number(new URL(up.lk.url).port), '127.0.0.1');
    socket.write([...lines, `Authorization: ${authorization}`, 'Authorization: ApiKey other', '', ''].join('\r\n'));
    expect(await text(socket)).toContain('400 Bad Request');
    expect(mock.received).toEqual([]);
  });

  test('with the credential of its own URL, whatever the client sends', async () => {
    for (const [upstreamCredentials, expected] of [
      ['drop', []],
      ['pass', [authorization]],
    ] as const) {
      mock.received.length = 0;
      const base = `http://${mock.host}`;
      const upstreams = new Map([
        ['rockset', base],
        ['whylabs', base.replace('//', '//us%3Aer:p%40ss@')],
      ]);
      const lk = await startTestEmulator({ upstreams, upstreamCredentials });
      await exchange(`${lk.url}${unimplemented}`, { headers: { authorization } });
      const headers = { 'x-api-key': whylabs.secret, authorization: 'Bearer x' };
      await exchange(`${lk.url}/whylabs/v0/organizations/org-123/monitors`, { headers });
      await lk.close();
      expect(got('authorization')).toEqual(expected);
      expect(got('authorization', 1)).toEqual([`Basic ${Buffer.from('us:er:p@ss').toString('base64')}`]);
      expect(got('x-api-key', 1)).toEqual(upstreamCredentials === 'pass' ? [whylabs.secret] : []);
    }
  });

  test('an answer that changes the protocol is a 502', async () => {
    mock.answer = (request) =>
      request.socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
    expect((await ask(unimplemented)).status).toBe(502);
    expect(mock.received).toHaveLength(1);
  });

  test.each(['', '/rockset', '/~other/rockset', '/kps'])('latchkey as its own upstream, at %j, is a 508', async (below) => {
    // Another server in between, since latchkey's own port is not known before it listens.
    const relay = { port: 0 };
    const front = createServer(({ url, headers, method }, response) => {
      const options = { port: relay.port, path: url, headers, method };
      requestHttp(options, (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 0))).end();
    }).listen(0, '127.0.0.1');
    await once(front, 'listening');
    const address = front.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const lk = await startTestEmulator({ upstreams: new Map([['rockset', `http://127.0.0.1:${port}${below}`]]) });
    relay.port = Number(new URL(lk.url).port);
    const answer = await exchange(`${lk.url}${unimplemented}`, { headers: { authorization } });
    await lk.close();
    front.close();
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([508, 'upstream_loop']);
  });
});

describe('what never reaches the upstream', () => {
  test.each([
    ['no key', {}],
    ['a key that was never issued', { authorization: `ApiKey ${'x'.repeat(64)}` }],
    ['a key of another provider', { authorization: `ApiKey ${kps.secret}` }],
  ])('%s', async (_what, headers) => {
    for (const path of [unimplemented, '/rockset/v9/any']) {
      expect((await exchange(up.lk.url + path, { headers })).status).toBe(401);
    }
    expect(mock.received).toEqual([]);
  });

  test('a key that was revoked, from the next request on', async () => {
    expect((await ask(unimplemented)).status).toBe(200);
    const { body } = await up.lk.request.post('/_latchkey/introspect').send({ secret: rockset.secret });
    await up.lk.request.post(`/_latchkey/keys/${body.key.id}/revoke`).expect(200);
    expect((await ask(unimplemented)).status).toBe(401);
    expect((await ask('/rockset/v9/any')).status).toBe(401);
    expect(mock.received).toHaveLength(1);
  });

  test('a key that may not call the operation', async () => {
    const headers = { authorization: `ApiKey ${rockset.otherSecret}` };
    expect((await exchange(`${up.lk.url}/v1/orgs/self/ws`, { method: 'POST', headers, body: '{}' })).status).toBe(403);
    expect(mock.received).toEqual([]);
  });

  test('a request for an emulated path, with any method', async () => {
    const paths = ['/', '/v1/orgs/self', '/v1/orgs/self/users/self/apikeys', '/v1/orgs/self/users/self/apikeys/nobody'];
    for (const path of paths) {
      for (const method of ['GET', 'PATCH', 'OPTIONS']) await ask(`/rockset${path}`, { method });
    }
    expect(mock.received).toEqual([]);
  });

  test('a request to a provider without an upstream', async () => {
    const headers = { authorization: 'Bearer EST00000000-0000-4000-8000-000000000002ARY' };
    expect((await exchange(`${up.lk.url}/estuary/content/stats`, { headers })).status).toBe(501);
    expect(mock.received).toEqual([]);
  });
});
