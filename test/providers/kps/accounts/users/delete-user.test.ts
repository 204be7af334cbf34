import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../../emulator.ts';
import {
  addUserWithToken,
  admin,
  adminId,
  adminRequired,
  alice,
  aliceId,
  aliceTokenId,
  bearer,
  bobId,
  carol,
  create,
  createUser,
  expectUnauthorized,
  logIn,
  tokensPath,
  usersPath,
  wrongPassword,
} from '../../kps.ts';

const lk = emulatorForTests();
const remove = (id: string, by = admin) => lk.request.delete(`${usersPath}/${id}`).set('Authorization', by);
const nothing = '{"id":""}\n';

describe('DELETE /v1.0/users/{id} 200', () => {
  test('answers with the id and a newline; the user is gone, and cannot log in', async () => {
    expect((await remove(bobId).expect(200)).text).toBe(`{"id":"${bobId}"}\n`);
    await lk.request.get(`${usersPath}/${bobId}`).set('Authorization', admin).expect(404);
    const login = { email: 'bob@example.com', password: 'bob-password' };
    expect((await lk.request.post('/v1.0/login').send(login)).text).toBe(wrongPassword);
  });

  test('all tokens and sessions of the user are revoked and no longer listed', async () => {
    const session = await logIn(lk.request, 'alice');
    const { id, token } = await create(lk.request, alice);
    await lk.request.put(`${tokensPath}/${id}`).set('Authorization', alice).send({ userId: aliceId }).expect(200);
    await remove(aliceId).expect(200);
    for (const by of [alice, bearer(token), session]) {
      expectUnauthorized(await lk.request.get(tokensPath).set('Authorization', by));
    }
    const { text } = await lk.request.get('/v1.0/userapitokensall').set('Authorization', admin).expect(200);
    expect(text).not.toContain(aliceId);
    const keys = await lk.world.keys('kps').find({ owner: aliceId });
    expect(new Set(keys.map(({ state }) => state))).toEqual(new Set(['revoked']));
  });

  test('the e-mail and the id are free again, but the old tokens stay refused', async () => {
    await remove(aliceId).expect(200);
    expect(await createUser(lk.request, { ...carol, id: aliceId, email: 'alice@example.com' })).toBe(aliceId);
    expectUnauthorized(await lk.request.get(tokensPath).set('Authorization', alice));
    const session = await logIn(lk.request, 'alice', carol.password);
    expect((await lk.request.get(tokensPath).set('Authorization', session)).text).toBe('[]');
  });

  test('tokens and sessions that are created during the deletion do not outlive the user', async () => {
    const emails = Array.from({ length: 40 }, (_, index) => `user${index}@example.com`);
    const ids = await Promise.all(emails.map((email) => createUser(lk.request, { ...carol, email })));
    const logInAs = (email: string) => lk.request.post('/v1.0/login').send({ email, password: carol.password });
    const sessions = await Promise.all(emails.map(async (email) => bearer((await logInAs(email).expect(200)).body.token)));
    lk.world.clock.advance(1000);
    await Promise.all(
      ids.flatMap((id, index) => [
        lk.request
          .post(tokensPath)
          .set('Authorization', sessions[index] ?? '')
          .send({}),
        logInAs(emails[index] ?? ''),
        lk.request.post('/v1.0/login/shortlogintoken').set('Authorization', sessions[index] ?? ''),
        remove(id),
      ]),
    );
    const live = await lk.world.keys('kps').find({ states: ['active'] });
    expect(live.filter(({ owner }) => ids.includes(owner))).toEqual([]);
  });

  test('the tokens of other users still work', async () => {
    await remove(bobId).expect(200);
    const { body } = await lk.request.get(tokensPath).set('Authorization', alice).expect(200);
    expect(body).toMatchObject([{ id: aliceTokenId, active: true }]);
  });

  test('infra admins may delete themselves; the next call is refused', async () => {
    expect((await remove(adminId)).text).toBe(`{"id":"${adminId}"}\n`);
    expectUnauthorized(await remove(adminId));
  });

  test.each(['no-such-user', 'id-of-eve@example.net'])('an id without a user in the tenant gives an empty id: %s', async (id) => {
    const eve = await addUserWithToken(lk.world, 'tid-other', 'eve@example.net');
    expect((await remove(id).expect(200)).text).toBe(nothing);
    await lk.request.get(tokensPath).set('Authorization', eve).expect(200);
  });

  test('of 20 concurrent requests for one user, exactly one deletes it', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => remove(bobId)));
    expect(answers.filter(({ body }) => body.id === bobId)).toHaveLength(1);
  });
});

describe('DELETE /v1.0/users/{id} 403', () => {
  test.each([aliceId, bobId, 'no-such-user'])('for a caller who is not an infra admin, about themselves too: %s', async (id) => {
    const answer = await remove(id, alice);
    expect([answer.status, answer.text]).toEqual([403, adminRequired]);
    await lk.request.get(tokensPath).set('Authorization', alice).expect(200);
  });
});

test('DELETE /v1.0/users/{id} 401 without a token', async () => {
  expectUnauthorized(await lk.request.delete(`${usersPath}/${bobId}`));
});
