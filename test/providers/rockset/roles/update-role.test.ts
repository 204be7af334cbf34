import { beforeEach, describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { admin, apiKey, expectError, forbidden, member, ownKeys, rolesPath } from '../rockset.ts';
import { privilegeText, roleText } from './role-texts.ts';

const lk = emulatorForTests();
const update = (name: string, body: object, by = admin) => lk.request.post(rolesPath(name)).set('Authorization', by).send(body);
const listWorkspaces = privilegeText('LIST_WS_GLOBAL', null, null);

beforeEach(async () => {
  const role = { role_name: 'r', description: 'old', privileges: [{ action: 'LIST_WS_GLOBAL' }] };
  await lk.request.post(rolesPath()).set('Authorization', admin).send(role).expect(200);
  lk.world.clock.advance(60_000);
});

describe('POST …/roles/{roleName} 200', () => {
  test('privileges and description are replaced, and created_at stays', async () => {
    const privileges = [
      { action: 'LIST_ROLES_GLOBAL' },
      { action: 'CREATE_COLLECTION_INTEGRATION', resource_name: 'test' },
      { action: 'QUERY_DATA_WS', cluster: '*ALL*', resource_name: 'commons' },
      { action: 'CREATE_VIEW_WS', cluster: 'usw2a1', resource_name: 'commons' },
    ];
    const { text } = await update('r', { description: 'new', privileges }).expect(200);
    const shown = [
      privilegeText('LIST_ROLES_GLOBAL', null, null),
      privilegeText('CREATE_COLLECTION_INTEGRATION', 'test', null),
      privilegeText('QUERY_DATA_WS', 'commons', '*ALL*'),
      privilegeText('CREATE_VIEW_WS', 'commons', 'usw2a1'),
    ];
    expect(text).toBe(`{"data":${roleText('r', 'new', shown)}}`);
    expect((await lk.request.get(rolesPath('r')).set('Authorization', admin).expect(200)).text).toBe(text);
  });

  test.each([{}, { description: null, privileges: null }, { role_name: 'renamed', owner_email: 'x' }])(
    '%j changes nothing',
    async (body) => {
      const { text } = await update('r', body).expect(200);
      expect(text).toBe(`{"data":${roleText('r', 'old', [listWorkspaces])}}`);
    },
  );

  test('each of the two can be replaced alone', async () => {
    await update('r', { description: 'new' }).expect(200);
    const { text } = await update('r', { privileges: [] }).expect(200);
    expect(text).toBe(`{"data":${roleText('r', 'new', [])}}`);
  });

  test('keys with this role have the new rights from the next request on', async () => {
    const { body } = await lk.request.post(ownKeys).set('Authorization', admin).send({ name: 'k', role: 'r' }).expect(200);
    const organization = () => lk.request.get('/v1/orgs/self').set('Authorization', apiKey(body.data.key));
    await organization().expect(403);
    await update('r', { privileges: [{ action: 'GET_ORG_GLOBAL' }] }).expect(200);
    await organization().expect(200);
    await update('r', { privileges: [] }).expect(200);
    await organization().expect(403);
  });
});

describe('POST …/roles/{roleName} refused', () => {
  test('an unknown role is a 404', async () => {
    expectError(await update('x', {}), 404, 'NOTFOUND', 'Role "x" not found', 'ROLE_NOT_FOUND_NAME');
  });

  test.each(['admin', 'member', 'read-only'])('the built-in role %s cannot be changed', async (name) => {
    const answer = await update(name, { privileges: [] });
    expectError(answer, 400, 'INVALIDINPUT', `The default role "${name}" cannot be changed`);
  });

  test('without UPDATE_ROLE_GLOBAL it is a 403, and an unknown action is a 400', async () => {
    expectError(await update('r', {}, member), 403, 'FORBIDDEN', forbidden);
    const answer = await update('r', { privileges: [{ action: 'x' }] });
    expectError(answer, 400, 'INVALIDINPUT', 'privileges[0].action must be one of the known values');
  });
});
