import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../../emulator.ts';
import { addUserWithToken, admin, alice, apiError, expectUnauthorized } from '../../kps.ts';

const lk = emulatorForTests();
const ask = (query: string, by = admin) => lk.request.get(`/v1.0/isemailavailable${query}`).set('Authorization', by);

describe('GET /v1.0/isemailavailable 200', () => {
  test.each([
    ['an e-mail without a user', 'carol@example.com', true],
    ['the e-mail of a user', 'bob@example.com', false],
    ['the e-mail of a user in another case, which is echoed', 'BOB@Example.com', false],
    ['the e-mail of a user of another tenant', 'eve@example.net', false],
    ['a text that is not an e-mail', '<x>', true],
  ])('tells whether an e-mail is free: %s', async (_case, email, available) => {
    await addUserWithToken(lk.world, 'tid-other', 'eve@example.net');
    const answer = await ask(`?email=${encodeURIComponent(email)}`).expect(200);
    expect(answer.body).toEqual({ email, available });
    expect(answer.text).toBe(`{"email":"${email.replace('<', '\\u003c').replace('>', '\\u003e')}","available":${available}}\n`);
  });
});

describe('GET /v1.0/isemailavailable 400', () => {
  test.each(['', '?email=', '?email=a@b&email=c@d', '?Email=a@b'])('without exactly one e-mail: "%s"', async (query) => {
    const answer = await ask(query);
    expect([answer.status, answer.text]).toEqual([400, apiError(400, 20480, "Invalid input data for 'email'.")]);
  });
});

describe('GET /v1.0/isemailavailable 403', () => {
  test('for a caller who is not an infra admin, whatever the query', async () => {
    const answer = await ask('', alice);
    expect([answer.status, answer.text]).toEqual([403, apiError(403, 20487, "You do not have the required permission: 'RBAC'.")]);
  });
});

test('GET /v1.0/isemailavailable 401 without a token', async () => {
  expectUnauthorized(await lk.request.get('/v1.0/isemailavailable?email=a@b'));
});
