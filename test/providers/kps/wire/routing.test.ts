import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { adminTokenId, alice, aliceId, aliceTokenId, apiError, notFound, tokensPath, uuidV4 } from '../kps.ts';

const lk = emulatorForTests({ ownPorts: ['kps'] });
/** Sends a path as it is: other clients take out the dots. */
function raw(options: { readonly path: string; readonly method?: string }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    httpRequest(lk.url, options, async (answer) => {
      let body = '';
      for await (const chunk of answer) body += chunk;
      resolve({ status: answer.statusCode, headers: answer.headers, body });
    })
      .on('error', reject)
      .end();
  });
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

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
    // KPS 12.1: the methods include OPTIONS.
    ['patch', tokensPath, 'GET, OPTIONS, POST'],
    ['put', tokensPath, 'GET, OPTIONS, POST'],
    ['get', `${tokensPath}/${adminTokenId}`, 'DELETE, OPTIONS, PUT'],
    ['post', '/v1.0/userapitokensall', 'GET, OPTIONS'],
    ['get', '/v1.0/login', 'OPTIONS, POST'],
    ['delete', '/v1/login', 'OPTIONS, POST'],
    ['patch', '/v1.0/users', 'GET, OPTIONS, POST'],
    ['post', '/v1.0/users/x', 'DELETE, GET, OPTIONS, PUT'],
    ['delete', '/v1.0/users/', 'GET, OPTIONS'],
    ['get', '/v1.0/login/logintoken', 'OPTIONS, POST'],
    ['put', '/v1.0/projects', 'GET, OPTIONS, POST'],
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
    expect(answer.headers['allow']).toBe('GET, OPTIONS, POST');
    expect(answer.text).toBeFalsy();
  });
});

// KPS 12.1.
describe('OPTIONS', () => {
  test.each([
    [tokensPath, 'GET, OPTIONS, POST'],
    [`/kps${tokensPath}/x`, 'DELETE, OPTIONS, PUT'],
    ['/v1/login', 'OPTIONS, POST'],
    ['/v1.0/projects', 'GET, OPTIONS, POST'],
  ])('on a known path is answered 200 without a body or a credential: %s', async (path, allow) => {
    const answer = await lk.request.options(path);
    expect([answer.status, answer.text, answer.headers['allow']]).toEqual([200, '', allow]);
    expect(answer.headers['content-length']).toBe('0');
    expect(answer.headers).not.toHaveProperty('content-type');
  });

  test('on an unknown path is a JSON 404', async () => {
    const answer = await lk.request.options('/v1.0/nothing');
    expect([answer.status, answer.text]).toEqual([404, notFound]);
  });

  test('is never redirected', async () => {
    const answer = await lk.request.options(`${tokensPath}/`).redirects(0);
    expect([answer.status, answer.text]).toEqual([404, notFound]);
  });
});

// KPS 12.2.
describe('a path in another case, or with dots', () => {
  test.each([
    ['/v1.0/UserApiTokens', tokensPath],
    ['/kps/V1.0/userapitokens', `/kps${tokensPath}`],
    ['/v1.0/./userapitokens', tokensPath],
    ['/v1.0/users/../userapitokens', tokensPath],
    ['/~other/kps/v1.0/x/../USERAPITOKENS/?a=1', `/~other/kps${tokensPath}?a=1`],
    ['/v1.0/Projects', '/v1.0/projects'],
    ['/v1.0/Users/Me', '/v1.0/users/Me'],
  ])('is redirected to the registered one: GET by 301: %s', async (path, location) => {
    const answer = await raw({ path });
    expect([answer.status, answer.headers['location']]).toEqual([301, location]);
    expect(answer.body).toBe(`<a href="${location}">Moved Permanently</a>.\n\n`);
  });

  test.each([
    ['POST', '/v1.0/LOGIN', '/v1.0/login'],
    ['PUT', `/v1.0/USERAPITOKENS/AbC`, `${tokensPath}/AbC`],
    ['DELETE', `/kps/v1.0/./userapitokens/AbC`, `/kps${tokensPath}/AbC`],
  ])('other methods by 307: %s %s', async (method, path, location) => {
    const answer = await raw({ method, path });
    expect([answer.status, answer.headers['location'], answer.body]).toEqual([307, location, '']);
  });

  test('for a method that the registered path has', async () => {
    expect((await raw({ method: 'DELETE', path: '/v1.0/LOGIN' })).status).toBe(404);
    expect((await raw({ path: '/v1.0/../nothing' })).status).toBe(404);
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
    ['delete', `/kps/${tokensPath}/x//`, `/kps${tokensPath}/x`],
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
