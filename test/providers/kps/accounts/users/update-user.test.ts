import { describe, expect, test } from 'vitest';
import { updateUser } from '../../../../../src/providers/kps/accounts/users/changes.ts';
import { users } from '../../../../../src/providers/kps/accounts/users/users.ts';
import { emulatorForTests, epoch } from '../../../emulator.ts';
import {
  addUserWithToken,
  admin,
  adminId,
  adminOnly,
  adminRequired,
  alice,
  aliceId,
  apiError,
  bobId,
  duplicateEmail,
  expectUnauthorized,
  logIn,
  malformedBody,
  noRecord,
  shownBob,
  shownUser,
  tenant,
  tokensPath,
  usersPath,
  wrongPassword,
} from '../../kps.ts';

const lk = emulatorForTests();
const put = (id: string, fields: object | string, by = admin) =>
  lk.request.put(`${usersPath}/${id}`).set('Authorization', by).send(fields);
const get = async (id: string) => (await lk.request.get(`${usersPath}/${id}`).set('Authorization', admin)).body;
const bob = { email: 'bob@example.com', name: 'Bob', password: 'N3w-password', role: 'USER' };
const badRole = apiError(400, 20496, 'Bad user role, must be INFRA_ADMIN or USER.');

describe('PUT /v1.0/users/{id} 200', () => {
  test('answers with the id of the path and a newline, and changes every field that a client may set', async () => {
    lk.world.clock.advance(1000);
    const fields = {
      ...bob,
      id: 'other',
      tenantId: 'tid-other',
      email: 'Robert@example.com',
      name: 'Robert',
      role: 'INFRA_ADMIN',
    };
    const answer = await put(bobId, fields).expect(200);
    expect(answer.text).toBe(`{"id":"${bobId}"}\n`);
    const { email, name, password, role } = { ...fields, email: 'robert@example.com' };
    const updatedAt = '2030-01-01T00:00:01Z';
    expect(await get(bobId)).toEqual(
      shownUser({ id: bobId, email, name, password, role, updatedAt, version: 1_893_456_001_000_000_000 }),
    );
  });

  test('fields that the body leaves out stay the same; only the e-mail is required', async () => {
    await put(bobId, { email: 'bob@example.com', name: 'Robert' }).expect(200);
    expect(await get(bobId)).toEqual({ ...shownBob, name: 'Robert' });
    await logIn(lk.request, 'bob');
  });

  test('a new password counts from the next log-in on; sessions and tokens still work', async () => {
    const session = await logIn(lk.request, 'bob');
    await put(bobId, bob).expect(200);
    const login = { email: 'bob@example.com', password: 'bob-password' };
    expect((await lk.request.post('/v1.0/login').send(login)).text).toBe(wrongPassword);
    await logIn(lk.request, 'bob', 'N3w-password');
    await lk.request.get(tokensPath).set('Authorization', session).expect(200);
  });

  test('after a change of e-mail, log-ins need the new one and tokens with the old one are refused', async () => {
    await put(aliceId, { email: 'alice@example.org' }).expect(200);
    expectUnauthorized(await lk.request.get(tokensPath).set('Authorization', alice));
    const credential = { email: 'alice@example.org', password: 'alice-password' };
    await lk.request.post('/v1.0/login').send(credential).expect(200);
    await put(aliceId, { email: 'alice@example.com' }).expect(200);
    await lk.request.get(tokensPath).set('Authorization', alice).expect(200);
  });

  test('a new role acts at once, on existing tokens too', async () => {
    const all = () => lk.request.get('/v1.0/userapitokensall').set('Authorization', alice);
    expect((await all()).text).toBe(adminOnly);
    await put(aliceId, { email: 'alice@example.com', role: 'INFRA_ADMIN' }).expect(200);
    await all().expect(200);
    await put(aliceId, { email: 'alice@example.com', role: 'USER' }).expect(200);
    expect((await all()).text).toBe(adminOnly);
  });

  test('users may change themselves, but not make themselves infra admins', async () => {
    await put(aliceId, { email: 'alice@example.com', name: 'Alice B.', password: 'N3w-password' }, alice).expect(200);
    expect(await get(aliceId)).toMatchObject({ name: 'Alice B.', role: 'USER' });
    await logIn(lk.request, 'alice', 'N3w-password');
  });

  test('an infra admin may step down', async () => {
    await put(adminId, { email: 'admin@example.com', role: 'USER' }).expect(200);
    expect((await put(aliceId, { ...bob, email: 'alice@example.com' })).text).toBe(adminRequired);
  });

  test.each(['no-such-user', 'id-of-eve@example.net'])(
    'with a complete body, an id without a user in the tenant is echoed, and nothing changes: %s',
    async (id) => {
      const eve = await addUserWithToken(lk.world, 'tid-other', 'eve@example.net');
      expect((await put(id, { ...bob, email: 'zoe@example.com' }).expect(200)).text).toBe(`{"id":"${id}"}\n`);
      const { body } = await lk.request.get(`${usersPath}/id-of-eve@example.net`).set('Authorization', eve).expect(200);
      expect(body).toMatchObject({ name: 'eve@example.net' });
    },
  );
});

