import type { Test } from 'supertest';
import type { TestEmulator } from '../support/emulator.ts';

/** A call of a provider that every accepted key may make, and two seeded credentials for it. */
export interface SeededCall {
  readonly provider: string;
  readonly operation: string;
  /** Below the provider's base. */
  readonly path: string;
  readonly header: string;
  /** The text before a secret in that header. */
  readonly scheme: string;
  readonly secret: string;
  readonly otherSecret: string;
}

export const estuary: SeededCall = {
  provider: 'estuary',
  operation: 'viewerGet',
  path: '/viewer',
  header: 'Authorization',
  scheme: 'Bearer ',
  secret: 'EST00000000-0000-4000-8000-000000000002ARY',
  otherSecret: 'EST00000000-0000-4000-8000-000000000001ARY',
};

const kpsToken = (payload: string) => `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${payload}`;

export const kps: SeededCall = {
  provider: 'kps',
  operation: 'UserApiTokenGet',
  path: '/v1.0/userapitokens',
  header: 'Authorization',
  scheme: 'Bearer ',
  secret: kpsToken(
    'eyJlbWFpbCI6ImFsaWNlQGV4YW1wbGUuY29tIiwiaWQiOiIwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDIiLCJuYW1lIjoiQWxpY2UiLCJuYmYiOjE0NDQ0Nzg0MDAsInJvbGVzIjpbXSwic2NvcGVzIjpbXSwic3BlY2lhbFJvbGUiOiJub25lIiwidGVuYW50SWQiOiJ0aWQtZGVtbyIsInRva2VuSWQiOiIwMDAwMDAwMC0wMDAwLTQwMDAtYTAwMC0wMDAwMDAwMDAwMDIiLCJ0eXBlIjoiYXBpIn0.YAxPhyGtSdNd1k-z0VmrPdnrnSia1ZUpAXt0ccTIW3Y',
  ),
  otherSecret: kpsToken(
    'eyJlbWFpbCI6ImFkbWluQGV4YW1wbGUuY29tIiwiaWQiOiIwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDEiLCJuYW1lIjoiQWRtaW4iLCJuYmYiOjE0NDQ0Nzg0MDAsInJvbGVzIjpbXSwic2NvcGVzIjpbXSwic3BlY2lhbFJvbGUiOiJhZG1pbiIsInRlbmFudElkIjoidGlkLWRlbW8iLCJ0b2tlbklkIjoiMDAwMDAwMDAtMDAwMC00MDAwLWEwMDAtMDAwMDAwMDAwMDAxIiwidHlwZSI6ImFwaSJ9.Ydbr4sHdGs9Iu6bHc3kSBTbh-vUr3kx6nqrVBkSDNuU',
  ),
};

export const rockset: SeededCall = {
  provider: 'rockset',
  operation: 'getOrganization',
  path: '/v1/orgs/self',
  header: 'Authorization',
  scheme: 'ApiKey ',
  secret: 'member0LatchkeySeed000000000000000000000000000000000000000000000',
  otherSecret: 'reader0LatchkeySeed000000000000000000000000000000000000000000000',
};

export const whylabs: SeededCall = {
  provider: 'whylabs',
  operation: 'ValidateApiKey',
  path: '/v1/api-key/validate',
  header: 'X-API-Key',
  scheme: '',
  secret: `ADMIN00000.${'LatchkeySeedAdmin'.padEnd(53, '0')}:org-123`,
  otherSecret: `USER000000.${'LatchkeySeedUser'.padEnd(53, '0')}:org-123`,
};

export const seededCalls: readonly SeededCall[] = [estuary, kps, rockset, whylabs];

/** Makes the call with a key. */
export function callWith(lk: TestEmulator, { provider, path, header, scheme }: SeededCall, secret: string): Test {
  return lk.request.get(`/${provider}${path}`).set(header, scheme + secret);
}

/** Makes the call with its first seeded credential. */
export function call(lk: TestEmulator, seeded: SeededCall): Test {
  return callWith(lk, seeded, seeded.secret);
}
