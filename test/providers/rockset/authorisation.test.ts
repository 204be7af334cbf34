import { describe, expect, test } from 'vitest';
import { userId, users } from '../../../src/providers/rockset/accounts/users/users.ts';
import { type Role, roleId, roles } from '../../../src/providers/rockset/roles/roles.ts';
import { emulatorForTests, epoch } from '../emulator.ts';
import { admin, apiKey, expectError, keysOf, member, ownKeys, reader } from './rockset.ts';

const lk = emulatorForTests();
const forbidden = 'Not authorized to perform this action';

async function keyWithRole(role: string, by = admin): Promise<string> {
  const { body } = await lk.request.post(ownKeys).set('Authorization', by).send({ name: role, role }).expect(200);
  return apiKey(body.data.key);
}

async function addRole(name: string, actions: readonly string[], tenant = 'acme'): Promise<void> {
  const privileges = actions.map((action) => ({ action, resource_name: null, cluster: null }));
  const data: Role = { role_name: name, description: null, owner_email: null, created_by: null, privileges };
  await lk.world.resources('rockset').put(roles, { id: roleId(tenant, name), tenant, name: null, createdAt: epoch, data });
}

describe('what the built-in roles may do', () => {
  test.each([
    ['admin', admin],
    ['member', member],
    ['reader', reader],
  ])('%s: see the organization and oneself, and have own keys', async (name, credential) => {
    await lk.request.get('/v1/orgs/self').set('Authorization', credential).expect(200);
    await lk.request.get('/v1/orgs/self/users/self').set('Authorization', credential).expect(200);
    await lk.request.post(ownKeys).set('Authorization', credential).send({ name: 'k' }).expect(200);
    await lk.request.get(ownKeys).set('Authorization', credential).expect(200);
    await lk.request.get(keysOf('self', name)).set('Authorization', credential).expect(200);
    await lk.request.post(keysOf('self', 'k')).set('Authorization', credential).send({ state: 'SUSPENDED' }).expect(200);
    await lk.request.delete(keysOf('self', 'k')).set('Authorization', credential).expect(200);
  });

  test('only an administrator has access to the keys of other users', async () => {
    for (const [credential, status] of [
      [admin, 200],
      [member, 403],
      [reader, 403],
    ] as const) {
      const target = credential === reader ? 'member@me.com' : 'reader@me.com';
      await lk.request.get(keysOf(target)).set('Authorization', credential).expect(status);
    }
  });
});

describe('a key may do what both its role and its owner may do', () => {
  test("an administrator's key with a lesser role has no administrator's rights", async () => {
    const lesser = await keyWithRole('member');
    await lk.request.post(ownKeys).set('Authorization', lesser).send({ name: 'x' }).expect(200);
    expectError(await lk.request.get(keysOf('member@me.com')).set('Authorization', lesser), 403, 'FORBIDDEN', forbidden);
  });

  test("a member's key with the admin role has no more rights than the member", async () => {
    const greater = await keyWithRole('admin', member);
    await lk.request.post(ownKeys).set('Authorization', greater).send({ name: 'x' }).expect(200);
    expectError(await lk.request.get(keysOf('admin@me.com')).set('Authorization', greater), 403, 'FORBIDDEN', forbidden);
  });

  test('an administrator may give a key a role that the administrator does not have', async () => {
    await addRole('integration-test', ['CREATE_API_KEY_GLOBAL']);
    const lent = await keyWithRole('integration-test');
    await lk.request.post(ownKeys).set('Authorization', lent).send({ name: 'x' }).expect(200);
  });

  test('a key without a role follows the roles that its owner has now', async () => {
    const { body } = await lk.request.post(ownKeys).set('Authorization', member).send({ name: 'k' }).expect(200);
    const roleless = () => lk.request.get(keysOf('reader@me.com')).set('Authorization', apiKey(body.data.key));
    await roleless().expect(403);
    const resources = lk.world.resources('rockset');
    await resources.change(users, userId('acme', 'member@me.com'), (user) => ({ ...user, roles: ['member', 'admin'] }));
    await roleless().expect(200);
    await resources.change(users, userId('acme', 'member@me.com'), (user) => ({ ...user, roles: [] }));
    await roleless().expect(403);
  });
});

describe('what each operation requires', () => {
  test('a role without the required action is refused, and still gives access to the keys of its owner', async () => {
    await addRole('nothing', []);
    const powerless = await keyWithRole('nothing');
    for (const refusal of [
      await lk.request.post(ownKeys).set('Authorization', powerless).send({ name: 'x' }),
      await lk.request.post(ownKeys).set('Authorization', powerless).send({ name: 7 }),
      await lk.request.get('/v1/orgs/self').set('Authorization', powerless),
      await lk.request.get('/v1/orgs/self/users/self').set('Authorization', powerless),
    ]) {
      expectError(refusal, 403, 'FORBIDDEN', forbidden);
    }
    await lk.request.get(ownKeys).set('Authorization', powerless).expect(200);
    await lk.request.get(keysOf('admin@me.com', 'nothing')).set('Authorization', powerless).expect(200);
    await lk.request.delete(keysOf('self', 'nothing')).set('Authorization', powerless).expect(200);
  });

  test.each([
    ['GET_ORG_GLOBAL', '/v1/orgs/self'],
    ['GET_CURRENT_USER_GLOBAL', '/v1/orgs/self/users/self'],
  ])('%s gives access to %s', async (action, path) => {
    await addRole('one', [action]);
    await lk.request
      .get(path)
      .set('Authorization', await keyWithRole('one'))
      .expect(200);
  });

  test('ALL_GLOBAL_ACTIONS in a custom role allows as much as admin; all the single actions together do not', async () => {
    await addRole('all', ['ALL_GLOBAL_ACTIONS']);
    await addRole('many', ['GET_ORG_GLOBAL', 'CREATE_API_KEY_GLOBAL', 'LIST_USERS_GLOBAL', 'DELETE_USER_GLOBAL']);
    const path = keysOf('member@me.com');
    await lk.request
      .get(path)
      .set('Authorization', await keyWithRole('all'))
      .expect(200);
    await lk.request
      .get(path)
      .set('Authorization', await keyWithRole('many'))
      .expect(403);
  });

  test('a key whose role is deleted stays, and grants nothing', async () => {
    await addRole('passing', ['CREATE_API_KEY_GLOBAL']);
    const key = await keyWithRole('passing');
    await lk.world.resources('rockset').remove(roles, roleId('acme', 'passing'));
    const refusal = await lk.request.post(ownKeys).set('Authorization', key).send({ name: 'x' });
    expectError(refusal, 403, 'FORBIDDEN', forbidden);
    const { body } = await lk.request.get(keysOf('self', 'passing')).set('Authorization', key).expect(200);
    expect(body.data).toMatchObject({ role: 'passing', state: 'ACTIVE' });
  });

  test('the role of another organization does not count', async () => {
    await addRole('theirs', ['CREATE_API_KEY_GLOBAL'], 'other');
    const answer = await lk.request.post(ownKeys).set('Authorization', admin).send({ name: 'x', role: 'theirs' });
    expectError(answer, 404, 'NOTFOUND', 'Role "theirs" not found', 'ROLE_NOT_FOUND_NAME');
  });
});
