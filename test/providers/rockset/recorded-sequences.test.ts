import { describe, expect, test } from 'vitest';
import { emulatorForTests, type TestEmulator } from '../emulator.ts';
import { admin } from './rockset.ts';
import { fields, type Shape, shapeOf } from './shapes.ts';

/**
 * The calls of the suites of rockset-go-client in their order, and the answers of the real server: status, fields in order,
 * types and nulls. Profile 2022: cassettes of commit 397f5dd (May 2023); profile 2023: of commit f213772 (2024-03-06).
 */
type Call = readonly [method: string, path: string, body: object | undefined, status: number, answer: Shape];

/** What an answer has in March 2024 alone: `isLater` is the profile 2023. */
const cluster = (isLater: boolean): Shape => ({
  ...fields('public_endpoint_disabled private_link_enabled', 'boolean'),
  // Rockset 13.6: never null.
  private_link_url: 'string' as const,
  ...fields('id cluster_type aws_region domain top_level_domain apiserver_url', 'string'),
  gen2_vis_available: 'null' as const,
  intel_ice_lake_vis_available: 'boolean' as const,
  gen2_vis_enabled: 'null' as const,
  intel_ice_lake_vis_enabled: 'boolean' as const,
  // Rockset 13.5.
  ...(isLater && { use_cluster_db_for_qls: 'boolean', encryption_key: 'null' }),
});

/** `inside` is the shape of two fields that are null in the organization of a user, but not in `GET /v1/orgs/self`. */
const organization = (isLater: boolean, inside: Shape = 'string'): Shape => ({
  ...fields('id created_at display_name company_name external_id', 'string'),
  rockset_user: inside,
  always_gen2_vis: 'null',
  always_intel_ice_lake_vis: 'boolean',
  // Rockset 13.4: never null.
  ...(isLater && fields('general_purpose_instance_class_allowed use_zstd_compression_default', 'boolean')),
  state: 'string',
  edition: 'string',
  mfa_restricted: 'null',
  currency_code: inside,
  deletion_scheduled_at: 'null',
  clusters: [cluster(isLater)],
  aws_marketplace_customer_id: 'null',
  ...(isLater && fields('sso_connection sso_only', 'null')),
});

const bareOrganization = (isLater: boolean): Shape => ({
  id: 'string',
  ...fields('created_at display_name company_name external_id rockset_user always_gen2_vis always_intel_ice_lake_vis', 'null'),
  // Rockset 13.4: never null.
  ...(isLater && fields('general_purpose_instance_class_allowed use_zstd_compression_default', 'boolean')),
  ...fields('state edition mfa_restricted currency_code deletion_scheduled_at', 'null'),
  clusters: [],
  aws_marketplace_customer_id: 'null',
  ...(isLater && fields('sso_connection sso_only', 'null')),
});

const user = (names: Shape, orgs: Shape, member: Shape, invitedBy: Shape = 'string'): Shape => ({
  ...fields('created_at email', 'string'),
  first_name: names,
  last_name: names,
  phone_number: 'null',
  roles: ['string'],
  state: 'string',
  org: 'string',
  invite_state: 'string',
  orgs,
  org_memberships: [
    {
      organization: member,
      roles: ['string'],
      invite_state: 'string',
      invited_by: invitedBy,
      email: 'null',
      ...fields('expires_at created_at', 'string'),
    },
  ],
  ...fields('country accepted_marketing_content', 'null'),
});

const deletedUser: Shape = {
  created_at: 'null',
  email: 'string',
  ...fields('first_name last_name phone_number roles state org invite_state orgs org_memberships', 'null'),
  ...fields('country accepted_marketing_content', 'null'),
};

const role = (...privileges: readonly (readonly [resource: Shape, cluster: Shape])[]): Shape => ({
  ...fields('role_name description owner_email created_by', 'string'),
  privileges: privileges.map(([resource_name, inCluster]) => ({ action: 'string', resource_name, cluster: inCluster })),
  created_at: 'string',
});
const builtInRole = (privileges: number): Shape => ({
  role_name: 'string',
  description: 'string',
  owner_email: 'null',
  created_by: 'null',
  privileges: Array.from({ length: privileges }, () => fields('action resource_name cluster', 'string')),
  created_at: 'null',
});

const error: Shape = {
  ...fields('message message_key type', 'string'),
  ...fields('line column', 'null'),
  trace_id: 'string',
  ...fields('error_id query_id internal_errors', 'null'),
};

const key = (isLater: boolean, lastAccess: Shape, boundTo: Shape, maker: Shape): Shape => ({
  ...fields('created_at name key', 'string'),
  last_access_time: lastAccess,
  expiry_time: 'null',
  role: boundTo,
  created_by: 'string',
  ...(isLater && { created_by_apikey_name: maker }),
  state: 'string',
});

