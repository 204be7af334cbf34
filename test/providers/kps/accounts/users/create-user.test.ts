import { describe, expect, test } from 'vitest';
import { users } from '../../../../../src/providers/kps/accounts/users/users.ts';
import { emulatorForTests } from '../../../emulator.ts';
import {
  addUserWithToken,
  admin,
  adminId,
  adminRequired,
  alice,
  apiError,
  carol,
  createUser,
  duplicateEmail,
  expectUnauthorized,
  logIn,
  malformedBody,
  shownUser,
  usersPath,
  uuidV4,
} from '../../kps.ts';

const lk = emulatorForTests();
const post = (fields: object | string, by = admin) => lk.request.post(usersPath).set('Authorization', by).send(fields);
const get = (id: string) => lk.request.get(`${usersPath}/${id}`).set('Authorization', admin);
const count = async () => (await lk.world.resources('kps').list(users)).length;
const rule = (sentence: string) => apiError(400, 20496, sentence);
const badRole = rule('Bad user role, must be INFRA_ADMIN or USER.');
const shortPassword = rule('Bad user password, password length must be at least 8');
const plainPassword = rule(
  'Bad user password, must have char from all of the following groups: lower case, upper case, digit, special',
);

describe('POST /v1.0/users 200', () => {
  test('answers with the id and a newline; the user is created in the tenant of the caller', async () => {
    lk.world.clock.advance(1000);
    const answer = await post({ ...carol, tenantId: 'tid-other', version: 7, createdAt: '2001-01-01T00:00:00Z' }).expect(200);
    const { id } = answer.body;
    expect(id).toMatch(uuidV4);
    expect(answer.text).toBe(`{"id":"${id}"}\n`);
    const shown = shownUser({ id, ...carol, at: '2030-01-01T00:00:01Z', version: 1_893_456_001_000_000_000 });
    expect((await get(id)).body).toEqual(shown);
  });

  test('the user can log in at once', async () => {
    await createUser(lk.request);
    const session = await logIn(lk.request, 'carol', 'P@ssw0rd');
    await lk.request.get('/v1.0/userapitokens').set('Authorization', session).expect(200);
  });

  test('an e-mail is stored in lower case, and fields are trimmed', async () => {
    const id = await createUser(lk.request, {
      email: ' Carol@Example.COM ',
      name: ' Carol ',
      password: ' P@ssw0rd ',
      role: ' INFRA_ADMIN ',
    });
    expect((await get(id)).body).toMatchObject({ email: 'carol@example.com', name: 'Carol', role: 'INFRA_ADMIN' });
    await logIn(lk.request, 'carol', 'P@ssw0rd');
  });

  test.each(['chosen-id', 'carol@example.com', 'A'.repeat(36)])('an id may be chosen: %s', async (id) => {
    expect((await post({ ...carol, id }).expect(200)).body).toEqual({ id });
  });

  test.each(['', 'short', 'A'.repeat(37), 'with a blank', 'käthe-käthe'])(
    'an id that may not be chosen is replaced: "%s"',
    async (id) => {
      expect((await post({ ...carol, id }).expect(200)).body.id).toMatch(uuidV4);
    },
  );

  test.each(['tid-demo-1', 'tenant-id-waldot'])('a demonstration tenant accepts any password: %s', async (tenant) => {
    const by = await addUserWithToken(lk.world, tenant, 'demo@example.net');
    expect((await post({ ...carol, password: 'x' }, by).expect(200)).body.id).toMatch(uuidV4);
    await logIn(lk.request, 'carol', 'x');
  });
});

describe('POST /v1.0/users 400, in the order of the checks', () => {
  test.each([
    ['an empty body', '', malformedBody],
    ['a body that is not an object', '[]', malformedBody],
    ['a field of the wrong type', '{"email":5}', malformedBody],
    ['a malformed time', '{"createdAt":"now"}', malformedBody],
    ['an empty object', '{}', apiError(400, 20492, "'Email' must be at least 1 in length.")],
    ['null', 'null', apiError(400, 20492, "'Email' must be at least 1 in length.")],
    ['a blank e-mail', '{"email":"  "}', apiError(400, 20492, "'Email' must be at least 1 in length.")],
    [
      'a long e-mail',
      { email: `${'x'.repeat(199)}@y` },
      apiError(400, 20493, "'Email' must be less than or equal to 200 in length."),
    ],
    ['an e-mail without an @', { email: 'carol' }, apiError(400, 20494, "Malformed value for 'Email'.")],
    ['an e-mail with two @', { email: 'a@b@c', name: 'x'.repeat(201) }, apiError(400, 20494, "Malformed value for 'Email'.")],
    [
      'a name that is too long in bytes',
      { ...carol, name: 'é'.repeat(101) },
      apiError(400, 20493, "'Name' must be less than or equal to 200 in length."),
    ],
    [
      'a long password',
      { ...carol, password: 'x'.repeat(201) },
      apiError(400, 20493, "'Password' must be less than or equal to 200 in length."),
    ],
    [
      'a long role',
      { ...carol, role: 'x'.repeat(37) },
      apiError(400, 20493, "'Role' must be less than or equal to 36 in length."),
    ],
    ['no role', { ...carol, role: '', password: '' }, badRole],
    ['a role in lower case', { ...carol, role: 'user' }, badRole],
    ['a hidden role', { ...carol, role: 'OPERATOR' }, badRole],
    ['no password', { ...carol, password: '' }, shortPassword],
    ['a password of seven bytes', { ...carol, password: 'P@ssw0r' }, shortPassword],
    ['a password without an upper-case letter', { ...carol, password: 'p@ssw0rd' }, plainPassword],
    ['a password without a lower-case letter', { ...carol, password: 'P@SSW0RD' }, plainPassword],
    ['a password without a digit', { ...carol, password: 'P@ssword' }, plainPassword],
    ['a password without a special character', { ...carol, password: 'Passw0rd' }, plainPassword],
    ['an e-mail that a user has, in any case', { ...carol, email: 'BOB@example.com' }, duplicateEmail],
    [
      'an id that a user has',
      { ...carol, id: adminId, email: 'bob@example.com' },
      apiError(400, 20484, 'We found a duplicate record with ID id.'),
    ],
  ])('%s', async (_case, fields, expected) => {
    const before = await count();
    const answer = await post(fields).set('Content-Type', 'application/json');
    expect([answer.status, answer.text]).toEqual([400, expected]);
    expect(await count()).toBe(before);
  });

  test('an e-mail is unique over all tenants', async () => {
    await addUserWithToken(lk.world, 'tid-other', 'dora@example.com');
    expect((await post({ ...carol, email: 'dora@example.com' })).text).toBe(duplicateEmail);
  });

  test('of 20 concurrent requests with one e-mail, one succeeds', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(carol)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ text }) => text))).toEqual(new Set([duplicateEmail]));
  });
});

describe('POST /v1.0/users 403', () => {
  test('for a caller who is not an infra admin, after all checks of the fields', async () => {
    expect((await post({ ...carol, role: 'KING' }, alice)).text).toBe(badRole);
    const answer = await post(carol, alice);
    expect([answer.status, answer.text]).toEqual([403, adminRequired]);
    expect(await count()).toBe(3);
  });
});

test('POST /v1.0/users 401 without a token, whatever the body', async () => {
  expectUnauthorized(await lk.request.post(usersPath).send('{'));
});
