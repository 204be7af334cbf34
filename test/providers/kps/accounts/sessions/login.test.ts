import { decodeJwt, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { hashSecret } from '../../../../../src/core/secret.ts';
import { deploymentOf } from '../../../../../src/providers/kps/accounts/deployment.ts';
import { users } from '../../../../../src/providers/kps/accounts/users/users.ts';
import { emulatorForTests, epoch } from '../../../emulator.ts';
import {
  alice,
  aliceId,
  apiError,
  bearer,
  bobId,
  create,
  expectUnauthorized,
  listed,
  tokensPath,
  uuidV4,
  wrongPassword,
} from '../../kps.ts';

const lk = emulatorForTests();
const paths = ['/v1.0/login', '/v1/login'];
const bob = { email: 'bob@example.com', password: 'bob-password' };
const post = (body: object | string, path = '/v1.0/login') => lk.request.post(path).send(body);

describe.each(paths)('POST %s 200', (path) => {
  test('answers with the spacing of the real server, `_id` included, and no newline', async () => {
    const answer = await post(bob, path).expect(200);
    const { token } = answer.body;
    expect(answer.text).toBe(`{"token":"${token}", "_id": "${bobId}", "name": "Bob", "email": "bob@example.com"}`);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.headers['x-request-id']).toMatch(uuidV4);
  });

  test('the token may do what its user may', async () => {
    const { token } = (await post(bob, path).expect(200)).body;
    const created = await create(lk.request, bearer(token));
    expect(await listed(lk.request, bearer(token))).toMatchObject([{ id: created.id, userId: bobId }]);
  });
});

describe('POST /v1.0/login 200', () => {
  test('the token has an expiry in 30 minutes, and neither a type nor an id of its own', async () => {
    lk.world.clock.advance(999);
    const { token } = (await post(bob)).body;
    const { signingSecret } = await deploymentOf(lk.world.resources('kps'));
    const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(signingSecret), {
      currentDate: new Date(epoch),
    });
    expect(JSON.stringify(protectedHeader)).toBe('{"alg":"HS256","typ":"JWT"}');
    expect(JSON.stringify(payload)).toBe(
      `{"email":"bob@example.com","exp":${epoch / 1000 + 1800},"id":"${bobId}","name":"Bob","nbf":1444478400,` +
        '"roles":[],"scopes":[],"specialRole":"none","tenantId":"tid-demo"}',
    );
  });

  test('the session lives for exactly 30 minutes after the log-in', async () => {
    lk.world.clock.advance(999);
    const { token } = (await post(bob)).body;
    lk.world.clock.advance(1_800_000);
    await lk.request.get(tokensPath).set('Authorization', bearer(token)).expect(200);
    lk.world.clock.advance(1);
    expectUnauthorized(await lk.request.get(tokensPath).set('Authorization', bearer(token)));
  });

  test.each([
    ['an e-mail in another case', '{"email":"BOB@Example.com","password":"bob-password"}'],
    ['keys in another case', '{"Email":"bob@example.com","PASSWORD":"bob-password"}'],
    ['unknown fields and text after the value', '{"email":"bob@example.com","password":"bob-password","otp":1} x'],
  ])('%s is accepted', async (_case, body) => {
    expect((await post(body).expect(200)).body).toMatchObject({ email: 'bob@example.com' });
  });

  test('the content type and the Authorization header are ignored', async () => {
    const answer = await post(JSON.stringify(bob)).set('Content-Type', 'text/plain').set('Authorization', 'Bearer wrong');
    expect(answer.status).toBe(200);
  });

  test('a name with quotes is still JSON', async () => {
    await lk.world.resources('kps').change(users, bobId, (user) => ({ ...user, name: 'Bob "the <b>"' }));
    const { body } = await post(bob).expect(200);
    expect(body.name).toBe('Bob "the <b>"');
    expect(decodeJwt(body.token)['name']).toBe('Bob "the <b>"');
    expect(Buffer.from(body.token.split('.')[1], 'base64url').toString()).toContain('"Bob \\"the \\u003cb\\u003e\\""');
  });
});