const self = '/v1/orgs/self';
const invitedPath = `${self}/users/pme+test_go@me.com`;
const goKey = `${self}/users/self/apikeys/go_key`;
const listResources = { action: 'LIST_RESOURCES_WS', cluster: '*ALL*', resource_name: 'persistent' };
const changed = [
  { action: 'LIST_ROLES_GLOBAL' },
  { action: 'CREATE_COLLECTION_INTEGRATION', resource_name: 'test' },
  { action: 'QUERY_DATA_WS', cluster: '*ALL*', resource_name: 'commons' },
  { action: 'CREATE_VIEW_WS', cluster: 'usw2a1', resource_name: 'commons' },
];

function accounts(isLater: boolean): readonly Call[] {
  const bare = bareOrganization(isLater);
  // Rockset 13.3: in full in every era.
  const inside = organization(isLater, 'null');
  const invited = user('null', 'null', bare);
  const update = { first_name: 'first', last_name: 'last', roles: ['member'] };
  return [
    ['GET', '/', undefined, 200, { message: 'string' }],
    ['GET', self, undefined, 200, { data: organization(isLater) }],
    // TestUserIntegration
    [
      ...(['POST', `${self}/users`, { email: 'pme+test_go@me.com', roles: ['read-only'] }, 200] as const),
      { data: user('null', 'null', inside) },
    ],
    ['GET', `${self}/users/self`, undefined, 200, user('string', [inside], inside, 'null')],
    ['GET', invitedPath, undefined, 200, invited],
    [
      ...(['GET', `${self}/users`, undefined, 200] as const),
      { data: [user('string', 'null', bare, 'null'), user('string', 'null', bare), invited, user('string', 'null', bare)] },
    ],
    ['POST', invitedPath, update, 200, invited],
    ['DELETE', invitedPath, undefined, 200, { data: deletedUser }],
  ];
}

function rolesAndKeys(isLater: boolean): readonly Call[] {
  const goRole = `${self}/roles/role_go`;
  const created = role(['string', 'string']);
  const shown = key(isLater, 'string', 'string', 'string');
  const creation = { role_name: 'role_go', description: 'a test', privileges: [listResources] };
  const update = { description: 'updated', privileges: changed };
  const updated = role(['null', 'null'], ['string', 'null'], ['string', 'string'], ['string', 'string']);
  const builtIn = [builtInRole(4), builtInRole(isLater ? 19 : 18), builtInRole(13)];
  return [
    // TestRoleIntegration
    ['POST', `${self}/roles`, creation, 200, { data: created }],
    ['GET', `${self}/roles/non-existing-role`, undefined, 404, error],
    ['GET', goRole, undefined, 200, { data: created }],
    ['GET', `${self}/roles`, undefined, 200, { data: [created, ...builtIn] }],
    ['POST', goRole, update, 200, { data: updated }],
    // TestSuiteAPIKey
    [
      ...(['POST', `${self}/users/self/apikeys`, { name: 'go_key', role: 'role_go' }, 200] as const),
      { data: key(isLater, 'null', 'string', 'string') },
    ],
    ['GET', goKey, undefined, 200, { data: shown }],
    [
      ...(['GET', `${self}/users/self/apikeys`, undefined, 200] as const),
      { data: [key(isLater, 'string', 'null', 'null'), shown] },
    ],
    ['POST', goKey, { state: 'SUSPENDED' }, 200, { data: shown }],
    ['DELETE', goKey, undefined, 200, { data: shown }],
    ['DELETE', goRole, undefined, 200, { data: updated }],
  ];
}

async function expectSequence({ url }: TestEmulator, calls: readonly Call[]): Promise<void> {
  for (const [method, path, body, status, shape] of calls) {
    const headers = new Headers({ authorization: admin, ...(body !== undefined && { 'content-type': 'application/json' }) });
    // The Go client ends its bodies with a newline.
    const sent = body === undefined ? {} : { body: `${JSON.stringify(body)}\n` };
    const answer = await fetch(`${url}${path}`, { method, headers, ...sent });
    const found = shapeOf(JSON.parse(await answer.text()));
    // Compared as text, because the order of fields counts.
    expect([answer.status, JSON.stringify(found, null, 1)], `${method} ${path}`).toEqual([
      status,
      JSON.stringify(shape, null, 1),
    ]);
  }
}

describe.each([
  ['2022', false],
  ['2023', true],
])('the recorded calls of the Go suites, in the profile %s', (profile, isLater) => {
  const lk = emulatorForTests({ profiles: { rockset: profile } });

  test('ping, organization and users get answers of the recorded shape', async () => {
    await expectSequence(lk, accounts(isLater));
  });

  test('roles and API keys get answers of the recorded shape', async () => {
    await expectSequence(lk, rolesAndKeys(isLater));
  });
});
