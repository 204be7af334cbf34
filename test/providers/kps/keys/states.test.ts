import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import {
  admin,
  alice,
  aliceId,
  aliceTokenId,
  bearer,
  create,
  expectUnauthorized,
  listed,
  logIn,
  maxReached,
  tokensPath,
} from '../kps.ts';

const lk = emulatorForTests();
const list = (by: string) => lk.request.get(tokensPath).set('Authorization', by);
const setActive = (id: string, by: string, active: boolean) =>
  lk.request.put(`${tokensPath}/${id}`).set('Authorization', by).send({ userId: aliceId, active }).expect(200);

describe('a token', () => {
  test('is active from the start', async () => {
    const { id, token } = await create(lk.request, alice);
    await list(bearer(token)).expect(200);
    expect((await listed(lk.request, alice)).find((one) => one.id === id)?.active).toBe(true);
  });

  test.each([
    ['its owner', alice],
    ['an infra admin', admin],
  ])('is made inactive and active again by %s; the same token works again', async (_who, by) => {
    const { id, token } = await create(lk.request, alice);
    await setActive(id, by, false);
    expectUnauthorized(await list(bearer(token)));
    await setActive(id, by, true);
    await list(bearer(token)).expect(200);
  });

  test('that disables itself still gets that answer; its next call is refused', async () => {
    await setActive(aliceTokenId, alice, false);
    expectUnauthorized(await list(alice));
  });

  test('that disabled itself cannot enable itself', async () => {
    await setActive(aliceTokenId, alice, false);
    const answer = await lk.request
      .put(`${tokensPath}/${aliceTokenId}`)
      .set('Authorization', alice)
      .send({ userId: aliceId, active: true });
    expectUnauthorized(answer);
  });

  test('that is deleted, active or not, never works again and makes room for another', async () => {
    const { id, token } = await create(lk.request, alice);
    expect((await lk.request.post(tokensPath).set('Authorization', alice).send({})).text).toBe(maxReached);
    await setActive(id, alice, false);
    await lk.request.delete(`${tokensPath}/${id}`).set('Authorization', alice).expect(200);
    await setActive(id, alice, true);
    expectUnauthorized(await list(bearer(token)));
    await create(lk.request, alice);
  });

  test('does not change with time: ten years later it is still active or inactive', async () => {
    const { id, token } = await create(lk.request, alice);
    await setActive(id, alice, false);
    lk.world.clock.advance(10 * 365 * 86_400_000);
    await list(alice).expect(200);
    expectUnauthorized(await list(bearer(token)));
    await setActive(id, alice, true);
    await list(bearer(token)).expect(200);
  });

  test('that was revoked from outside the API is neither listed nor counted', async () => {
    await lk.world
      .keys('kps')
      .change({ id: aliceTokenId }, (key) => ({ ...key, state: 'revoked', revokedAt: lk.world.clock.now() }));
    expectUnauthorized(await list(alice));
    const session = await logIn(lk.request, 'alice');
    expect(await listed(lk.request, session)).toEqual([]);
    await create(lk.request, session);
    await create(lk.request, session);
  });
});

test('a token authenticates exactly when it is listed as active', async () => {
  const session = await logIn(lk.request, 'alice');
  const other = await create(lk.request, session);
  const tokens = new Map([
    [aliceTokenId, alice],
    [other.id, bearer(other.token)],
  ]);
  for (const stopped of tokens.keys()) {
    await setActive(stopped, session, false);
    for (const { id, active } of await listed(lk.request, session)) {
      expect((await list(tokens.get(id) ?? '')).status).toBe(active ? 200 : 401);
    }
  }
});
