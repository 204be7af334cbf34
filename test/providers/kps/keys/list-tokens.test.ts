import { describe, expect, test } from 'vitest';
import { users } from '../../../../src/providers/kps/accounts/users/users.ts';
import { draftToken } from '../../../../src/providers/kps/keys/keys.ts';
import { emulatorForTests, epoch } from '../../emulator.ts';
import {
  admin,
  adminId,
  adminOnly,
  adminTokenId,
  alice,
  aliceId,
  aliceTokenId,
  create,
  line,
  logIn,
  tokensPath,
} from '../kps.ts';

const lk = emulatorForTests();
const now = '2030-01-01T00:00:00Z';
const own = (by: string) => lk.request.get(tokensPath).set('Authorization', by);
const all = (by: string) => lk.request.get('/v1.0/userapitokensall').set('Authorization', by);

describe('GET /v1.0/userapitokens 200', () => {
  test('lists one token a line, with all seven fields in wire order; the call itself counts as a use', async () => {
    const answer = await own(alice).expect(200);
    expect(answer.text).toBe(`[${line({ id: aliceTokenId, userId: aliceId, usedAt: now })}]`);
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test('separates tokens by a comma at the start of the next line, the oldest first', async () => {
    lk.world.clock.advance(250);
    const { id } = await create(lk.request, alice);
    const first = line({ id: aliceTokenId, userId: aliceId, usedAt: '2030-01-01T00:00:00.25Z' });
    const second = line({ id, userId: aliceId, at: '2030-01-01T00:00:00.25Z' });
    expect((await own(alice)).text).toBe(`[${first},${second}]`);
  });

  test('is exactly [] for a user without tokens: log-ins are not listed', async () => {
    expect((await own(await logIn(lk.request, 'bob'))).text).toBe('[]');
  });

  test('shows inactive tokens, but not deleted ones', async () => {
    const { id, userId } = await create(lk.request, alice);
    await lk.request.put(`${tokensPath}/${id}`).set('Authorization', alice).send({ userId, active: false }).expect(200);
    const used = line({ id: aliceTokenId, userId, usedAt: now });
    const tokens = [used, line({ id, userId, active: false })];
    expect((await own(alice)).text).toBe(`[${(aliceTokenId < id ? tokens : tokens.toReversed()).join(',')}]`);
    await lk.request.delete(`${tokensPath}/${id}`).set('Authorization', alice).expect(200);
    expect((await own(alice)).text).toBe(`[${used}]`);
  });

  test('shows an infra admin only their own tokens', async () => {
    expect((await own(admin)).text).toBe(`[${line({ id: adminTokenId, userId: adminId, usedAt: now })}]`);
  });

  test('has no parameters: a query changes nothing', async () => {
    expect((await own(alice).query({ userId: adminId, active: 'false', pageSize: 0 })).text).toBe((await own(alice)).text);
  });
});

describe('GET /v1.0/userapitokensall 200', () => {
  test('shows an infra admin the tokens of all users', async () => {
    const tokens = [line({ id: adminTokenId, userId: adminId, usedAt: now }), line({ id: aliceTokenId, userId: aliceId })];
    expect((await all(admin).expect(200)).text).toBe(`[${tokens.join(',')}]`);
  });

  test('is exactly [] when no user has a token', async () => {
    for (const [name, id] of [
      ['admin', adminTokenId],
      ['alice', aliceTokenId],
    ] as const) {
      const session = await logIn(lk.request, name);
      await lk.request.delete(`${tokensPath}/${id}`).set('Authorization', session).expect(200);
    }
    expect((await all(await logIn(lk.request, 'admin'))).text).toBe('[]');
  });

  test('leaves out the tokens of a deleted user, which are refused', async () => {
    await lk.world.resources('kps').remove(users, aliceId);
    expect((await all(admin)).text).toBe(`[${line({ id: adminTokenId, userId: adminId, usedAt: now })}]`);
  });

  test('stops at the tenant', async () => {
    const data = { email: 'eve@example.net', name: 'Eve', role: 'INFRA_ADMIN' as const, passwordHash: '', updatedAt: epoch };
    const eve = { id: 'eve', tenant: 'tid-other', name: data.email, createdAt: epoch, data };
    await lk.world.resources('kps').put(users, eve);
    await lk.world.keys('kps').issue({ ...draftToken(eve, 'eve-token'), id: 'eve-token-id' }, epoch);
    expect((await all(admin)).text).not.toContain('eve');
    expect((await all('Bearer eve-token')).body).toMatchObject([{ id: 'eve-token-id', tenantId: 'tid-other' }]);
  });
});

describe('GET /v1.0/userapitokensall 403', () => {
  test('for a caller who is not an infra admin', async () => {
    const answer = await all(alice);
    expect(answer.status).toBe(403);
    expect(answer.text).toBe(adminOnly);
    expect(answer.headers['content-type']).toBe('application/json');
  });
});