describe('POST /v1.0/login 401', () => {
  test.each([
    ['a wrong password', { ...bob, password: 'alice-password' }],
    ['an empty password', { ...bob, password: '' }],
    ['no password', { email: bob.email }],
    ['the stored hash of the password', { ...bob, password: hashSecret(bob.password) }],
    ['an unknown e-mail', { ...bob, email: 'nobody@example.com' }],
    ['no e-mail', { password: bob.password }],
    ['the e-mail of a device', { ...bob, email: 'tid-demo|edge-1' }],
    ['an empty object', {}],
  ])('%s does not log in', async (_case, credential) => {
    const answer = await post(credential);
    expect(answer.status).toBe(401);
    expect(answer.text).toBe(wrongPassword);
    expect(answer.headers).not.toHaveProperty('www-authenticate');
  });

  test('an API token is not accepted as a password', async () => {
    expect((await post({ ...bob, password: alice })).text).toBe(wrongPassword);
  });
});

describe('POST /v1.0/login 400', () => {
  test.each([
    ['', 'EOF'],
    ['{"email":', 'unexpected EOF'],
    ['email=bob', "invalid character 'e' looking for beginning of value"],
    ['{"email":"a" "b"}', "invalid character '\"' after object key:value pair"],
    ['[]', 'json: cannot unmarshal array into Go value of type model.Credential'],
    ['{"email":5}', 'json: cannot unmarshal number into Go struct field Credential.email of type string'],
    [`{"email":"${'x'.repeat(1 << 20)}"}`, 'unexpected EOF'],
  ])('a malformed body is answered with the text of the Go decoder (%#)', async (body, text) => {
    const answer = await post(body).set('Content-Type', 'application/json');
    expect(answer.status).toBe(400);
    expect(answer.text).toBe(apiError(400, 20481, `Error occurred in data conversion: '${text}'.`));
  });
});

describe('two log-ins in one second', () => {
  const login = async () => (await post(bob).expect(200)).body.token;
  const use = (token: string) => lk.request.get(tokensPath).set('Authorization', bearer(token));

  test('get the same token, which works until 30 minutes after the later one', async () => {
    const first = await login();
    lk.world.clock.advance(600);
    expect(await login()).toBe(first);
    lk.world.clock.set(epoch + 600 + 1_800_000);
    await use(first).expect(200);
    lk.world.clock.advance(1);
    expectUnauthorized(await use(first));
  });

  test('get one session, even when 50 are sent at once', async () => {
    const tokens = new Set(await Promise.all(Array.from({ length: 50 }, login)));
    expect(tokens.size).toBe(1);
    for (const token of tokens) await use(token).expect(200);
    expect(await lk.world.keys('kps').find({ kind: 'session', owner: bobId })).toHaveLength(1);
  });

  test('of different users get different tokens, and so does the next second', async () => {
    const first = await login();
    expect((await post({ email: 'alice@example.com', password: 'alice-password' })).body.token).not.toBe(first);
    lk.world.clock.advance(1000);
    expect(await login()).not.toBe(first);
  });

  test.each(['suspended', 'revoked'] as const)(
    'never reopen a session that was %s in between: the new one has another token',
    async (state) => {
      const stopped = await login();
      const revokedAt = state === 'revoked' ? epoch : null;
      await lk.world.keys('kps').change({ kind: 'session' }, (session) => ({ ...session, state, revokedAt }));
      const fresh = await login();
      expect(fresh).not.toBe(stopped);
      expectUnauthorized(await use(stopped));
      await use(fresh).expect(200);
      expect(decodeJwt(fresh).exp).toBe(epoch / 1000 + 1799);
    },
  );

  test('never reopen a session that was expired from outside the API', async () => {
    const stopped = await login();
    await lk.world.keys('kps').change({ kind: 'session' }, (session) => ({ ...session, expiresAt: epoch - 1 }));
    await use(await login()).expect(200);
    expectUnauthorized(await use(stopped));
  });
});

test('the password is not stored, and the token is not listed', async () => {
  const { token } = (await post({ email: 'alice@example.com', password: 'alice-password' })).body;
  const user = await lk.world.resources('kps').get(users, aliceId);
  expect(JSON.stringify(user)).not.toContain('alice-password');
  const { text } = await lk.request.get(tokensPath).set('Authorization', bearer(token));
  expect(text).not.toContain(token);
});
