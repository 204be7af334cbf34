import { describe, expect, test } from 'vitest';
import { users } from '../../../../src/providers/kps/accounts/users/users.ts';
import { draftToken } from '../../../../src/providers/kps/keys/keys.ts';
import { emulatorForTests, epoch } from '../../emulator.ts';
import {
  admin,
  adminId,
  adminTokenId,
  alice,
  aliceId,
  aliceTokenId,
  badUserId,
  bearer,
  bobId,
  create,
  expectUnauthorized,
  listed,
  logIn,
  malformedBody,
  tokensPath,
} from '../kps.ts';

const lk = emulatorForTests();
const put = (id: string, by: string) => lk.request.put(`${tokensPath}/${id}`).set('Authorization', by);
/** All stored API tokens, without the times of their use. */
const stored = async () => (await lk.world.keys('kps').find({ kind: 'key' })).map((key) => ({ ...key, lastUsedAt: null }));

describe('PUT /v1.0/userapitokens/{id} 200', () => {
  test('answers with the id and a newline', async () => {
    const answer = await put(aliceTokenId, admin).send({ userId: aliceId, active: true }).expect(200);
    expect(answer.text).toBe(`{"id":"${aliceTokenId}"}\n`);
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test('disables a token at once, and enables it again', async () => {
    const { id, userId, token } = await create(lk.request, alice);
    await put(id, alice).send({ userId, active: false }).expect(200);
    expectUnauthorized(await lk.request.get(tokensPath).set('Authorization', bearer(token)));
    await put(id, alice).send({ userId, active: true }).expect(200);
    await lk.request.get(tokensPath).set('Authorization', bearer(token)).expect(200);
  });

  test.each([
    ['missing', '{"userId":"USER"}'],
    ['null', '{"userId":"USER","active":null}'],
  ])('an active that is %s means false: the token is disabled', async (_case, body) => {
    const { id, userId } = await create(lk.request, alice);
    await put(id, alice).send(body.replace('USER', userId)).expect(200);
    expect((await listed(lk.request, alice)).find((token) => token.id === id)?.active).toBe(false);
  });

  test('moves updatedAt, even when the state stays the same, and nothing else', async () => {
    const { id, userId } = await create(lk.request, alice);
    const before = (await listed(lk.request, alice)).find((token) => token.id === id);
    lk.world.clock.advance(5_000);
    const forged = {
      id: 'other',
      tenantId: 'other',
      createdAt: '2001-01-01T00:00:00Z',
      updatedAt: null,
      usedAt: '2002-01-01T00:00:00Z',
    };
    await put(id, alice)
      .send({ ...forged, userId, active: true })
      .expect(200);
    const after = (await listed(lk.request, alice)).find((token) => token.id === id);
    expect(after).toEqual({ ...before, updatedAt: '2030-01-01T00:00:05Z' });
  });

  test('the id in the path wins over the one in the body', async () => {
    const { id, userId } = await create(lk.request, alice);
    const answer = await put(id, alice).send({ id: aliceTokenId, userId, active: false }).expect(200);
    expect(answer.body).toEqual({ id });
    expect((await listed(lk.request, alice)).find((token) => token.id === aliceTokenId)?.active).toBe(true);
  });

  test('an infra admin may disable and enable the token of a user of the tenant, if userId names its owner', async () => {
    await put(aliceTokenId, admin).send({ userId: aliceId, active: false }).expect(200);
    expectUnauthorized(await lk.request.get(tokensPath).set('Authorization', alice));
    await put(aliceTokenId, admin).send({ userId: aliceId, active: true }).expect(200);
    await lk.request.get(tokensPath).set('Authorization', alice).expect(200);
  });

  test.each([
    ['that no token has', 'no-such-token', alice, aliceId],
    ['of another user, with the userId of the caller', adminTokenId, alice, aliceId],
    ['of another user, with the userId of an infra admin as the caller', aliceTokenId, admin, adminId],
    ['of another user, with the userId of a third one, from an infra admin', aliceTokenId, admin, bobId],
  ])('an id %s is echoed, and nothing changes', async (_case, id, by, userId) => {
    const before = await stored();
    const answer = await put(id, by).send({ userId, active: false }).expect(200);
    expect(answer.text).toBe(`{"id":"${id}"}\n`);
    expect(await stored()).toEqual(before);
  });

  test('a deleted token stays deleted, and a log-in is not an API token', async () => {
    const { id, userId, token } = await create(lk.request, alice);
    await lk.request.delete(`${tokensPath}/${id}`).set('Authorization', alice).expect(200);
    await put(id, alice).send({ userId, active: true }).expect(200);
    expectUnauthorized(await lk.request.get(tokensPath).set('Authorization', bearer(token)));

    const session = await logIn(lk.request, 'alice');
    const [key] = await lk.world.keys('kps').find({ kind: 'session' });
    await put(key?.id ?? '', session)
      .send({ userId, active: false })
      .expect(200);
    await lk.request.get(tokensPath).set('Authorization', session).expect(200);
  });

  test('an infra admin cannot change the tokens of another tenant', async () => {
    const data = { email: 'eve@example.net', name: 'Eve', role: 'USER' as const, passwordHash: '', updatedAt: epoch };
    const eve = { id: 'eve', tenant: 'tid-other', name: data.email, createdAt: epoch, data };
    await lk.world.resources('kps').put(users, eve);
    await lk.world.keys('kps').issue({ ...draftToken(eve, 'eve-token'), id: 'eve-token-id' }, epoch);
    await put('eve-token-id', admin).send({ userId: 'eve', active: false }).expect(200, '{"id":"eve-token-id"}\n');
    await lk.request.get(tokensPath).set('Authorization', 'Bearer eve-token').expect(200);
  });

  test('an id is decoded from the path and written as Go writes it', async () => {
    const answer = await put('a%20%3Cb%3E%26%22%C3%A9', alice).send({ userId: aliceId }).expect(200);
    expect(answer.text).toBe('{"id":"a \\u003cb\\u003e\\u0026\\"é"}\n');
  });
});

describe('PUT /v1.0/userapitokens/{id} 400, in the order of the checks', () => {
  test.each([
    ['the body is empty', '', malformedBody],
    ['the body is not an object', '[]', malformedBody],
    ['a field has the wrong type', '{"userId":7}', malformedBody],
    ['a time is malformed, and userId is missing too', '{"createdAt":"x"}', malformedBody],
    ['userId is missing', '{"active":true}', badUserId],
    ['userId is empty', '{"userId":"","active":true}', badUserId],
    ['userId is null', '{"userId":null,"active":true}', badUserId],
    ['the body is null', 'null', badUserId],
    ['userId is another user', `{"userId":"${adminId}","active":true}`, badUserId],
  ])('%s', async (_case, body, expected) => {
    const before = await stored();
    const answer = await put(aliceTokenId, alice).send(body);
    expect(answer.status).toBe(400);
    expect(answer.text).toBe(expected);
    expect(await stored()).toEqual(before);
  });

  test('an infra admin must name the owner too', async () => {
    expect((await put(aliceTokenId, admin).send({ active: false })).text).toBe(badUserId);
  });
});
