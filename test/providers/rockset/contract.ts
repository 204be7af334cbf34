import type { VendorOperation } from '../vendor-operation.ts';

/** A key in the default profile, wrapped in `data`: one, or a list of them. */
const keys = {
  successStatus: 200,
  fields: ['data', 'created_at', 'name', 'key', 'last_access_time', 'expiry_time', 'role', 'created_by', 'state'],
  source: 'recorded (vcr cassettes of rockset-go-client), specification',
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
  {
    id: 'getOrganization',
    method: 'GET',
    path: '/v1/orgs/self',
    successStatus: 200,
    fields: ['data', 'id', 'created_at', 'display_name', 'external_id', 'rockset_user', 'state', 'edition', 'clusters'],
    source: 'recorded (vcr cassettes of rockset-go-client), specification',
  },
  {
    id: 'getCurrentUser',
    method: 'GET',
    path: '/v1/orgs/self/users/self',
    successStatus: 200,
    fields: ['created_at', 'email', 'first_name', 'last_name', 'roles', 'state', 'org', 'orgs', 'org_memberships'],
    source: 'recorded (vcr cassettes of rockset-go-client), specification',
  },
];
