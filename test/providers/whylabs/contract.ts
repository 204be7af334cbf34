import type { VendorOperation } from '../vendor-operation.ts';

const organization = '/v0/organizations/{org_id}';
const keys = `${organization}/api-key`;
const keyFields = ['keyId', 'orgId', 'userId', 'creationTime', 'alias', 'revoked'];
const summaryFields = ['id', 'name', 'emailDomains', 'observatoryUrl'];
const metadataFields = ['orgId', 'role', 'userId', 'default'];

const replayed = 'server source; accepted by the Python and Go clients';
const read = 'server source; in the public specification';

type Row = readonly [id: string, method: VendorOperation['method'], path: string, fields: readonly string[], source?: string];

const rows: readonly Row[] = [
  ['CreateApiKey', 'POST', keys, ['key', ...keyFields], replayed],
  ['ListApiKeys', 'GET', keys, ['items'], replayed],
  ['GetApiKey', 'GET', `${keys}/{key_id}`, [], replayed],
  ['RevokeApiKey', 'DELETE', keys, keyFields, replayed],

  ['GenerateApiKey', 'POST', '/v1/api-key', ['key', ...keyFields], 'server source'],
  ['DeleteApiKey', 'DELETE', '/v1/api-key', keyFields, 'server source'],
  ['ListApiKeyMetadata', 'GET', '/v1/api-key', ['items', 'keyId', 'orgId', 'alias'], 'server source'],
  ['ValidateApiKey', 'GET', '/v1/api-key/validate', ['requestId'], 'server source'],

  ['CreateOrganization', 'POST', '/v0/organizations', summaryFields],
  ['ListOrganizations', 'GET', '/v0/organizations', ['items', 'internal']],
  ['GetOrganization', 'GET', organization, [...summaryFields, 'creationTime', 'deleted']],
  ['PartiallyUpdateOrganization', 'PUT', '/v0/organizations/partial/{org_id}', summaryFields],
  ['DeleteOrganization', 'DELETE', organization, ['requestId']],

  ['CreateUser', 'POST', '/v0/user', ['userId', 'email']],
  ['GetUserByEmail', 'GET', '/v0/user', ['userId', 'email']],
  ['GetUser', 'GET', '/v0/user/{user_id}', ['userId', 'email']],
  ['UpdateUser', 'PUT', '/v0/user', ['userId', 'email']],

  ['CreateMembership', 'POST', '/v0/membership', metadataFields],
  ['UpdateMembershipByEmail', 'PUT', '/v0/membership', metadataFields],
  ['RemoveMembershipByEmail', 'DELETE', '/v0/membership', ['requestId']],
  ['GetMembershipsByEmail', 'GET', '/v0/membership/user', ['memberships']],
  ['GetMemberships', 'GET', '/v0/membership/user/{user_id}', ['memberships']],
  ['GetMembershipsByOrg', 'GET', '/v0/membership/org/{org_id}', ['memberships']],
  ['GetDefaultMembershipForEmail', 'GET', '/v0/membership/default', []],
  ['SetDefaultMembership', 'POST', '/v0/membership/default', ['requestId']],

  ['ListOrganizationMemberships', 'GET', `${organization}/membership`, ['memberships']],
  ['CreateOrganizationMembership', 'POST', `${organization}/membership`, metadataFields],
  ['UpdateOrganizationMembership', 'PUT', `${organization}/membership`, metadataFields],
  ['RemoveOrganizationMembership', 'DELETE', `${organization}/membership`, []],

  ['ProvisionNewUser', 'POST', '/v0/provision/new-user', ['userId', 'orgId', 'modelId']],
  ['ListModels', 'GET', `${organization}/models`, ['items']],
];

export const operations: readonly VendorOperation[] = rows.map(([id, method, path, fields, source = read]) => ({
  id,
  method,
  path,
  successStatus: 200,
  fields,
  source,
}));
