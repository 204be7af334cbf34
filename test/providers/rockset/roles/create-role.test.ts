import { describe, expect, test } from 'vitest';
import { actions } from '../../../../src/providers/rockset/roles/actions.ts';
import { emulatorForTests } from '../../emulator.ts';
import { admin, apiKey, expectError, forbidden, member, ownKeys, rolesPath } from '../rockset.ts';
import { privilegeText, roleText } from './role-texts.ts';

const lk = emulatorForTests();
const create = (body: object, by = admin) => lk.request.post(rolesPath()).set('Authorization', by).send(body);

describe('POST …/roles 200', () => {
  test('the answer is the role, owned by the user who created it', async () => {
    const privileges = [{ action: 'LIST_RESOURCES_WS', cluster: '*ALL*', resource_name: 'persistent' }];
    const { text } = await create({ role_name: 'role_go', description: 'a test', privileges }).expect(200);
    const shown = privilegeText('LIST_RESOURCES_WS', 'persistent', '*ALL*');
    expect(text).toBe(`{"data":${roleText('role_go', 'a test', [shown])}}`);
  });

  test.each([
    ['ALL_GLOBAL_ACTIONS', null, null],
    ['LIST_ROLES_GLOBAL', null, null],
    ['CREATE_INTEGRATION_GLOBAL', null, null],
    ['ALL_INTEGRATION_ACTIONS', 'thing', null],
    ['CREATE_COLLECTION_INTEGRATION', 'thing', null],
    ['ALL_WORKSPACE_ACTIONS', 'thing', 'usw2a1'],
    ['CREATE_VIEW_WS', 'thing', 'usw2a1'],
    ['ALL_VI_ACTIONS', 'thing', 'usw2a1'],
    ['QUERY_VI', 'thing', 'usw2a1'],
    ['UPDATE_DEPLOYMENT_DEFAULT_QUERY_VI', 'thing', 'usw2a1'],
  ])('%s has the resource %s and the cluster %s when both are sent', async (action, resource, cluster) => {
    const privileges = [{ action, resource_name: 'thing', cluster: 'usw2a1' }];
    const { text } = await create({ role_name: 'r', privileges }).expect(200);
    expect(text).toBe(`{"data":${roleText('r', null, [privilegeText(action, resource, cluster)])}}`);
  });

  test('a resource and a cluster that are left out or null mean everywhere', async () => {
    const privileges = [{ action: 'QUERY_VI' }, { action: 'CREATE_COLLECTION_INTEGRATION', resource_name: null, cluster: null }];
    const { text } = await create({ role_name: 'r', privileges }).expect(200);
    const shown = [privilegeText('QUERY_VI', '*ALL*', '*ALL*'), privilegeText('CREATE_COLLECTION_INTEGRATION', '*ALL*', null)];
    expect(text).toBe(`{"data":${roleText('r', null, shown)}}`);
  });

  test('all fifty-nine actions of the specification are accepted', async () => {
    const { body } = await create({ role_name: 'r', privileges: actions.map((action) => ({ action })) }).expect(200);
    expect(body.data.privileges.map(({ action }: { action: string }) => action)).toEqual(actions);
    expect(new Set(actions).size).toBe(59);
  });

  test('a role without privileges allows nothing; a description that is left out is null', async () => {
    for (const [role_name, rest] of [
      ['a', {}],
      ['b', { privileges: null, description: null }],
      ['c', { owner_email: 'x' }],
    ] as const) {
      const { text } = await create({ role_name, ...rest }).expect(200);
      expect(text).toBe(`{"data":${roleText(role_name, null, [])}}`);
    }
  });

  test('a key can have it at once, and may do what it allows and nothing else', async () => {
    await create({ role_name: 'lister', privileges: [{ action: 'LIST_ROLES_GLOBAL' }] }).expect(200);
    const { body } = await lk.request.post(ownKeys).set('Authorization', admin).send({ name: 'k', role: 'lister' }).expect(200);
    await lk.request.get(rolesPath('lister')).set('Authorization', apiKey(body.data.key)).expect(200);
    await lk.request.get('/v1/orgs/self').set('Authorization', apiKey(body.data.key)).expect(403);
  });
});

describe('POST …/roles refused', () => {
  test.each([
    ['no name', {}, 'role_name is required'],
    ['a blank name', { role_name: ' ' }, 'role_name must not be blank'],
    ['a long name', { role_name: 'x'.repeat(257) }, 'role_name must have at most 256 characters'],
    ['a name that is not a string', { role_name: 5 }, 'role_name must be a string'],
    ['privileges that are not a list', { role_name: 'r', privileges: {} }, 'privileges must be a list or null'],
    ['no action', { role_name: 'r', privileges: [{}] }, 'privileges[0].action is required'],
    [
      'an unknown action',
      { role_name: 'r', privileges: [{ action: 'list_ws_global' }] },
      'privileges[0].action must be one of the known values',
    ],
  ])('%s is a 400, and nothing is stored', async (_, body, message) => {
    expectError(await create(body), 400, 'INVALIDINPUT', message);
    const { body: list } = await lk.request.get(rolesPath()).set('Authorization', admin).expect(200);
    expect(list.data).toHaveLength(3);
  });

  test.each(['admin', 'member', 'read-only', 'taken'])('a name that is taken (%s) is a 400', async (role_name) => {
    await create({ role_name: 'taken' }).expect(200);
    expectError(await create({ role_name }), 400, 'ALREADYEXISTS', `Role "${role_name}" already exists`);
    await create({ role_name: 'Taken' }).expect(200);
  });

  test('exactly one of 50 concurrent creations of one name succeeds', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => create({ role_name: 'r' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 49 }, () => 400)]);
  });

  test('without CREATE_ROLE_GLOBAL it is a 403', async () => {
    expectError(await create({ role_name: 'r' }, member), 403, 'FORBIDDEN', forbidden);
  });
});
