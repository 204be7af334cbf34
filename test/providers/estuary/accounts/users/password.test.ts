import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../../emulator.ts';
import { invalidInput, loginStatus } from '../../accounts.ts';
import { alice, bearer, createKey, listKeys, missingCredential, uploadOnly } from '../../estuary.ts';

const lk = emulatorForTests();
const change = (body: string | object, by = alice) =>
  lk.request.put('/user/password').set({ Authorization: by, 'Content-Type': 'application/json' }).send(body);

describe('PUT /user/password 200', () => {
  test('the answer is an empty object, and only the new hash logs in from then on', async () => {
    const answer = await change({ newPasswordHash: 'new-hash' }).expect(200);
    expect(answer.text).toBe('{}\n');
    expect(await loginStatus(lk, 'alice', 'new-hash')).toBe(200);
    expect(await loginStatus(lk, 'alice', 'alice-password-hash')).toBe(403);
    expect(await loginStatus(lk, 'bob', 'bob-password-hash')).toBe(200);
  });

  test('no key is revoked, and no session', async () => {
    const { token } = await createKey(lk);
    const { body } = await lk.request.post('/login').send({ username: 'alice', passwordHash: 'alice-password-hash' });
    await change({ newPasswordHash: 'new-hash' }).expect(200);
    for (const key of [token, body.token]) await lk.request.get('/viewer').set('Authorization', bearer(key)).expect(200);
    expect(await listKeys(lk)).toHaveLength(3);
  });

  test.each(['{}', 'null', '{"newPasswordHash":null}', '{"other":1}'])(
    'a body without a hash makes the hash empty: %s',
    async (body) => {
      await change(body).expect(200);
      expect(await loginStatus(lk, 'alice', '')).toBe(200);
    },
  );
});

describe('PUT /user/password 400', () => {
  test.each([
    ['no body', '', 'EOF'],
    [
      'a number',
      '{"newPasswordHash":1}',
      'json: cannot unmarshal number into Go struct field changePasswordParams.newPasswordHash of type string',
    ],
    ['an array', '[]', 'json: cannot unmarshal array into Go value of type main.changePasswordParams'],
  ])("%s is answered with Go's error text, and the password stays", async (_what, body, text) => {
    expect((await change(body).expect(400)).text).toBe(invalidInput(text));
    expect(await loginStatus(lk, 'alice', 'alice-password-hash')).toBe(200);
  });
});

describe('PUT /user/password 401 and 403', () => {
  test('without a credential, or with an upload-only key, the body is not read and the password stays', async () => {
    const anonymous = await lk.request.put('/user/password').send({ newPasswordHash: 'x' }).expect(401);
    expect(anonymous.text).toBe(missingCredential);
    const { token } = await createKey(lk, '?perms=upload');
    expect((await change('nonsense', bearer(token)).expect(403)).text).toBe(uploadOnly);
    expect(await loginStatus(lk, 'alice', 'alice-password-hash')).toBe(200);
  });
});
