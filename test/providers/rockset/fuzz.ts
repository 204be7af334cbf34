import type { FuzzTarget } from '../fuzz-target.ts';
import { admin, member, reader, secrets } from './rockset.ts';

export const target: FuzzTarget = {
  credentials: [{ authorization: reader }, { authorization: member, organization: 'acme' }, { authorization: admin }],
  words: [
    ...['self', 'SELF', 'acme', 'admin', 'member', 'reader', 'read-only', 'Admin', 'nothing', 'non-existing-role'],
    ...['admin@me.com', 'Member@ME.com', 'reader%40me.com', 'pme+x@me.com', 'nobody@me.com', '@', 'a b/c%d', '*ALL*'],
    ...['apikeys', 'users', 'roles', 'orgs', 'commons', 'reveal', 'true', 'True', 'false'],
    ...[secrets.admin, secrets.admin.slice(0, 6), 'ApiKey', 'apikey', 'Bearer', 'organization'],
    ...['2031-01-01T00:00:00Z', '2029-01-01', '9999-12-31T23:59:59Z', 'ACTIVE', 'SUSPENDED', 'EXPIRED'],
  ],
  bodies: [
    {},
    { name: 'k' },
    { name: 'k', role: 'read-only', expiry_time: '2031-01-01T00:00:00Z', created_by: 'x' },
    { name: 'admin', role: 'nothing' },
    { state: 'SUSPENDED' },
    { state: 'ACTIVE', expiry_time: '2031-01-01T00:00:00Z' },
    { clear_expiry_time: true, expiry_time: null },
    { email: 'new@me.com', roles: ['member'] },
    { email: 'New@me.com', roles: [] },
    { roles: ['admin', 'read-only'], first_name: 'F', last_name: null },
    { role_name: 'r', description: 'd', privileges: [{ action: 'LIST_WS_GLOBAL' }] },
    { privileges: [{ action: 'QUERY_VI', resource_name: 'x', cluster: 'usw2a1' }] },
  ],
  bookkeeping: ['audit'],
  // The real server gave this answer to an invitation without a role.
  isKnownFailure: (status, body) => status === 500 && body.includes('No role is set'),
};
