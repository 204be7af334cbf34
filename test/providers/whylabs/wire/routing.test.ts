import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { expectSilent, keysOf, keysPath, system, validatePath } from '../whylabs.ts';

const lk = emulatorForTests();
const form = 'application/x-www-form-urlencoded';
const createPath = `${keysPath}?user_id=user-1`;

describe('a request that matches no route', () => {
  test.each([
    ['put', keysPath],
    ['patch', keysPath],
    ['post', `${keysPath}/USER000000`],
    ['delete', `${keysPath}/USER000000`],
    ['options', keysPath],
    ['get', `${keysPath}/USER000000/more`],
    ['get', `${keysPath}//`],
    ['get', keysOf('')],
    ['get', keysOf('org+123')],
    ['get', keysOf('org;123')],
    ['get', keysOf('org&123')],
    ['get', '/whylabs/V0/organizations/org-123/api-key'],
    ['get', '/v0'],
    ['get', '/v0/'],
    ['put', '/v1/api-key'],
    ['get', '/v1/api-key/USER000000'],
    ['delete', '/v0/user/user-123'],
    ['get', '/v0/provision/new-user'],
    ['post', validatePath],
    ['get', '/whylabs'],
    ['get', '/whylabs/nowhere'],
  ] as const)('%s %s: 404 with the header, else 403 with the cookie, else 401', async (method, path) => {
    expectSilent(await lk.request[method](path).set('X-API-Key', system), 404);
    expectSilent(await lk.request[method](path).set('X-API-Key', 'bad'), 404);
    expectSilent(await lk.request[method](path).set('X-API-Key', ''), 404);
    expectSilent(await lk.request[method](path), 401);
    expectSilent(await lk.request[method](path).set('Cookie', `X-API-Key=${system}`), 403);
  });

  test.each([
    ['post', createPath, form],
    ['post', createPath, 'text/plain'],
    ['post', createPath, 'multipart/form-data; boundary=x'],
    ['post', createPath, 'application/vnd.api+json'],
    ['delete', `${keysPath}?user_id=user-123&key_id=USER000000`, form],
  ] as const)('%s %s of type %s, before the key is checked', async (method, path, type) => {
    const send = () => lk.request[method](path).set('Content-Type', type).send('a=b');
    expectSilent(await send().set('X-API-Key', system), 404);
    expectSilent(await send().set('X-API-Key', 'bad'), 404);
    expectSilent(await send(), 401);
  });

  test.each(['text/html', 'application/*', 'application/xml;q=1, text/*', 'application/jsonx'])(
    'an Accept of %s, before the key is checked',
    async (accept) => {
      for (const path of [keysPath, `${keysPath}/USER000000`, validatePath]) {
        expectSilent(await lk.request.get(path).set({ Accept: accept, 'X-API-Key': system }), 404);
        expectSilent(await lk.request.get(path).set({ Accept: accept, 'X-API-Key': 'bad' }), 404);
        expectSilent(await lk.request.get(path).set({ Accept: accept }), 401);
      }
    },
  );
});

describe('a request matches a route with', () => {
  test.each(['application/json', 'Application/JSON', 'application/json; charset=utf-8'])('a content type of %s', async (type) => {
    await lk.request.post(createPath).set({ 'Content-Type': type, 'X-API-Key': system }).expect(200);
  });

  test('a content type that cannot be parsed, which counts as absent', async () => {
    for (const type of ['json', 'undefined', '/']) {
      await lk.request.post(createPath).set({ 'Content-Type': type, 'X-API-Key': system }).expect(200);
    }
  });

  test('any content type, if it is a GET', async () => {
    await lk.request.get(keysPath).set({ 'Content-Type': form, 'X-API-Key': system }).expect(200);
  });

  test.each(['*/*', 'application/json', 'text/html, */*;q=0.1', 'text/html, Application/JSON;q=0.9', ''])(
    'an Accept of %j',
    async (accept) => {
      await lk.request.get(keysPath).set({ Accept: accept, 'X-API-Key': system }).expect(200);
    },
  );

  test('one trailing slash', async () => {
    for (const path of [keysPath, `${keysPath}/USER000000`, validatePath, '/v0/organizations/org-123/models']) {
      await lk.request.get(`${path}/`).set('X-API-Key', system).expect(200);
    }
  });
});

describe('HEAD', () => {
  const paths = [
    ...[keysPath, `${keysPath}/USER000000`, validatePath, '/v0/organizations/org-123/models'],
    ...['/v0/organizations', '/v0/organizations/org-123', '/v0/organizations/org-123/membership'],
    ...['/v0/user/user-123', '/v0/user?email=user@example.com', '/v0/membership/user?email=user@example.com'],
    ...['/v0/membership/user/user-123', '/v0/membership/org/org-123', '/v0/membership/default?email=user@example.com'],
  ];

  test.each(paths)('%s is answered like GET, without the body', async (path) => {
    const get = await lk.request.get(path).set('X-API-Key', system).expect(200);
    const head = await lk.request.head(path).set('X-API-Key', system).expect(200);
    expect(head.text).toBeUndefined();
    expect(head.headers['content-type']).toBe('application/json');
    expect(Number(head.headers['content-length'])).toBe(Number(get.headers['content-length']));
  });

  test.each(paths)('%s requires a key, like GET', async (path) => {
    await lk.request.head(path).expect(401);
    await lk.request.head(path).set('X-API-Key', 'bad').expect(403);
  });
});

describe('OPTIONS', () => {
  const preflight = (path: string, method: string) =>
    lk.request.options(path).set({ Origin: 'https://app.example', 'Access-Control-Request-Method': method });

  test('a preflight from any origin is answered without a key', async () => {
    const answer = await preflight(keysPath, 'DELETE').set('Access-Control-Request-Headers', 'x-api-key').expect(200);
    expect(answer.text).toBe('');
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'DELETE',
      'access-control-allow-headers': 'x-api-key',
      'access-control-max-age': '1800',
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
      'content-length': '0',
    });
  });

  test('a preflight for an unknown path or method is refused like the request itself', async () => {
    expectSilent(await preflight(keysPath, 'PUT'), 401);
    expectSilent(await preflight('/v0/nowhere', 'GET').set('X-API-Key', system), 404);
  });
});
