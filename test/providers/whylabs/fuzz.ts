import type { FuzzTarget } from '../fuzz-target.ts';
import { admin, system, user } from './whylabs.ts';

const org = 'org-123';
const member = { orgId: org, email: 'user@example.com', role: 'MEMBER' };

export const target: FuzzTarget = {
  credentials: [
    { 'X-API-Key': user },
    { Cookie: `X-API-Key=${user.slice(0, 64)}` },
    { 'X-API-Key': admin },
    { 'X-API-Key': system },
    { 'X-API-Key': system, 'X-WHYLABS-ORGANIZATION': org },
    { 'X-API-Key': admin, 'X-WHYLABS-ORGANIZATION': 'org-x' },
  ],
  words: [
    ...[org, '0', 'org-x', 'org-', 'org-#', 'ORG#org-123', ' ', '', 'model-1', 'model-0'],
    ...['user-123', 'user-admin', 'user-x', 'user@example.com', 'USER@example.com', 'a@b', '@', 'x@acme.com'],
    ...['USER000000', 'ADMIN00000', 'SYSTEM0000', 'HMiFAgQeNb'],
    ...['user_id', 'user-id', 'key_id', 'expiration_time', 'scopes', 'alias', 'resource_id', 'email', 'role', 'set_default'],
    ...['name', 'override_id', 'subscription_tier', 'email_domains', 'parent_org_id', 'use_cloudfront', 'include_claims'],
    ...[':user', ':administrator', ':whylabs_system', ':foo', ',', ':user,', 'ADMIN', 'viewer', 'PAID', 'gold', 'true', 'None'],
    ...['1893542400000', '0', '-1', '9223372036854775808', '1e3', '__proto__', 'constructor', 'toString'],
  ],
  bodies: [
    ...[null, [], {}, '', 5, [[{}]], { email: 'new@example.com' }, { email: ['x@example.com'] }, { email: {} }, { email: null }],
    ...[
      { userId: 'user-123', email: 'other@example.com', preferences: '{}' },
      { userId: 'user-x', email: 'x@example.com' },
    ],
    ...[
      member,
      { ...member, orgId: 'org-x' },
      { ...member, role: 'BOSS' },
      { ...member, default: 'true' },
      { ...member, email: '' },
    ],
    { orgId: org, userId: 'user-123' },
    { email: 'new@example.com', orgName: 'n', modelName: 'm', subscriptionTier: 'FREE', expectExisting: null },
    { email: 'user@example.com', orgName: '', modelName: 1, subscriptionTier: 'PAID', expectExisting: 'True' },
    JSON.parse('{"__proto__":{"email":"x"},"constructor":1,"toString":2}'),
  ],
  // The real store fails to insert an id that it has, and to change a record that it does not have.
  isKnownFailure: (status, body) =>
    status === 500 &&
    body.includes('"message":"Internal error. Unable to process request"') &&
    body.includes('"type":"Internal"'),
};
