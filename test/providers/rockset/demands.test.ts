import { expect, test } from 'vitest';
import { demandsOf, owner, role } from '../demands.ts';
import { emulatorForTests } from '../emulator.ts';
import { admin, apiKey, keysOf, member, ownKeys, reader, usersPath } from './rockset.ts';

const lk = emulatorForTests();
const get = (path: string, by: string) => () => lk.request.get(path).set('Authorization', by);
const post = (path: string, by: string, name: string) => () => lk.request.post(path).set('Authorization', by).send({ name });
const invite = (by: string) => () =>
  lk.request.post(usersPath()).set('Authorization', by).send({ email: 'new@me.com', roles: [] });

test('the action of an operation is demanded of the roles', async () => {
  expect(await demandsOf(get('/v1/orgs/self', reader))).toEqual([role('GET_ORG_GLOBAL', true)]);
  expect(await demandsOf(get(usersPath(), admin))).toEqual([role('LIST_USERS_GLOBAL', true)]);
  expect(await demandsOf(invite(reader))).toEqual([role('INVITE_USER_GLOBAL', false)]);
});

test('the key of an administrator with a lesser role fails the demand', async () => {
  const { body } = await lk.request.post(ownKeys).set('Authorization', admin).send({ name: 'b', role: 'read-only' }).expect(200);
  expect(await demandsOf(invite(apiKey(body.data.key)))).toEqual([role('INVITE_USER_GLOBAL', false)]);
});

test("another user's keys demand all global actions", async () => {
  expect(await demandsOf(get(keysOf('reader@me.com'), admin))).toEqual([owner('ALL_GLOBAL_ACTIONS', true)]);
  expect(await demandsOf(get(keysOf('reader@me.com'), member))).toEqual([owner('ALL_GLOBAL_ACTIONS', false)]);
  expect(await demandsOf(get(keysOf('nobody@me.com', 'x'), member))).toEqual([owner('ALL_GLOBAL_ACTIONS', false)]);
  expect(await demandsOf(post(keysOf('reader@me.com'), member, 'd'))).toEqual([
    role('CREATE_API_KEY_GLOBAL', true),
    owner('ALL_GLOBAL_ACTIONS', false),
  ]);
});

test("nothing is demanded for one's own keys, however the path names their user, and of a key that is not accepted", async () => {
  expect(await demandsOf(get(ownKeys, reader))).toEqual([]);
  expect(await demandsOf(get(keysOf('Reader@Me.com'), reader))).toEqual([]);
  expect(await demandsOf(get('/v1/orgs/self', apiKey('x')))).toEqual([]);
});
