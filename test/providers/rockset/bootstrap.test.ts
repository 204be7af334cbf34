import { expect, test } from 'vitest';
import { emulatorForTests } from '../emulator.ts';
import { admin, apiKey, expectError, forbidden, keysOf, member, ownKeys, rolesPath, usersPath } from './rockset.ts';

const lk = emulatorForTests();

test('starting with the first administrator, the API can make a key that may do what its role says and nothing else', async () => {
  await lk.world.reset('bootstrap');
  await lk.request.get('/v1/orgs/self').set('Authorization', member).expect(401);
  const post = (path: string, body: object, by = admin) => lk.request.post(path).set('Authorization', by).send(body);
  const get = (path: string, by: string) => lk.request.get(path).set('Authorization', by);

  // The organization exists already: the API cannot create one.
  expect((await get('/v1/orgs/self', admin).expect(200)).body.data.id).toBe('acme');
  expect((await get(usersPath('self'), admin).expect(200)).body.roles).toEqual(['admin']);

  // A role that may list users, a user with that role, and a key with that role.
  const privileges = [{ action: 'LIST_USERS_GLOBAL' }, { action: 'CREATE_API_KEY_GLOBAL' }];
  await post(rolesPath(), { role_name: 'auditor', privileges }).expect(200);
  await post(usersPath(), { email: 'Eve@me.com', roles: ['auditor', 'member'] }).expect(200);
  const { body: given } = await post(keysOf('eve@me.com'), { name: 'first' }).expect(200);
  const eve = apiKey(given.data.key);
  expect((await get(usersPath('self'), eve).expect(200)).body.email).toBe('eve@me.com');
  const { body: made } = await post(ownKeys, { name: 'least', role: 'auditor' }, eve).expect(200);
  const least = apiKey(made.data.key);

  // The key may do what its role says.
  const { body: list } = await get(usersPath(), least).expect(200);
  expect(list.data.map(({ email }: { email: string }) => email)).toEqual(['admin@me.com', 'eve@me.com']);
  await get(usersPath('admin@me.com'), least).expect(200);
  await post(ownKeys, { name: 'third', role: 'auditor' }, least).expect(200);
  await get(ownKeys, least).expect(200);

  // It may do nothing else, although its owner may see the organization and invite users.
  await get('/v1/orgs/self', eve).expect(200);
  for (const refusal of [
    await get('/v1/orgs/self', least),
    await get(usersPath('self'), least),
    await get(rolesPath(), least),
    await get(keysOf('admin@me.com'), least),
    await post(usersPath(), { email: 'x@me.com', roles: ['member'] }, least),
    await post(usersPath('eve@me.com'), { roles: ['admin'] }, least),
    await post(rolesPath(), { role_name: 'x' }, least),
    await post(rolesPath('auditor'), { privileges: [] }, least),
    await lk.request.delete(usersPath('admin@me.com')).set('Authorization', least),
  ]) {
    expectError(refusal, 403, 'FORBIDDEN', forbidden);
  }

  // The administrator deletes user and role.
  await lk.request.delete(usersPath('eve@me.com')).set('Authorization', admin).expect(200);
  for (const key of [eve, least]) await get(ownKeys, key).expect(401);
  await lk.request.delete(rolesPath('auditor')).set('Authorization', admin).expect(200);
});
