import { describe, expect, test } from 'vitest';
import { type Role, users } from '../../../../src/providers/kps/accounts/users/users.ts';
import { emulatorForTests } from '../../emulator.ts';
import {
  admin,
  adminId,
  adminOnly,
  adminTokenId,
  alice,
  aliceId,
  aliceTokenId,
  badUserId,
  bobId,
  create,
  logIn,
  tokensPath,
} from '../kps.ts';

const lk = emulatorForTests();

/** A caller, the caller's token, and the token of another user. */
const callers = [
  { role: 'USER', by: alice, userId: aliceId, ownId: aliceTokenId, otherId: adminTokenId, otherUserId: adminId },
  { role: 'INFRA_ADMIN', by: admin, userId: adminId, ownId: adminTokenId, otherId: aliceTokenId, otherUserId: aliceId },
] as const;

describe.each(callers)('$role', ({ role, by, userId, ownId, otherId, otherUserId }) => {
  const isAdmin = role === 'INFRA_ADMIN';
  const put = (id: string, body: object) => lk.request.put(`${tokensPath}/${id}`).set('Authorization', by).send(body);

  test('creates its own tokens', async () => {
    expect((await create(lk.request, by)).userId).toBe(userId);
  });

  test('lists its own tokens', async () => {
    const { body } = await lk.request.get(tokensPath).set('Authorization', by).expect(200);
    expect(body).toMatchObject([{ id: ownId, userId }]);
  });

  test(isAdmin ? 'lists the tokens of all users' : 'does not list the tokens of all users', async () => {
    const answer = await lk.request.get('/v1.0/userapitokensall').set('Authorization', by);
    if (isAdmin) expect(answer.body).toMatchObject([{ id: adminTokenId }, { id: aliceTokenId }]);
    else expect([answer.status, answer.text]).toEqual([403, adminOnly]);
  });

  test('disables and enables its own tokens', async () => {
    const { id } = await create(lk.request, by);
    await put(id, { userId, active: false }).expect(200, `{"id":"${id}"}\n`);
    await put(id, { userId, active: true }).expect(200, `{"id":"${id}"}\n`);
  });

  test(isAdmin ? 'disables the tokens of other users' : 'does not disable the tokens of other users', async () => {
    const answer = await put(otherId, { userId: otherUserId, active: false });
    if (isAdmin) expect([answer.status, answer.text]).toEqual([200, `{"id":"${otherId}"}\n`]);
    else expect([answer.status, answer.text]).toEqual([400, badUserId]);
    const key = await lk.world.keys('kps').findFirst({ id: otherId });
    expect(key?.state).toBe(isAdmin ? 'suspended' : 'active');
  });

  test('deletes its own tokens, and no others', async () => {
    const remove = (id: string) => lk.request.delete(`${tokensPath}/${id}`).set('Authorization', by).expect(200);
    expect((await remove(otherId)).text).toBe('{"id":""}\n');
    expect((await lk.world.keys('kps').findFirst({ id: otherId }))?.state).toBe('active');
    expect((await remove(ownId)).text).toBe(`{"id":"${ownId}"}\n`);
  });
});

describe('the roles hidden from the documentation', () => {
  test.each<[Role, string]>([
    ['OPERATOR', 'operator'],
    ['OPERATOR_TENANT', 'operator_tenant'],
  ])('%s is not an infra admin, and its tokens say %s', async (role, specialRole) => {
    await lk.world.resources('kps').change(users, bobId, (user) => ({ ...user, role }));
    const bob = await logIn(lk.request, 'bob');
    const { token } = await create(lk.request, bob);
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims.specialRole).toBe(specialRole);
    expect((await lk.request.get('/v1.0/userapitokensall').set('Authorization', bob)).text).toBe(adminOnly);
  });
});
