import { expect, test } from 'vitest';
import { demandsOf, role } from '../demands.ts';
import { emulatorForTests } from '../emulator.ts';
import { admin, alice, aliceId, bobId, carol, logIn, tokensPath, usersPath } from './kps.ts';

const lk = emulatorForTests();

test('a route for infra admins demands that the user is one', async () => {
  const list = (by: string) => () => lk.request.get('/v1.0/userapitokensall').set('Authorization', by);
  expect(await demandsOf(list(admin))).toEqual([role('RBAC/userID', true)]);
  expect(await demandsOf(list(alice))).toEqual([role('RBAC/userID', false)]);
});

test('a user with other users before it demands the same, in its own words', async () => {
  const create = (by: string) => () => lk.request.post(usersPath).set('Authorization', by).send(carol);
  expect(await demandsOf(create(admin))).toEqual([role('RBAC/AdminRequired', true)]);
  expect(await demandsOf(create(alice))).toEqual([role('RBAC/AdminRequired', false)]);
  const remove = () => lk.request.delete(`${usersPath}/${bobId}`).set('Authorization', alice);
  expect(await demandsOf(remove)).toEqual([role('RBAC/AdminRequired', false)]);
  const ask = () => lk.request.get('/v1.0/isemailavailable?email=x@example.com').set('Authorization', alice);
  expect(await demandsOf(ask)).toEqual([role('RBAC', false)]);
});

test('users may change themselves, without a demand, and not make themselves infra admins', async () => {
  const change = (role: string) => () =>
    lk.request
      .put(`${usersPath}/${aliceId}`)
      .set('Authorization', alice)
      .send({ ...carol, role });
  expect(await demandsOf(change('INFRA_ADMIN'))).toEqual([role('RBAC/AdminRequired', false)]);
  expect(await demandsOf(change('USER'))).toEqual([]);
});

test('nothing is demanded for own tokens, of a key that is not accepted, and for an exchange', async () => {
  expect(await demandsOf(() => lk.request.get(tokensPath).set('Authorization', alice))).toEqual([]);
  expect(await demandsOf(() => lk.request.get('/v1.0/userapitokensall').set('Authorization', 'Bearer x'))).toEqual([]);
  const session = await logIn(lk.request, 'alice');
  const exchange = (by: string) => () => lk.request.post('/v1.0/login/shortlogintoken').set('Authorization', by);
  expect(await demandsOf(exchange(session))).toEqual([]);
  expect(await demandsOf(exchange(alice))).toEqual([]);
});
