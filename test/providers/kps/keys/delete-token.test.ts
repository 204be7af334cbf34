import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import {
  admin,
  adminTokenId,
  alice,
  aliceTokenId,
  bearer,
  create,
  expectUnauthorized,
  listed,
  logIn,
  tokensPath,
} from '../kps.ts';

const lk = emulatorForTests();
const remove = (id: string, by: string) => lk.request.delete(`${tokensPath}/${id}`).set('Authorization', by);
const nothing = '{"id":""}\n';

describe('DELETE /v1.0/userapitokens/{id} 200', () => {
  test('answers with the id and a newline; the token is refused from the next request on, and no longer listed', async () => {
    const { id, token } = await create(lk.request, alice);
    const answer = await remove(id, alice).expect(200);
    expect(answer.text).toBe(`{"id":"${id}"}\n`);
    expect(answer.headers['content-type']).toBe('application/json');
    expectUnauthorized(await lk.request.get(tokensPath).set('Authorization', bearer(token)));
    expect((await listed(lk.request, alice)).map((one) => one.id)).toEqual([aliceTokenId]);
  });

  test('deletes an inactive token too', async () => {
    const { id, userId } = await create(lk.request, alice);
    await lk.request.put(`${tokensPath}/${id}`).set('Authorization', alice).send({ userId, active: false }).expect(200);
    expect((await remove(id, alice)).text).toBe(`{"id":"${id}"}\n`);
  });

  test('a token may delete itself', async () => {
    expect((await remove(aliceTokenId, alice)).text).toBe(`{"id":"${aliceTokenId}"}\n`);
    expectUnauthorized(await remove(aliceTokenId, alice));
  });

  test('a second time there is nothing to delete: the id is empty', async () => {
    const { id } = await create(lk.request, alice);
    await remove(id, alice).expect(200);
    expect((await remove(id, alice).expect(200)).text).toBe(nothing);
  });

  test('an unknown id gives an empty id', async () => {
    expect((await remove('no-such-token', alice).expect(200)).text).toBe(nothing);
  });

  test.each([
    ['a user', alice, adminTokenId, admin],
    ['an infra admin', admin, aliceTokenId, alice],
  ])('%s cannot delete the token of another user: the id is empty and the token still works', async (_case, by, id, owner) => {
    expect((await remove(id, by).expect(200)).text).toBe(nothing);
    await lk.request.get(tokensPath).set('Authorization', owner).expect(200);
  });

  test('a log-in cannot be deleted', async () => {
    const session = await logIn(lk.request, 'alice');
    const [key] = await lk.world.keys('kps').find({ kind: 'session' });
    expect((await remove(key?.id ?? '', session)).text).toBe(nothing);
    await lk.request.get(tokensPath).set('Authorization', session).expect(200);
  });

  test('ignores a body', async () => {
    await remove(aliceTokenId, alice).set('Content-Type', 'application/json').send('{').expect(200);
  });

  test('of 20 concurrent requests for one token, exactly one deletes it', async () => {
    const { id } = await create(lk.request, alice);
    const answers = await Promise.all(Array.from({ length: 20 }, () => remove(id, alice)));
    expect(answers.filter(({ body }) => body.id === id)).toHaveLength(1);
  });
});
