import type { VendorOperation } from '../vendor-operation.ts';

const seen = 'server source, seen on the wire';
const read = 'server source';
const key = ['token', 'tokenHash', 'label', 'expiry'];
const session = ['token', 'expiry'];

/** The documented operations in their order, then the undocumented ones, then those of the auth service. */
export const operations: readonly VendorOperation[] = [
  { id: 'userApiKeysGet', method: 'GET', path: '/user/api-keys', successStatus: 200, fields: key, source: seen },
  { id: 'userApiKeysPost', method: 'POST', path: '/user/api-keys', successStatus: 200, fields: key, source: seen },
  { id: 'userApiKeysKeyDelete', method: 'DELETE', path: '/user/api-keys/{key}', successStatus: 200, fields: [], source: seen },
  {
    id: 'userExportGet',
    method: 'GET',
    path: '/user/export',
    successStatus: 200,
    fields: ['Version', 'Date', 'Version1'],
    source: seen,
  },
  {
    id: 'userStatsGet',
    method: 'GET',
    path: '/user/stats',
    successStatus: 200,
    fields: ['totalSize', 'numPins'],
    source: seen,
  },
  {
    id: 'adminUsersGet',
    method: 'GET',
    path: '/admin/users',
    successStatus: 200,
    fields: ['id', 'username', 'spaceUsed', 'numFiles'],
    source: seen,
  },
  {
    id: 'adminInvitesGet',
    method: 'GET',
    path: '/admin/invites',
    successStatus: 200,
    fields: ['code', 'createdBy', 'claimedBy', 'createdAt'],
    source: seen,
  },
  {
    id: 'adminInvitesCodePost',
    method: 'POST',
    path: '/admin/invite/{code}',
    successStatus: 200,
    fields: ['code'],
    source: 'server source; documented as /admin/invites/{code}',
  },
  { id: 'healthGet', method: 'GET', path: '/health', successStatus: 200, fields: ['status'], source: read },
  {
    id: 'viewerGet',
    method: 'GET',
    path: '/viewer',
    successStatus: 200,
    fields: ['username', 'perms', 'id', 'address', 'auth_expiry', 'settings'],
    source: read,
  },
  { id: 'loginPost', method: 'POST', path: '/login', successStatus: 200, fields: session, source: read },
  { id: 'registerPost', method: 'POST', path: '/register', successStatus: 200, fields: session, source: read },
  { id: 'userPasswordPut', method: 'PUT', path: '/user/password', successStatus: 200, fields: [], source: read },
  {
    id: 'checkApiKeyPost',
    method: 'POST',
    path: '/check-api-key',
    successStatus: 200,
    fields: ['user', 'result'],
    source: 'source of the auth service',
  },
  {
    id: 'registerNewTokenGet',
    method: 'GET',
    path: '/register-new-token',
    successStatus: 200,
    fields: ['expires', 'token'],
    source: 'source of the auth service',
  },
];
