import type { VendorOperation } from '../vendor-operation.ts';

const path = '/v0/organizations/{org_id}/api-key';
const keyFields = ['keyId', 'orgId', 'userId', 'creationTime', 'alias', 'revoked'];

export const operations: readonly VendorOperation[] = [
  {
    id: 'CreateApiKey',
    method: 'POST',
    path,
    successStatus: 200,
    fields: ['key', ...keyFields],
    source: 'server source; accepted by the Python and Go clients',
  },
  {
    id: 'ListApiKeys',
    method: 'GET',
    path,
    successStatus: 200,
    fields: ['items'],
    source: 'server source; accepted by the Python and Go clients',
  },
  {
    id: 'GetApiKey',
    method: 'GET',
    path: `${path}/{key_id}`,
    successStatus: 200,
    fields: [],
    source: 'server source; accepted by the Python and Go clients',
  },
  {
    id: 'RevokeApiKey',
    method: 'DELETE',
    path,
    successStatus: 200,
    fields: keyFields,
    source: 'server source; accepted by the Python and Go clients',
  },
];
