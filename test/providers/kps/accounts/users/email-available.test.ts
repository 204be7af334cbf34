import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../../../support/emulator.ts';
import { admin, alice, apiError, expectUnauthorized, settle } from '../../kps.ts';

const lk = emulatorForTests();
const ask = (query: string, by = admin) => lk.request.get(`/v1.0/isemailavailable${query}`).set('Authorization', by);

describe('GET /v1.0/isemailavailable 200', () => {
  test.each([
    ['an e-mail that nobody has', 'carol@example.com', true],
    ['one that a user has', 'bob@example.com', false],
    ['the same in another case, as it was written', 'BOB@Example.com', false],
    ['one that a user of another tenant has', 'eve@example.net', false],
    ['what is no e-mail', '<x>', true],
  ])('says of %s whether it is free', async (_case, email, available) => {
    await settle(lk.world, 'tid-other', 'eve@example.net');
    const answer = await ask(`?email=${encodeURIComponent(email)}`).expect(200);
    expect(answer.body).toEqual({ email, available });
    expect(answer.text).toBe(`{"email":"${email.replace('<', '\\u003c').replace('>', '\\u003e')}","available":${available}}\n`);
  });
});

describe('GET /v1.0/isemailavailable 400', () => {
  test.each(['', '?email=', '?email=a@b&email=c@d', '?Email=a@b'])('where there is not one e-mail: "%s"', async (query) => {
    const answer = await ask(query);
    expect([answer.status, answer.text]).toEqual([400, apiError(400, 20480, "Invalid input data for 'email'.")]);
  });
});

describe('GET /v1.0/isemailavailable 403', () => {
  test('for whoever is no infra admin, whatever he asks', async () => {
    const answer = await ask('', alice);
    expect([answer.status, answer.text]).toEqual([403, apiError(403, 20487, "You do not have the required permission: 'RBAC'.")]);
  });
});

test('GET /v1.0/isemailavailable 401 without a token', async () => {
  expectUnauthorized(await lk.request.get('/v1.0/isemailavailable?email=a@b'));
});
