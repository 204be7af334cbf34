import type { VendorOperation } from '../vendor-operation.ts';

const listFields = ['id', 'tenantId', 'userId', 'active', 'createdAt', 'updatedAt', 'usedAt'];
const userFields = ['id', 'version', 'tenantId', 'createdAt', 'updatedAt', 'email', 'name', 'password', 'role'];
const loginFields = ['token', '_id', 'name', 'email'];
const source = 'server source, vendor documentation';

const tokens: readonly VendorOperation[] = [
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

const logins: readonly VendorOperation[] = [
  { id: 'LoginCallV2', method: 'POST', path: '/v1.0/login', successStatus: 200, fields: loginFields, source },
  { id: 'LoginCall', method: 'POST', path: '/v1/login', successStatus: 200, fields: loginFields, source: 'server source' },
  {
    id: 'ShortLoginTokenV1',
    method: 'POST',
    path: '/v1.0/login/shortlogintoken',
    successStatus: 200,
    fields: loginFields,
    source,
  },
  { id: 'LoginTokenV1', method: 'POST', path: '/v1.0/login/logintoken', successStatus: 200, fields: loginFields, source },
];

const users: readonly VendorOperation[] = [
  {
    id: 'UserListV2',
    method: 'GET',
    path: '/v1.0/users',
    successStatus: 200,
    fields: ['pageIndex', 'pageSize', 'totalCount', 'orderByKeys', 'result'],
    source,
  },
  { id: 'UserGetV2', method: 'GET', path: '/v1.0/users/{id}', successStatus: 200, fields: userFields, source },
  { id: 'UserCreateV2', method: 'POST', path: '/v1.0/users', successStatus: 200, fields: ['id'], source },
  { id: 'UserUpdateV3', method: 'PUT', path: '/v1.0/users/{id}', successStatus: 200, fields: ['id'], source },
  { id: 'UserDeleteV2', method: 'DELETE', path: '/v1.0/users/{id}', successStatus: 200, fields: ['id'], source },
  {
    id: 'IsEmailAvailable',
    method: 'GET',
    path: '/v1.0/isemailavailable',
    successStatus: 200,
    fields: ['email', 'available'],
    source,
  },
];

export const operations: readonly VendorOperation[] = [...tokens, ...logins, ...users];
