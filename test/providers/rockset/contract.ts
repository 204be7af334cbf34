import type { VendorOperation } from '../vendor-operation.ts';

const recorded = 'recorded (vcr cassettes of rockset-go-client), specification';

/** A key in the default profile, wrapped in `data`: a single one or a list. */
const keys = {
  successStatus: 200,
  fields: ['data', 'created_at', 'name', 'key', 'last_access_time', 'expiry_time', 'role', 'created_by', 'state'],
  source: recorded,
};

const userFields = [
  ...['created_at', 'email', 'first_name', 'last_name', 'phone_number', 'roles', 'state', 'org', 'invite_state', 'orgs'],
  ...['org_memberships', 'country', 'accepted_marketing_content'],
];

/** A user, not wrapped. */
const user = { successStatus: 200, fields: userFields, source: recorded };
/** A user, wrapped in `data`: a single one or a list. */
const wrappedUser = { ...user, fields: ['data', ...userFields] };

/** A role, wrapped in `data`: a single one or a list. */
const role = {
  successStatus: 200,
  fields: ['data', 'role_name', 'description', 'owner_email', 'created_by', 'privileges', 'created_at', 'action', 'cluster'],
  source: recorded,
};

export const operations: readonly VendorOperation[] = [
  { ...keys, id: 'createApiKey', method: 'POST', path: '/v1/orgs/self/users/self/apikeys' },
  { ...keys, id: 'listApiKeys', method: 'GET', path: '/v1/orgs/self/users/{user}/apikeys' },
  { ...keys, id: 'getApiKey', method: 'GET', path: '/v1/orgs/self/users/{user}/apikeys/{name}' },
  { ...keys, id: 'updateApiKey', method: 'POST', path: '/v1/orgs/self/users/{user}/apikeys/{name}' },
  { ...keys, id: 'deleteApiKey', method: 'DELETE', path: '/v1/orgs/self/users/{user}/apikeys/{name}' },
  {
    ...keys,
    id: 'createApiKeyAdmin',
    method: 'POST',
    path: '/v1/orgs/self/users/{user}/apikeys',
    source: 'specification until June 2021, clients of that time',
  },
  { id: 'ping', method: 'GET', path: '/', successStatus: 200, fields: ['message'], source: recorded },
  {
    id: 'getOrganization',
    method: 'GET',
    path: '/v1/orgs/self',
    successStatus: 200,
    fields: ['data', 'id', 'created_at', 'display_name', 'external_id', 'rockset_user', 'state', 'edition', 'clusters'],
    source: recorded,
  },
  { ...user, id: 'getCurrentUser', method: 'GET', path: '/v1/orgs/self/users/self' },
  { ...wrappedUser, id: 'listUsers', method: 'GET', path: '/v1/orgs/self/users' },
  { ...wrappedUser, id: 'createUser', method: 'POST', path: '/v1/orgs/self/users' },
  { ...user, id: 'getUser', method: 'GET', path: '/v1/orgs/self/users/{user}' },
  { ...user, id: 'updateUser', method: 'POST', path: '/v1/orgs/self/users/{user}' },
  { ...wrappedUser, id: 'deleteUser', method: 'DELETE', path: '/v1/orgs/self/users/{user}' },
  { ...role, id: 'listRoles', method: 'GET', path: '/v1/orgs/self/roles' },
  { ...role, id: 'createRole', method: 'POST', path: '/v1/orgs/self/roles' },
  { ...role, id: 'getRole', method: 'GET', path: '/v1/orgs/self/roles/{roleName}' },
  { ...role, id: 'updateRole', method: 'POST', path: '/v1/orgs/self/roles/{roleName}' },
  { ...role, id: 'deleteRole', method: 'DELETE', path: '/v1/orgs/self/roles/{roleName}' },
];
