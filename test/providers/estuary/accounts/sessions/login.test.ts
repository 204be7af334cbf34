import { describe, expect, test } from 'vitest';
import { latestInstant } from '../../../../../src/clock.ts';
import { emulatorForTests, type TestEmulator } from '../../../emulator.ts';
import { invalidInput, unknownUser, wrongPassword } from '../../accounts.ts';
import { bearer, bob, createKey, listKeys, tokenShape, unknownToken } from '../../estuary.ts';

const credentials = { username: 'alice', passwordHash: 'alice-password-hash' };
const lk = emulatorForTests();
const login = (body: string | object, { request }: TestEmulator = lk) => request.post('/login').send(body);

describe('POST /login 200', () => {
  test('the answer is a new token of 30 days and nothing else', async () => {
    const answer = await login(credentials).expect(200);
    const { token } = answer.body;
    expect(token).toMatch(tokenShape);
    expect(answer.text).toBe(`{"token":"${token}","expiry":"2030-01-31T00:00:00Z"}\n`);
    expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
  });

  test('the session is a key like any other: it works, is listed as on-login, creates keys and can be revoked', async () => {
    const { body } = await login(credentials);
    const session = bearer(body.token);
    const { token } = await createKey(lk, '', session);
    expect((await listKeys(lk, session)).map(({ label }) => label)).toEqual(['alice', 'on-login', '']);
    await lk.request.delete(`/user/api-keys/${body.token}`).set('Authorization', session).expect(200);
    expect((await lk.request.get('/viewer').set('Authorization', session).expect(401)).text).toBe(unknownToken);
    await lk.request.get('/viewer').set('Authorization', bearer(token)).expect(200);
  });

  test('a session expires after 30 days to the millisecond', async () => {
    const { body } = await login({ username: 'bob', passwordHash: 'bob-password-hash' });
    lk.world.clock.advance(30 * 86_400_000);
    await lk.request.get('/viewer').set('Authorization', bearer(body.token)).expect(200);
    lk.world.clock.advance(1);
    const { body: refusal } = await lk.request.get('/viewer').set('Authorization', bearer(body.token)).expect(401);
    expect(refusal.error).toEqual({
      code: 401,
      reason: 'ERR_TOKEN_EXPIRED',
      details: 'token for user 3 expired 2030-01-31 00:00:00 +0000 UTC',
    });
    await lk.request.get('/viewer').set('Authorization', bob).expect(200);
  });

  test('each log-in makes a token of its own, and the earlier one stays valid', async () => {
    const first = await login(credentials);
    const second = await login(credentials);
    expect(second.body.token).not.toBe(first.body.token);
    await lk.request.get('/viewer').set('Authorization', bearer(first.body.token)).expect(200);
  });

  test.each([
    ['a user name in capitals', '{"username":"ALICE","passwordHash":"alice-password-hash"}'],
    ['keys in another case', '{"UserName":"alice","PASSWORDHASH":"alice-password-hash"}'],
    ['unknown keys', '{"x":[1,{}],"username":"alice","passwordHash":"alice-password-hash"}'],
    ['more after the first value', '{"username":"alice","passwordHash":"alice-password-hash"} trailing'],
    ['the last of repeated keys', '{"username":"bob","username":"alice","passwordHash":"alice-password-hash"}'],
    ['a null beside the value', '{"username":"alice","USERNAME":null,"passwordHash":"alice-password-hash"}'],
    ['white space around', ' \r\n\t{ "username" : "alice" , "passwordHash" : "alice-password-hash" } '],
    ['escapes', '{"username":"\\u0061lice","passwordHash":"alice-password\\u002dhash"}'],
  ])('Go decodes %s', async (_what, body) => {
    await login(body).expect(200);
  });

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'application/json; charset=latin1', 'nonsense'])(
    'the content type is ignored: %s',
    async (contentType) => {
      await lk.request.post('/login').set('Content-Type', contentType).send(JSON.stringify(credentials)).expect(200);
    },
  );

  test('a credential in the request is ignored', async () => {
    await lk.request.post('/login').set('Authorization', 'Bearer x').send(credentials).expect(200);
  });
});

describe('POST /login 400', () => {
  test.each([
    ['no body', '', 'EOF'],
    ['white space', ' \n', 'EOF'],
    ['a cut body', '{"username":"alice"', 'unexpected EOF'],
    ['a form', 'username=alice', "invalid character 'u' looking for beginning of value"],
    ['a lone quote', "{'username'", "invalid character '\\'' looking for beginning of object key string"],
    ['a comma too many', '{"username":"a",}', "invalid character '}' looking for beginning of object key string"],
    [
      'a number for a name',
      '{"username":1}',
      'json: cannot unmarshal number into Go struct field loginBody.username of type string',
    ],
    [
      'an object for a hash',
      '{"passwordHash":{}}',
      'json: cannot unmarshal object into Go struct field loginBody.passwordHash of type string',
    ],
    ['an array', '[]', 'json: cannot unmarshal array into Go value of type main.loginBody'],
    ['a string', '"alice"', 'json: cannot unmarshal string into Go value of type main.loginBody'],
    ['nesting beyond measure', '['.repeat(100_000), "invalid character '[' exceeded max depth"],
  ])("%s is answered with Go's error text", async (_what, body, text) => {
    const answer = await lk.request.post('/login').set('Content-Type', 'application/json').send(body).expect(400);
    expect(answer.text).toBe(invalidInput(text));
  });
});

describe('POST /login 403', () => {
  test('an unknown user', async () => {
    for (const body of [{ username: 'eve', passwordHash: 'x' }, {}, 'null', { username: ' alice' }, { username: '2' }]) {
      expect((await lk.request.post('/login').set('Content-Type', 'application/json').send(body).expect(403)).text).toBe(
        unknownUser,
      );
    }
  });

  test('a wrong password: the details are empty, and no token is made', async () => {
    for (const passwordHash of ['', 'x', 'ALICE-PASSWORD-HASH', 'bob-password-hash', undefined]) {
      expect((await login({ username: 'alice', passwordHash }).expect(403)).text).toBe(wrongPassword);
    }
    expect(await listKeys(lk)).toHaveLength(1);
  });
});

describe('POST /login 500', () => {
  test("a session that expires beyond the year 9999 is answered with the error of Go's encoder", async () => {
    lk.world.clock.set(latestInstant);
    const answer = await login(credentials).expect(500);
    expect(answer.body.error.details).toMatch(/^json: error calling MarshalJSON .* year outside of range \[0,9999\]$/);
  });
});

describe('in v0.4', () => {
  const latest = emulatorForTests({ profiles: { estuary: 'v0.4' } });

  test('the session is marked as one, and its token is not shown again', async () => {
    const { body } = await login(credentials, latest);
    const { token, label, isSession } = (await listKeys(latest, bearer(body.token))).at(-1) ?? {};
    expect({ token, label, isSession }).toEqual({ token: '', label: 'on-login', isSession: true });
  });

  test("Go's text names the package that the handlers moved to", async () => {
    const answer = await latest.request.post('/login').set('Content-Type', 'application/json').send('[]').expect(400);
    expect(answer.text).toBe(invalidInput('json: cannot unmarshal array into Go value of type api.loginBody'));
  });
});
