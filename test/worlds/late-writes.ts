import { expect } from 'vitest';
import { estuaryError } from '../providers/estuary/estuary.ts';

/** A write of each provider, who may make it, and the answer of a service that is unavailable. */
export const lateWrites: readonly (readonly [
  provider: string,
  credential: string,
  call: string,
  body: object,
  words: object | string,
])[] = [
  [
    'estuary',
    'alice',
    'PUT /user/password',
    { newPasswordHash: 'new' },
    estuaryError(503, 'Service Unavailable', 'Service Unavailable'),
  ],
  ['kps', 'alice', 'POST /v1.0/userapitokens', { active: true }, '{"statusCode": 500, "message": "server not ready"}'],
  [
    'rockset',
    'member',
    'POST /v1/orgs/self/users/self/apikeys',
    { name: 'late' },
    expect.objectContaining({
      type: 'SERVICEUNAVAILABLE',
      message: 'The service is unavailable',
    }),
  ],
  [
    'whylabs',
    'system',
    'POST /v0/user',
    { email: 'late@example.com' },
    JSON.stringify({
      message: 'Service Unavailable',
      _links: { self: { href: '/v0/user', templated: false } },
      _embedded: { errors: [{ message: 'Service Unavailable' }] },
    }),
  ],
];
