import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { admin, expectError, expectRefused, keysOf, ownKeys } from '../rockset.ts';

const lk = emulatorForTests({ ownPorts: ['rockset'] });

/** As recorded on every answer; HSTS and `Server` are left out on purpose. */
const recordedHeaders = {
  'access-control-allow-credentials': 'true',
  'access-control-allow-headers':
    'origin, content-type, accept, authorization, organization, user-agent, x-rockset-version, baggage, sentry-trace',
  'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS, HEAD, PATCH',
  'access-control-allow-origin': '*',
  'access-control-max-age': '1209600',
  'cache-control': 'no-store',
};

describe('headers', () => {
  test('every answer has the recorded headers, success or error', async () => {
    const answers = await Promise.all([
      lk.request.get('/'),
      lk.request.get(ownKeys).set('Authorization', admin),
      lk.request.get(ownKeys),
      lk.request.get('/v1/orgs/no/such/path'),
      lk.request.put(ownKeys),
      lk.request.post(ownKeys).set('Authorization', admin).send({}),
      lk.request.post(ownKeys).set('Authorization', admin).type('form').send({ name: 'x' }),
      lk.request.options(ownKeys),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 404, 405, 400, 415, 200]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject(recordedHeaders);
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('strict-transport-security');
    }
  });

  test.each([ownKeys, '/', '/v1/orgs/no/such/path'])('OPTIONS %s gets 200 without a key, with an empty body', async (path) => {
    const answer = await lk.request.options(path).set('Origin', 'http://localhost:3000').expect(200);
    expect(answer.text).toBe('');
    expect(answer.headers).not.toHaveProperty('content-type');
  });
});

describe('routing', () => {
  test.each([
    ['GET', '/v1/orgs/self/no/such/path'],
    ['POST', '/v1/orgs/acme/users/self/apikeys'],
    ['GET', '/v1/orgs/acme/users'],
    ['GET', '/v1/orgs/self/users/admin@me.com/more'],
    ['GET', `${ownKeys}/admin/more`],
    ['DELETE', '/v1/orgs'],
    ['GET', '//v1/orgs/self'],
  ] as const)('%s %s is an unknown path, with and without a key', async (method, path) => {
    const there = `/rockset${path}`;
    const call = () =>
      method === 'GET' ? lk.request.get(there) : method === 'POST' ? lk.request.post(there) : lk.request.delete(there);
    expectError(await call(), 404, 'NOTFOUND', 'There is nothing at this path');
    expectError(await call().set('Authorization', admin), 404, 'NOTFOUND', 'There is nothing at this path');
  });

  test('the body of a request for an unknown path is not read', async () => {
    const answer = await lk.request.post('/v1/orgs/self/nothing').set('Content-Type', 'application/json').send('{');
    expectError(answer, 404, 'NOTFOUND', 'There is nothing at this path');
  });

  test.each([
    ['put', ownKeys, 'GET, POST'],
    ['delete', ownKeys, 'GET, POST'],
    ['patch', `${ownKeys}/admin`, 'DELETE, GET, POST'],
    ['put', `${ownKeys}/admin`, 'DELETE, GET, POST'],
    ['post', '/v1/orgs/self', 'GET'],
    ['put', '/v1/orgs/self/users/admin@me.com', 'DELETE, GET, POST'],
    ['delete', '/v1/orgs/self/users', 'GET, POST'],
    ['put', '/v1/orgs/self/roles/admin', 'DELETE, GET, POST'],
    ['patch', '/v1/orgs/self/queries', 'GET, POST'],
    ['post', '/', 'GET'],
  ] as const)('%s is not a method of %s', async (method, path, allowed) => {
    const answer = await lk.request[method](path);
    expectError(answer, 405, 'METHODNOTALLOWED', `The method must be one of ${allowed}`);
    expect(answer.headers['allow']).toBe(allowed);
  });

  test('the provider answers at the root, below its name, at its host names and on its own port', async () => {
    for (const url of [lk.url, `${lk.url}/rockset`, lk.providerUrls.get('rockset')]) {
      const answer = await fetch(`${url}${ownKeys}`, { headers: { authorization: admin } });
      expect(answer.status, url).toBe(200);
    }
    for (const host of ['rockset.localhost', 'api.usw2a1.rockset.com', 'api.rs2.usw2.rockset.com:443']) {
      const answer = await lk.request.get('/').set('Host', host).expect(200);
      expect(answer.text).toBe('{"message":"GO ROCKSET!"}');
      expectError(await lk.request.get('/nothing').set('Host', host), 404, 'NOTFOUND', 'There is nothing at this path');
    }
  });
});

describe('bodies', () => {
  const post = (path = ownKeys) => lk.request.post(path).set('Authorization', admin);

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])(
    'the content type %s is JSON',
    async (type) => {
      await post().set('Content-Type', type).send('{"name":"x"}\n').expect(200);
    },
  );

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'application/jsonp', 'application/xml', 'json'])(
    'the content type %s is not supported',
    async (type) => {
      const answer = await post().set('Content-Type', type).send('{"name":"x"}');
      expectError(answer, 415, 'UNSUPPORTEDMEDIATYPE', 'The content type must be application/json');
    },
  );

  test.each(['{', '{"name":"x"', "{'name':'x'}", 'name=x', '{"name":"x"}}', '\u0000'])('%j is not JSON', async (text) => {
    const answer = await post().set('Content-Type', 'application/json').send(text);
    expectError(answer, 400, 'BADREQUEST', 'The request body is not valid JSON');
  });

  test('JSON with more than a thousand levels inside the first is nested too deeply', async () => {
    const send = (levels: number) =>
      post()
        .set('Content-Type', 'application/json')
        .send(`{"name":"x","more":${'['.repeat(levels)}${']'.repeat(levels)}}`);
    for (const levels of [1_001, 200_000]) {
      expectError(await send(levels), 400, 'BADREQUEST', 'The request body is nested too deeply');
    }
    await send(1_000).expect(200);
  });

  test.each(['null', '[]', '"x"', '1', 'true'])('%s is JSON, but not an object', async (text) => {
    for (const path of [ownKeys, keysOf('self', 'admin')]) {
      const answer = await post(path).set('Content-Type', 'application/json').send(text);
      expectError(answer, 400, 'INVALIDINPUT', 'The request body must be an object');
    }
  });

  test('a missing body counts as an object without fields', async () => {
    expectError(await post(), 400, 'INVALIDINPUT', 'name is required');
    const announced = await post().set('Content-Type', 'application/json');
    expectError(announced, 400, 'INVALIDINPUT', 'name is required');
  });

  test('GET with a JSON content type is accepted, as Java and Grafana send it', async () => {
    await lk.request.get(ownKeys).set('Authorization', admin).set('Content-Type', 'application/json').expect(200);
  });

  test('the Accept header is ignored: the answer is JSON', async () => {
    for (const accepted of ['text/html', 'application/xml;q=1', '']) {
      const answer = await lk.request.get(ownKeys).set('Authorization', admin).set('Accept', accepted).expect(200);
      expect(answer.headers['content-type']).toBe('application/json');
    }
  });

  test('a body of more than a mebibyte is too large', async () => {
    const answer = await post().send({ name: 'x', note: 'y'.repeat(1 << 20) });
    expectError(answer, 413, 'CONTENTTOOLARGE', 'The request body is too large');
  });

  test('a bad key is refused whatever the body is', async () => {
    const answer = await lk.request.post(ownKeys).set('Authorization', 'ApiKey x').type('form').send('{');
    expectRefused(answer);
  });
});