describe('PUT /v1.0/users/{id} 400 and 404, in the order of the checks', () => {
  test.each([
    ['an empty body', '', 400, malformedBody],
    ['a role of the wrong type', '{"role":1}', 400, malformedBody],
    [
      'a long id in the body',
      { ...bob, id: 'x'.repeat(65) },
      400,
      apiError(400, 20493, "'ID' must be less than or equal to 64 in length."),
    ],
    ['no e-mail', { name: 'Bob' }, 400, apiError(400, 20492, "'Email' must be at least 1 in length.")],
    ['a malformed e-mail', { ...bob, email: 'bob' }, 400, apiError(400, 20494, "Malformed value for 'Email'.")],
    ['an unknown role', { ...bob, role: 'KING' }, 400, badRole],
    [
      'a weak password',
      { ...bob, password: 'bob' },
      400,
      apiError(400, 20496, 'Bad user password, password length must be at least 8'),
    ],
    ['an e-mail that another user has', { ...bob, email: 'Alice@example.com' }, 400, duplicateEmail],
  ])('%s', async (_case, fields, status, expected) => {
    const answer = await put(bobId, fields).set('Content-Type', 'application/json');
    expect([answer.status, answer.text]).toEqual([status, expected]);
    expect(await get(bobId)).toEqual(shownBob);
  });

  test('an incomplete body for an unknown user is a 404, before the role is checked', async () => {
    const answer = await put('no-such-user', { email: 'zoe@example.com', role: 'KING' });
    expect([answer.status, answer.text]).toEqual([404, noRecord('no-such-user')]);
  });

  test('an incomplete body for a user that the caller may not see is a 404', async () => {
    expect((await put(bobId, { email: 'bob@example.com' }, alice)).text).toBe(noRecord(bobId));
  });
});

test('a user who is deleted during a change of e-mail stays deleted, whichever comes first', async () => {
  const update = () =>
    updateUser(
      lk.world.resources('kps'),
      { id: bobId, tenant },
      { ...bob, id: bobId, email: 'robert@example.com', role: 'USER' },
      epoch,
    );
  const remove = () => lk.world.resources('kps').remove(users, bobId);
  for (const steps of [
    [update, remove],
    [remove, update],
  ]) {
    await lk.world.reset('everything');
    await Promise.all(steps.map((step) => step()));
    expect((await lk.world.resources('kps').list(users)).map(({ id }) => id)).toEqual([adminId, aliceId]);
  }
});

describe('PUT /v1.0/users/{id} 403', () => {
  test.each([
    ['another user', bobId, bob],
    ['making themselves an infra admin', aliceId, { email: 'alice@example.com', role: 'INFRA_ADMIN' }],
    ['an unknown user', 'no-such-user', { ...bob, email: 'zoe@example.com' }],
  ])('for a caller who is not an infra admin: %s', async (_case, id, fields) => {
    const answer = await put(id, fields, alice);
    expect([answer.status, answer.text]).toEqual([403, adminRequired]);
  });
});

test('PUT /v1.0/users/{id} 401 without a token, whatever the body', async () => {
  expectUnauthorized(await lk.request.put(`${usersPath}/${bobId}`).send('{'));
});
