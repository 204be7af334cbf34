import { describe, expect, test } from 'vitest';
import { users } from '../../../../../src/providers/estuary/accounts/users/users.ts';
import { emulatorForTests } from '../../../emulator.ts';
import { alice, aliceToken, bearer, createKey, listKeys, tokenHash, tokenShape, uploadOnly } from '../../estuary.ts';

const validated = '"result":{"validated":true,"details":"api key validated"}';
const refusedFor = (details: string) => `{"user":{},"result":{"validated":false,"details":"${details}"}}\n`;
const unknown = refusedFor('api key does not exists');

describe.each(['v0.1.11', 'v0.1.10', 'v0.4'])('the auth service beside %s', (profile) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });
  const check = (body: object) => lk.request.post('/check-api-key').send(body).expect(200);
  const changeAlice = (facts: object) => lk.world.resources('estuary').change(users, '2', (user) => ({ ...user, ...facts }));

  test('POST /check-api-key names the user of an accepted token, in wire order, whatever the case of the field', async () => {
    for (const body of [{ token: aliceToken }, { Token: aliceToken }, { TOKEN: aliceToken, other: 1 }]) {
      const answer = await check(body);
      expect(answer.text).toBe(`{"user":{"username":"alice","perm":2},${validated}}\n`);
      expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
    }
  });

  test('POST /check-api-key shows the fields of a user that have a value, and leaves out the others', async () => {
    await changeAlice({ email: 'alice@example.com', flags: 4, storageDisabled: true });
    expect((await check({ token: aliceToken })).text).toBe(
      `{"user":{"username":"alice","perm":2,"email":"alice@example.com","flags":4,"storage_disable":true},${validated}}\n`,
    );
    await changeAlice({ username: '', level: 0, email: '', flags: 0, storageDisabled: false });
    expect((await check({ token: aliceToken })).text).toBe(`{"user":{},${validated}}\n`);
  });

  test('POST /check-api-key returns a user name as it was sent, and never compares it', async () => {
    expect((await check({ username: 'Mallory', token: aliceToken })).text).toBe(
      `{"username":"Mallory","user":{"username":"alice","perm":2},${validated}}\n`,
    );
    expect((await check({ username: 'Mallory' })).text).toBe(unknown.replace('{', '{"username":"Mallory",'));
  });

  test('POST /check-api-key says that a token does not exist if it is unknown, revoked, suspended, a hash or missing', async () => {
    const { token } = await createKey(lk);
    await lk.request.delete(`/user/api-keys/${token}`).set('Authorization', alice).expect(200);
    const stopped = await createKey(lk, '?expiry=1h');
    await lk.world.keys('estuary').change({ hint: stopped.token.slice(0, 11) }, (key) => ({ ...key, state: 'suspended' }));
    const all = [{ token }, { token: stopped.token }, { token: tokenHash(aliceToken) }, { token: '' }, {}, { token: null }];
    for (const body of all) expect((await check(body)).text).toBe(unknown);
    const nothing = await lk.request.post('/check-api-key').expect(200);
    expect(nothing.text).toBe(unknown);
  });

  test('POST /check-api-key tells expired tokens, and tokens whose user is gone, from unknown ones', async () => {
    const { token } = await createKey(lk, '?expiry=1s');
    lk.world.clock.advance(1000);
    expect((await check({ token })).body.result.validated).toBe(true);
    lk.world.clock.advance(1);
    expect((await check({ token })).text).toBe(refusedFor('api key expired'));
    await lk.world.resources('estuary').remove(users, '2');
    expect((await check({ token: aliceToken })).text).toBe(refusedFor('api key user does not exists'));
  });

  test('POST /check-api-key needs no key, and does not count as a use of the token', async () => {
    await check({ token: aliceToken });
    const { key } = await lk.world.keys('estuary').introspect(aliceToken, lk.world.clock.now());
    expect(key?.lastUsedAt).toBeNull();
  });

  test.each([
    ['text/plain', '{"token":"x"}', 415, 'Unsupported Media Type'],
    ['nonsense', '{"token":"x"}', 415, 'Unsupported Media Type'],
    ['application/json', '{"token"', 400, 'unexpected EOF'],
    ['application/json', 'token=x', 400, "invalid character 'o' in literal true (expecting 'r')"],
    [
      'application/json; charset=utf-8',
      '{"token":1}',
      400,
      'json: cannot unmarshal number into Go struct field ApiKeyParam.Token of type string',
    ],
  ])('POST /check-api-key refuses %s %j in the words of its framework', async (contentType, body, status, message) => {
    const answer = await lk.request.post('/check-api-key').set('Content-Type', contentType).send(body).expect(status);
    expect(answer.text).toBe(`${JSON.stringify({ message })}\n`);
  });

  test('GET /register-new-token gives anybody an upload-only token that is valid for 100 years', async () => {
    const answer = await lk.request.get('/register-new-token').expect(200);
    const { token } = answer.body;
    expect(token).toMatch(tokenShape);
    expect(answer.text).toBe(`{"expires":"2129-12-08T00:00:00Z","token":"${token}"}\n`);
    const use = (path: string) => lk.request.get(path).set('Authorization', bearer(token));
    expect((await use('/viewer').expect(200)).body).toMatchObject({ perms: 1, auth_expiry: '2129-12-08T00:00:00Z' });
    expect((await use('/user/api-keys').expect(403)).text).toBe(uploadOnly);
    expect((await check({ token })).body.result).toEqual({ validated: true, details: 'api key validated' });
    lk.world.clock.advance(876_000 * 3_600_000 + 1);
    await use('/viewer').expect(401);
  });

  test('GET /register-new-token gives all tokens to user 260, whose name cannot be registered or logged in with', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => lk.request.get('/register-new-token').expect(200)));
    expect(new Set(answers.map(({ body }) => body.token)).size).toBe(10);
    const { key } = await lk.world.keys('estuary').introspect(answers[0]?.body.token, lk.world.clock.now());
    expect(key).toMatchObject({ owner: '260', name: 'From DELTA', kind: 'session', grants: { scopes: ['upload'] } });
    for (const username of ['DELTA', 'delta']) {
      await lk.request.post('/login').send({ username, passwordHash: '' }).expect(403);
    }
    expect((await lk.world.resources('estuary').list(users)).map(({ data }) => data.id)).toEqual([1, 2, 3, 260]);
    expect(await listKeys(lk)).toHaveLength(1);
  });

  test('GET /register-new-token leaves an existing user 260 unchanged', async () => {
    const known = { ...(await aliceOf()), id: 260, username: 'uploader' };
    await lk.world.resources('estuary').put(users, { id: '260', tenant: 'estuary', name: 'uploader', createdAt: 0, data: known });
    const { body } = await lk.request.get('/register-new-token').expect(200);
    expect((await check({ token: body.token })).body.user).toEqual({ username: 'uploader', perm: 2 });
  });

  test('its answers lack the version of the API, and any origin may read them', async () => {
    for (const path of ['/register-new-token', '/check-api-key']) {
      const call = path === '/check-api-key' ? lk.request.post(path) : lk.request.get(path);
      const { headers } = await call.set('Origin', 'https://app.example').expect(200);
      expect(headers).not.toHaveProperty('x-appversion');
      expect(headers).toMatchObject({ vary: 'Origin', 'access-control-allow-origin': '*' });
    }
  });

  test('it also answers at its own host name', async () => {
    const answer = await lk.request
      .post('/check-api-key')
      .set('Host', 'auth.estuary.tech')
      .send({ token: aliceToken })
      .expect(200);
    expect(answer.body.result.validated).toBe(true);
  });

  async function aliceOf() {
    const found = await lk.world.resources('estuary').get(users, '2');
    if (found === undefined) throw new Error('the seed has no alice');
    return found.data;
  }
});
