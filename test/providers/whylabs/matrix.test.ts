import { describe, expect, test } from 'vitest';
import { generateDocuments } from '../../../scripts/documents.ts';
import { operationsOf } from '../../../scripts/supported.ts';
import { emulatorForTests, type TestEmulator } from '../emulator.ts';
import { addKey, addOrganization, admin, system, user } from './whylabs.ts';

const org = '/v0/organizations/org-123';
const keys = `${org}/api-key`;
const member = { orgId: 'org-123', email: 'user@example.com', role: 'VIEWER' };
const asMember = 'email=user@example.com&role=VIEWER';
const signUp = { email: 'new@example.com', orgName: 'n', modelName: 'm', subscriptionTier: 'FREE' };

/** The request for each operation: on `org-123`, which is on a paid tier, about `user-123`. */
const requests: Readonly<Record<string, readonly [method: Method, path: string, body?: object]>> = {
  CreateApiKey: ['post', `${keys}?user_id=user-123`],
  ListApiKeys: ['get', `${keys}?user_id=user-123`],
  GetApiKey: ['get', `${keys}/USER000000`],
  RevokeApiKey: ['delete', `${keys}?user_id=user-123&key_id=USER000000`],
  GenerateApiKey: ['post', '/v1/api-key'],
  DeleteApiKey: ['delete', '/v1/api-key?key_id=USER000000'],
  ListApiKeyMetadata: ['get', '/v1/api-key'],
  ValidateApiKey: ['get', '/v1/api-key/validate'],
  CreateOrganization: ['post', '/v0/organizations?name=x'],
  ListOrganizations: ['get', '/v0/organizations'],
  GetOrganization: ['get', org],
  PartiallyUpdateOrganization: ['put', '/v0/organizations/partial/org-123'],
  DeleteOrganization: ['delete', org],
  CreateUser: ['post', '/v0/user', { email: 'new@example.com' }],
  GetUserByEmail: ['get', '/v0/user?email=user@example.com'],
  GetUser: ['get', '/v0/user/user-123'],
  UpdateUser: ['put', '/v0/user', { userId: 'user-123', email: 'new@example.com' }],
  CreateMembership: ['post', '/v0/membership', { ...member, email: 'other@example.com' }],
  UpdateMembershipByEmail: ['put', '/v0/membership', member],
  RemoveMembershipByEmail: ['delete', '/v0/membership', member],
  GetMembershipsByEmail: ['get', '/v0/membership/user?email=user@example.com'],
  GetMemberships: ['get', '/v0/membership/user/user-123'],
  GetMembershipsByOrg: ['get', '/v0/membership/org/org-123'],
  GetDefaultMembershipForEmail: ['get', '/v0/membership/default?email=user@example.com'],
  SetDefaultMembership: ['post', '/v0/membership/default', { orgId: 'org-123', userId: 'user-123' }],
  ListOrganizationMemberships: ['get', `${org}/membership`],
  CreateOrganizationMembership: ['post', `${org}/membership?email=other@example.com&role=VIEWER`],
  UpdateOrganizationMembership: ['put', `${org}/membership?${asMember}`],
  RemoveOrganizationMembership: ['delete', `${org}/membership?${asMember}`],
  ProvisionNewUser: ['post', '/v0/provision/new-user', signUp],
  ListModels: ['get', `${org}/models`],
};

type Method = 'get' | 'post' | 'put' | 'delete';

/** The callers, by the columns of the table. */
const callers: Readonly<Record<string, (lk: TestEmulator) => string | undefined | Promise<string>>> = {
  none: () => undefined,
  bad: () => 'bad',
  system: () => system,
  operator: (lk) => addKey(lk, '0', 'user-operator', [':whylabs_administrator']),
  'org-0': (lk) => addKey(lk, '0', 'user-123', [':administrator']),
  admin: () => admin,
  account: (lk) => addKey(lk, 'org-123', 'user-account', [':account_administrator']),
  user: () => user,
  bare: (lk) => addKey(lk, 'org-123', 'user-123'),
  reader: (lk) => addKey(lk, 'org-123', 'user-reader', [':read_resource']),
  poser: (lk) => addKey(lk, 'org-123', 'user-poser', [':whylabs_system', ':whylabs_administrator']),
  foreign: (lk) => addKey(lk, 'org-456', 'user-123', [':administrator', ':account_administrator']),
};

/**
 * The status of each cell. `poser` has internal scopes in a customer's organisation, `bare` has no scopes, `org-0` is in
 * WhyLabs' organisation without an internal scope. v1 requests name `org-123` in their header. A 404 of `DeleteApiKey` means
 * that the caller has the permission, but did not make the key.
 */
