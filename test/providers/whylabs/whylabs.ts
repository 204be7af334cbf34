import type { Response } from 'supertest';
import { expect } from 'vitest';
import {
  blankOrganization,
  type Organization,
  organizations,
} from '../../../src/providers/whylabs/accounts/organizations/organizations.ts';
import { draftToken, newToken } from '../../../src/providers/whylabs/keys/keys.ts';
import { epoch, type TestEmulator } from '../emulator.ts';

/** Secrets of the built-in seed. */
export const system = secret('SYSTEM0000', 'LatchkeySeedSystem', '0');
export const admin = secret('ADMIN00000', 'LatchkeySeedAdmin', 'org-123');
export const user = secret('USER000000', 'LatchkeySeedUser', 'org-123');

export const validatePath = '/v1/api-key/validate';
export const keysPath = keysOf('org-123');
export const minuteMs = 60_000;

export function keysOf(orgId: string): string {
  return `/v0/organizations/${orgId}/api-key`;
}

/** Expects the answer of an exception handler, with the `requestId` of the header. */
export function expectHandled(answer: Response, status: number, type: string, message: string): void {
  expect(answer.status).toBe(status);
  expect(answer.text).toBe(JSON.stringify({ message, requestId: answer.headers['x-request-id'], type }));
  expect(answer.headers['content-type']).toBe('application/json');
}

/** Expects the answer of the framework to an argument that it cannot bind. */
export function expectUnbound(answer: Response, href: string, name: string, message: string): void {
  expect(answer.status).toBe(400);
  expect(answer.text).toBe(
    `{"message":"Bad Request","_links":{"self":{"href":${JSON.stringify(href)},"templated":false}},` +
      `"_embedded":{"errors":[{"message":${JSON.stringify(message)},"path":"/${name}"}]}}`,
  );
  expect(answer.headers['content-type']).toBe('application/json');
}

/** Expects an answer without a body and without a reason. */
export function expectSilent(answer: Response, status: number): void {
  expect(answer.status).toBe(status);
  expect(answer.text ?? '').toBe('');
  expect(answer.headers['content-length']).toBe('0');
  expect(answer.headers).not.toHaveProperty('content-type');
  expect(answer.headers).not.toHaveProperty('www-authenticate');
}

/** Expects the answer of the framework to a body that Jackson cannot read, with the cause that Jackson gives. */
export function expectUnreadable(answer: Response, href: string, cause: string): void {
  expectUnbound(answer, href, 'request', `Failed to convert argument [request] for value [null] due to: ${cause}`);
}

/** Expects an answer that has only a `requestId`. */
export function expectAcknowledged(answer: Response): void {
  expect(answer.status).toBe(200);
  expect(answer.text).toBe(`{"requestId":"${answer.headers['x-request-id']}"}`);
}

/** Puts an organisation into the world. */
export async function addOrganization(lk: TestEmulator, id: string, facts: Partial<Organization> = {}): Promise<void> {
  const data: Organization = { ...blankOrganization(id, epoch), subscriptionTier: 'PAID', ...facts };
  await lk.world.resources('whylabs').put(organizations, { id, tenant: id, name: null, createdAt: epoch, data });
}

/** Puts a key into the world, also one that no route would make; returns its secret. */
export async function addKey(
  lk: TestEmulator,
  orgId: string,
  userId: string,
  scopes: readonly string[] = [],
  expiresAt: number | null = null,
): Promise<string> {
  const token = newToken();
  const grants = scopes.length > 0 ? { scopes } : {};
  await lk.world.keys('whylabs').issue({ ...draftToken(token, orgId, userId), expiresAt, grants }, epoch);
  return `${token}:${orgId}`;
}

/** Creates a key by the API as the system; returns the body of the answer. */
export async function create(lk: TestEmulator, query: object = {}, orgId = 'org-123') {
  const answer = await lk.request
    .post(keysOf(orgId))
    .query({ user_id: 'user-1', ...query })
    .set('X-API-Key', system)
    .expect(200);
  return answer.body;
}

function secret(keyId: string, beginning: string, orgId: string): string {
  return `${keyId}.${beginning.padEnd(53, '0')}:${orgId}`;
}
