import { decodeJwt, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { deploymentOf } from '../../../../../src/providers/kps/accounts/deployment.ts';
import { emulatorForTests, epoch } from '../../../emulator.ts';
import {
  admin,
  alice,
  aliceId,
  bearer,
  expectUnauthorized,
  logIn,
  noPermission,
  noRecord,
  tokensPath,
  usersPath,
  uuidV4,
  wrongPassword,
} from '../../kps.ts';

const lk = emulatorForTests();
const short = (by: string) => lk.request.post('/v1.0/login/shortlogintoken').set('Authorization', by);
const long = (by: string) => lk.request.post('/v1.0/login/logintoken').set('Authorization', by);
const shortToken = async () => bearer((await short(await logIn(lk.request, 'alice')).expect(200)).body.token);
const longToken = async () => bearer((await long(await shortToken()).expect(200)).body.token);
const use = (by: string) => lk.request.get(tokensPath).set('Authorization', by);
const claimsOf = async (token: string) => {
  const { signingSecret } = await deploymentOf(lk.world.resources('kps'));
  const { payload } = await jwtVerify(token, new TextEncoder().encode(signingSecret), { currentDate: new Date(epoch) });
  return JSON.stringify(payload);
};
const exchanges = [
  ['/v1.0/login/shortlogintoken', 'default'],
  ['/v1.0/login/logintoken', 'short'],
] as const;

describe('POST /v1.0/login/shortlogintoken 200', () => {
  test('answers as a log-in does, with a token of four claims', async () => {
    const answer = await short(await logIn(lk.request, 'alice')).expect(200);
    const { token } = answer.body;
    expect(answer.text).toBe(`{"token":"${token}", "_id": "${aliceId}", "name": "Alice", "email": "alice@example.com"}`);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(await claimsOf(token)).toBe(
      `{"email":"alice@example.com","exp":${epoch / 1000 + 180},"nbf":1444478400,"type":"short"}`,
    );
  });

  test('ignores a body', async () => {
    await short(await logIn(lk.request, 'alice'))
      .set('Content-Type', 'application/json')
      .send('{')
      .expect(200);
  });

  test('the short token lives for exactly three minutes', async () => {
    const token = await shortToken();
    lk.world.clock.advance(180_000);
    await long(token).expect(200);
    lk.world.clock.advance(1);
    expect((await long(token)).text).toBe(wrongPassword);
  });

  test.each([
    ['a list of tokens', 'get', tokensPath],
    ['the users', 'get', usersPath],
    ['an unimplemented operation', 'get', '/v1.0/projects'],
  ] as const)('the short token is refused on every other route: %s', async (_case, method, path) => {
    expectUnauthorized(await lk.request[method](path).set('Authorization', await shortToken()));
  });
});

describe('POST /v1.0/login/logintoken 200', () => {
  test('answers as a log-in does, with a token for twenty days', async () => {
    const answer = await long(await shortToken()).expect(200);
    const { token } = answer.body;
    expect(answer.text).toBe(`{"token":"${token}", "_id": "${aliceId}", "name": "Alice", "email": "alice@example.com"}`);
    expect(await claimsOf(token)).toBe(
      `{"email":"alice@example.com","exp":${epoch / 1000 + 1_728_000},"id":"${aliceId}","name":"Alice","nbf":1444478400,` +
        '"roles":[],"scopes":[],"specialRole":"none","tenantId":"tid-demo","type":"long"}',
    );
  });

  test('the long token may do what its user may for exactly twenty days, and is not listed', async () => {
    const token = await longToken();
    const { body } = await use(token).expect(200);
    expect(body).toHaveLength(1);
    lk.world.clock.advance(1_728_000_000);
    await use(token).expect(200);
    lk.world.clock.advance(1);
    expectUnauthorized(await use(token));
  });

  test.each([
    '',
    '{',
    '[]',
    '{"a":"1"}',
    '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9}',
    '{"email":"admin@example.com"}',
  ])('the body adds nothing to the token: %s', async (body) => {
    const answer = await long(await shortToken())
      .set('Content-Type', 'application/json')
      .send(body)
      .expect(200);
    expect(decodeJwt(answer.body.token)).toMatchObject({ email: 'alice@example.com', id: aliceId });
    expect(decodeJwt(answer.body.token)).not.toHaveProperty('a');
  });

  test('more than eight strings in the body get a 200 without a body', async () => {
    const info = Object.fromEntries([...'abcdefghi'].map((name) => [name, name]));
    const answer = await long(await shortToken()).send(info);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers).not.toHaveProperty('content-type');
    expect(await lk.world.keys('kps').find({ kind: 'session' })).toHaveLength(2);
  });
});

describe('an exchange 403', () => {
  test.each([
    ['an API token', '/v1.0/login/shortlogintoken', async () => alice],
    ['an API token', '/v1.0/login/logintoken', async () => alice],
    ['an API token of an infra admin', '/v1.0/login/shortlogintoken', async () => admin],
    ['a short token', '/v1.0/login/shortlogintoken', shortToken],
    ['a long token', '/v1.0/login/shortlogintoken', longToken],
    ['a long token', '/v1.0/login/logintoken', longToken],
    ['the token of a log-in', '/v1.0/login/logintoken', () => logIn(lk.request, 'alice')],
  ] as const)('of %s at %s', async (_case, path, token) => {
    const answer = await lk.request.post(path).set('Authorization', await token());
    expect([answer.status, answer.text]).toEqual([403, noPermission]);
  });
});

describe('an exchange 401', () => {
  test.each(exchanges)('is worded as a failed log-in at %s, without a token or with a bad one', async (path) => {
    for (const authorization of ['', 'Bearer', 'Bearer x', alice.toLowerCase(), alice.slice('Bearer '.length)]) {
      const answer = await lk.request.post(path).set('Authorization', authorization).send('{');
      expect([answer.status, answer.text]).toEqual([401, wrongPassword]);
      expect(answer.headers['x-request-id']).toMatch(uuidV4);
    }
    expect((await lk.request.post(path)).text).toBe(wrongPassword);
  });

  test.each(['suspended', 'revoked'] as const)('of a token that was %s from outside the API', async (state) => {
    const token = await logIn(lk.request, 'alice');
    const revokedAt = state === 'revoked' ? epoch : null;
    await lk.world.keys('kps').change({ kind: 'session' }, (session) => ({ ...session, state, revokedAt }));
    expect((await short(token)).text).toBe(wrongPassword);
  });

  test('of a token of a user who was deleted', async () => {
    const token = await logIn(lk.request, 'alice');
    await lk.request.delete(`${usersPath}/${aliceId}`).set('Authorization', admin).expect(200);
    expect((await short(token)).text).toBe(wrongPassword);
  });

  test('before the nbf of every token', async () => {
    const token = await logIn(lk.request, 'alice');
    lk.world.clock.set(0);
    expect((await short(token)).text).toBe(wrongPassword);
  });
});

test('an exchange 404 once no user has the e-mail of the token', async () => {
  const token = await logIn(lk.request, 'alice');
  const moved = { email: 'alice@example.org' };
  await lk.request.put(`${usersPath}/${aliceId}`).set('Authorization', admin).send(moved).expect(200);
  const answer = await short(token);
  expect([answer.status, answer.text]).toEqual([404, noRecord('alice@example.com')]);
});