const documented = `
                              none bad system operator org-0 admin account user bare reader poser foreign
CreateApiKey                   401 403    200      403   403   200     200  200  200    403   403     403
ListApiKeys                    401 403    200      403   403   200     200  200  200    403   403     403
GetApiKey                      401 403    200      403   403   200     200  403  403    403   403     403
RevokeApiKey                   401 403    200      403   403   200     200  200  200    403   403     403
GenerateApiKey                 401 403    200      200   403   200     200  403  403    403   403     403
DeleteApiKey                   401 403    404      404   403   404     404  403  403    403   403     403
ListApiKeyMetadata             401 403    200      200   403   200     200  403  403    403   403     403
ValidateApiKey                 401 403    200      200   403   200     200  200  200    200   200     403
CreateOrganization             401 403    200      200   403   403     403  403  403    403   403     403
ListOrganizations              401 403    200      200   403   403     403  403  403    403   403     403
GetOrganization                401 403    200      200   403   403     403  403  403    403   403     403
PartiallyUpdateOrganization    401 403    200      200   403   403     403  403  403    403   403     403
DeleteOrganization             401 403    200      200   403   403     403  403  403    403   403     403
CreateUser                     401 403    200      200   403   403     403  403  403    403   403     403
GetUserByEmail                 401 403    200      200   403   403     403  403  403    403   403     403
GetUser                        401 403    200      200   403   403     403  403  403    403   403     403
UpdateUser                     401 403    200      200   403   403     403  403  403    403   403     403
CreateMembership               401 403    200      200   403   403     403  403  403    403   403     403
UpdateMembershipByEmail        401 403    200      200   403   403     403  403  403    403   403     403
RemoveMembershipByEmail        401 403    200      200   403   403     403  403  403    403   403     403
GetMembershipsByEmail          401 403    200      200   403   403     403  403  403    403   403     403
GetMemberships                 401 403    200      200   403   403     403  403  403    403   403     403
GetMembershipsByOrg            401 403    200      200   403   403     403  403  403    403   403     403
GetDefaultMembershipForEmail   401 403    200      200   403   403     403  403  403    403   403     403
SetDefaultMembership           401 403    200      200   403   403     403  403  403    403   403     403
ListOrganizationMemberships    401 403    200      200   403   200     403  403  403    403   403     403
CreateOrganizationMembership   401 403    200      200   403   200     403  403  403    403   403     403
UpdateOrganizationMembership   401 403    200      200   403   200     403  403  403    403   403     403
RemoveOrganizationMembership   401 403    200      200   403   200     403  403  403    403   403     403
ProvisionNewUser               401 403    200      200   403   403     403  403  403    403   403     403
ListModels                     401 403    200      200   403   200     403  200  403    200   403     403
`;

/** The rows that differ in the profile that follows the source. */
const strict = `
CreateApiKey                   401 403    200      403   403   403     403  403  403    403   403     403
ListApiKeys                    401 403    200      403   403   403     403  403  403    403   403     403
GetApiKey                      401 403    200      403   403   403     403  403  403    403   403     403
RevokeApiKey                   401 403    200      403   403   403     403  403  403    403   403     403
`;

const columns = Object.keys(callers);
const rows = rowsOf(documented);
const profiles = { documented: rows, strict: new Map([...rows, ...rowsOf(strict)]) };

function rowsOf(table: string): ReadonlyMap<string, readonly number[]> {
  const lines = table.trim().split('\n');
  const cells = lines.map((line) => line.trim().split(/ +/)).filter(([first]) => first !== columns[0]);
  return new Map(cells.map(([id = '', ...statuses]) => [id, statuses.map(Number)]));
}

test('every operation and every caller is in the table', async () => {
  const ids = operationsOf((await generateDocuments()).get('whylabs')).map(([, , { operationId }]) => operationId);
  expect([...rows.keys()].toSorted()).toEqual(ids.toSorted());
  expect(Object.keys(requests).toSorted()).toEqual(ids.toSorted());
  expect(documented.trim().split('\n')[0]?.trim().split(/ +/)).toEqual(columns);
  for (const statuses of rows.values()) expect(statuses).toHaveLength(columns.length);
});

describe.each(Object.entries(profiles))('profile %s', (profile, expected) => {
  const lk = emulatorForTests({ profiles: { whylabs: profile } });

  async function ask(id: string, caller: string): Promise<number> {
    await lk.world.reset('everything');
    await addOrganization(lk, 'org-123');
    await lk.request.post('/v0/user').set('X-API-Key', system).send({ email: 'other@example.com' }).expect(200);
    const [method, path, body] = requests[id] ?? ['get', '/'];
    const key = await callers[caller]?.(lk);
    const account = path.startsWith('/v1/') ? { 'X-WHYLABS-ORGANIZATION': 'org-123' } : {};
    const answer = lk.request[method](path).set({ ...account, ...(key !== undefined && { 'X-API-Key': key }) });
    return (await (body === undefined ? answer : answer.send(body))).status;
  }

  test.each([...expected])('%s answers each caller as the table says', async (id, statuses) => {
    const asked: number[] = [];
    for (const caller of columns) asked.push(await ask(id, caller));
    expect(Object.fromEntries(columns.map((caller, index) => [caller, asked[index]]))).toEqual(
      Object.fromEntries(columns.map((caller, index) => [caller, statuses[index]])),
    );
  });
});
