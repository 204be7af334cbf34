import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import {
  admin,
  alice,
  bearer,
  createKey,
  levelTooLow,
  methodNotAllowed,
  missingCredential,
  notFound,
  uploadOnly,
} from '../estuary.ts';

type Method = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';

/** Unknown paths in the groups, and known paths with a wrong method. */
const grouped: readonly [Method, string][] = [
  ['get', '/user'],
  ['get', '/user/'],
  ['get', '/user/nothing'],
  ['get', '/user//api-keys'],
  ['get', '/user/api-keys//'],
  ['get', '/user/api-keys/x'],
  ['get', '/user/Api-Keys'],
  ['get', '/user?x=/'],
  ['head', '/user/api-keys'],
  ['head', '/user/stats'],
  ['put', '/user/api-keys'],
  ['patch', '/user/api-keys'],
  ['delete', '/user/api-keys'],
  ['put', '/user/api-keys/x'],
  ['post', '/user/export'],
  ['delete', '/user/stats'],
  ['post', '/user/api-keys/x'],
  ['get', '/user/password'],
  ['post', '/user/password'],
];

const versions = { 'v0.1.11': 'v0.1.11', 'v0.1.10': 'v0.1.10', 'v0.4': 'v0.4.3' };

describe.each(Object.entries(versions))('routing in %s', (profile, version) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });
  const isLatest = profile === 'v0.4';

  test.each(grouped)('in a group authentication comes first, then 404, never 405: %s %s', async (method, path) => {
    const stranger = await lk.request[method](path).expect(401);
    const user = await lk.request[method](path).set('Authorization', alice).expect(404);
    expect(user.headers).not.toHaveProperty('allow');
    if (method === 'head') return;
    expect(stranger.text).toBe(missingCredential);
    expect(user.text).toBe(notFound);
  });

  test.each(['/admin', '/admin/', '/admin/nothing', '/admin//users'])(
    'the group of %s requires an administrator',
    async (path) => {
      expect((await lk.request.get(path).expect(401)).text).toBe(missingCredential);
      expect((await lk.request.get(path).set('Authorization', alice).expect(403)).text).toBe(levelTooLow);
      expect((await lk.request.get(path).set('Authorization', admin).expect(404)).text).toBe(notFound);
    },
  );

  test.each(['content', 'deals', 'collections', 'pinning'])('the group /%s requires a user of level 2', async (group) => {
    const { token } = await createKey(lk, '?perms=upload');
    for (const path of [`/estuary/${group}`, `/estuary/${group}/a/b/c/d`]) {
      await lk.request.patch(path).expect(401);
      await lk.request.patch(path).set('Authorization', bearer(token)).expect(403);
      await lk.request.patch(path).set('Authorization', alice).expect(404);
    }
  });

  test('the errors of /pinning have no code', async () => {
    expect((await lk.request.get('/estuary/pinning/nothing').expect(401)).text).toBe(
      '{"error":{"reason":"ERR_AUTH_MISSING","details":"no api key was specified"}}\n',
    );
    const known = await lk.request.get('/estuary/pinning/pins?pretty').set('Authorization', alice).expect(501);
    expect(known.text).toBe(
      '{\n  "error": {\n    "reason": "Not Implemented",\n    "details": "pinningPinsGet is not emulated"\n  }\n}\n',
    );
  });

  test('an upload-only key learns nothing about the paths of a group', async () => {
    const { token } = await createKey(lk, '?perms=upload');
    for (const path of ['/user/nothing', '/admin/nothing']) {
      expect((await lk.request.get(path).set('Authorization', bearer(token)).expect(403)).text).toBe(uploadOnly);
    }
  });

  test.each([
    '/',
    '/nothing',
    '/userx',
    '/users',
    '/User/api-keys',
    '/USER/api-keys',
    '/Health',
    '/health/x',
    '//health',
    '//user/api-keys',
    '/contents',
    '/deal/estimate',
    '/net/addrs',
    '/public/nothing',
    '/estuary/health',
  ])('an unknown path at the top level is a 404 without authentication: %s', async (path) => {
    const answer = await lk.request.get(`/estuary${path}`).expect(404);
    expect(answer.text).toBe(notFound);
    expect(answer.headers).toMatchObject({ 'x-appversion': version, vary: 'Origin' });
  });

  test.each([
    ['get', '/login', 'POST'],
    ['put', '/login', 'POST'],
    ['post', '/health', 'GET'],
    ['head', '/health', 'GET'],
    ['delete', '/health', 'GET'],
    ['post', '/viewer', 'GET'],
    ['head', '/viewer', 'GET'],
    ['get', '/register', 'POST'],
    ['get', '/check-api-key', 'POST'],
    ['post', '/register-new-token', 'GET'],
  ] as const)('a wrong method at the top level is a 405 without authentication: %s %s', async (method, path, allowed) => {
    const answer = await lk.request[method](path).expect(405);
    if (method !== 'head') expect(answer.text).toBe(methodNotAllowed);
    expect(answer.headers['allow']).toBe(isLatest ? `OPTIONS, ${allowed}` : undefined);
  });

  test.each([
    ['/health', '/'],
    ['/viewer', '/'],
    ['/user/api-keys', '/'],
    ['/user/api-keys', '/?pretty'],
    ['/user/export', '/'],
    ['/user/stats', '/'],
    ['/user/stats', '/?x=/'],
  ])(`%s%s: ${isLatest ? 'one trailing slash is stripped' : 'a trailing slash is another path'}`, async (path, end) => {
    const answer = await lk.request.get(path + end).set('Authorization', alice);
    expect(answer.status).toBe(isLatest ? 200 : 404);
    await lk.request.get(`${path}/${end}`).set('Authorization', alice).expect(404);
  });

  test('a method unknown to the router is refused like any other wrong method', async () => {
    const statusOf = (method: string, path: string) =>
      new Promise((resolve, reject) => {
        const sent = httpRequest(`${lk.url}/estuary${path}`, { method, headers: { authorization: alice } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        sent.on('error', reject).end();
      });
    expect(await statusOf('PROPFIND', '/user/api-keys')).toBe(404);
    expect(await statusOf('PROPFIND', '/nothing')).toBe(404);
    expect(await statusOf('PROPFIND', '/health')).toBe(405);
  });

  test('paths with broken escapes, with dots or of excessive length are not found', async () => {
    for (const path of ['/user/%zz', '/user/%', '/user/%00', '/user/..%2fadmin', `/user/${'x'.repeat(8000)}`]) {
      expect((await lk.request.get(path).set('Authorization', alice).expect(404)).text).toBe(notFound);
    }
  });

  test('every answer, refusals too, has the version and Vary, and no header of a framework', async () => {
    const answers = await Promise.all([
      lk.request.get('/health'),
      lk.request.get('/user/api-keys'),
      lk.request.get('/user/api-keys').set('Authorization', alice),
      lk.request.post('/user/api-keys?expiry=1d').set('Authorization', alice),
      lk.request.delete('/user/api-keys/x').set('Authorization', alice),
      lk.request.get('/user/nothing').set('Authorization', alice),
      lk.request.get('/login'),
      lk.request.post('/login').send('nonsense'),
    ]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({ 'x-appversion': version, vary: 'Origin' });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
      expect(headers).not.toHaveProperty('x-powered-by');
    }
  });
});

describe('?pretty', () => {
  const lk = emulatorForTests();

  test.each(['?pretty', '?pretty=', '?pretty=false', '?x=1&pretty=1'])('indents by two spaces: %s', async (query) => {
    const answer = await lk.request.get(`/user/stats${query}`).set('Authorization', alice).expect(200);
    expect(answer.text).toBe('{\n  "totalSize": 0,\n  "numPins": 0\n}\n');
  });

  test('indents errors too, and keeps the escapes', async () => {
    const refusal = await lk.request.get('/user/stats?pretty').expect(401);
    expect(refusal.text).toBe(`${JSON.stringify(JSON.parse(missingCredential), null, 2)}\n`);
    const viewer = await lk.request.get('/viewer?pretty').set('Authorization', alice);
    expect(viewer.text).toContain('\n  "address": "\\u003cempty\\u003e",\n');
  });

  test('leaves the empty answer of a revocation empty', async () => {
    const answer = await lk.request.delete('/user/api-keys/x?pretty').set('Authorization', alice).expect(200);
    expect(answer.text).toBe('');
  });
});
