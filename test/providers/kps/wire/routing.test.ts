import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { adminTokenId, alice, aliceId, aliceTokenId, apiError, notFound, tokensPath, uuidV4 } from '../kps.ts';

const lk = emulatorForTests({ ownPorts: ['kps'] });
const notAllowed = apiError(405, 0, 'Method Not Allowed');

describe('an unknown path', () => {
  test.each([
    '/v1.0',
    '/v1.0/',
    '/v1.0/project',
    '/v1.0/userapitokens/a/b',
    '/v1.0/userapitoken',
    '/v1.0/login/token',
    '/v1.0/users/a/b',
    '/kps/',
    '/kps/v1/userapitokens',
    '/kps/v1/users',
  ])('is a JSON 404 without a credential: %s', async (path) => {
    const answer = await lk.request.get(path);
    expect(answer.status).toBe(404);
    expect(answer.text).toBe(notFound);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.headers['x-request-id']).toMatch(uuidV4);
  });

  test('is a 404 for any method, with any body and any credential', async () => {
    const answer = await lk.request.post('/v1.0/nothing').set('Authorization', 'Bearer x').set('Content-Type', 'x').send('{');
    expect([answer.status, answer.text]).toEqual([404, notFound]);
  });

  test.each(['put', 'delete'] as const)('is what %s gets when the id is left out', async (method) => {
    const answer = await lk.request[method](`${tokensPath}/`).set('Authorization', alice);
    expect([answer.status, answer.text]).toEqual([404, notFound]);
  });
});

describe('a known path with another method', () => {
  test.each([
    ['patch', tokensPath, 'GET, POST'],
    ['put', tokensPath, 'GET, POST'],
    ['options', tokensPath, 'GET, POST'],
    ['get', `${tokensPath}/${adminTokenId}`, 'DELETE, PUT'],
    ['post', '/v1.0/userapitokensall', 'GET'],
    ['get', '/v1.0/login', 'POST'],
    ['delete', '/v1/login', 'POST'],
    ['patch', '/v1.0/users', 'GET, POST'],
    ['post', '/v1.0/users/x', 'DELETE, GET, PUT'],
    ['delete', '/v1.0/users/', 'GET'],
    ['get', '/v1.0/login/logintoken', 'POST'],
    ['put', '/v1.0/projects', 'GET, POST'],
  ] as const)('is a JSON 405 with the allowed methods, without a credential: %s %s', async (method, path, allow) => {
    const answer = await lk.request[method](path);
    expect(answer.status).toBe(405);
    expect(answer.text).toBe(notAllowed);
    expect(answer.headers).toMatchObject({
      allow,
      'content-type': 'application/json',
      'x-request-id': expect.stringMatching(uuidV4),
    });
  });

  test('HEAD is not served as a GET', async () => {
    const answer = await lk.request.head(tokensPath).set('Authorization', alice);
    expect(answer.status).toBe(405);
    expect(answer.headers['allow']).toBe('GET, POST');
    expect(answer.text).toBeFalsy();
  });
});

describe('a slash too many', () => {
  test('at the front or inside is ignored', async () => {
    for (const path of [`/${tokensPath}`, '/v1.0//userapitokens', `/kps/${tokensPath}`, '/kps//v1.0///userapitokens']) {
      const { body } = await lk.request.get(path).set('Authorization', alice).expect(200);
      expect(body).toMatchObject([{ id: aliceTokenId }]);
    }
  });

  test('at the end is removed by a redirect: GET by 301, with a page of one link', async () => {
    const answer = await lk.request.get(`${tokensPath}/?a=1&b=2`).redirects(0);
    expect(answer.status).toBe(301);
    expect(answer.headers['location']).toBe(`${tokensPath}?a=1&b=2`);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.text).toBe(`<a href="${tokensPath}?a=1&amp;b=2">Moved Permanently</a>.\n\n`);
  });

  test.each([
    ['post', `${tokensPath}/`, tokensPath],
    ['post', '/v1.0/login/', '/v1.0/login'],
    ['put', `${tokensPath}/x/`, `${tokensPath}/x`],
    ['post', '/v1.0/users/', '/v1.0/users'],
    ['post', '/v1.0/projects/', '/v1.0/projects'],
    ['delete', `/kps/${tokensPath}/x//`, `/kps/${tokensPath}/x`],
    ['post', `//v1.0/userapitokens/`, tokensPath],
  ] as const)('at the end is removed by a redirect: other methods by 307: %s %s', async (method, path, location) => {
    const answer = await lk.request[method](path).redirects(0);
    expect([answer.status, answer.headers['location'], answer.text]).toEqual([307, location, '']);
  });

  test('does not stop a client that follows the redirect', async () => {
    const { body } = await lk.request.get(`${tokensPath}/`).redirects(1).set('Authorization', alice).expect(200);
    expect(body).toMatchObject([{ id: aliceTokenId }]);
  });
});

test('every base leads to the same tokens: root, prefix, host name, real host name, own port', async () => {
  const expected = [{ id: aliceTokenId, userId: aliceId }];
  const get = (path: string) => lk.request.get(path).set('Authorization', alice);
  expect((await get(tokensPath)).body).toMatchObject(expected);
  expect((await get(`/kps${tokensPath}`)).body).toMatchObject(expected);
  expect((await get(tokensPath).set('Host', 'kps.localhost')).body).toMatchObject(expected);
  expect((await get(tokensPath).set('Host', 'karbon.nutanix.com')).body).toMatchObject(expected);
  const own = await fetch(`${lk.providerUrls.get('kps')}${tokensPath}`, { headers: { authorization: alice } });
  expect(await own.json()).toMatchObject(expected);
});
