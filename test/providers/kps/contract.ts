import type { VendorOperation } from '../vendor-operation.ts';

const listFields = ['id', 'tenantId', 'userId', 'active', 'createdAt', 'updatedAt', 'usedAt'];
const source = 'server source, vendor documentation';

export const operations: readonly VendorOperation[] = [
  {
    id: 'UserApiTokenCreate',
    method: 'POST',
    path: '/v1.0/userapitokens',
    successStatus: 200,
    fields: ['id', 'tenantId', 'userId', 'token'],
    source,
  },
  { id: 'UserApiTokenGet', method: 'GET', path: '/v1.0/userapitokens', successStatus: 200, fields: listFields, source },
  { id: 'UserApiTokenList', method: 'GET', path: '/v1.0/userapitokensall', successStatus: 200, fields: listFields, source },
  { id: 'UserApiTokenUpdate', method: 'PUT', path: '/v1.0/userapitokens/{id}', successStatus: 200, fields: ['id'], source },
  { id: 'UserApiTokenDelete', method: 'DELETE', path: '/v1.0/userapitokens/{id}', successStatus: 200, fields: ['id'], source },
];
