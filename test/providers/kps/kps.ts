import { expect } from 'vitest';
import { hashSecret } from '../../../src/core/secret.ts';
import { type Role, users } from '../../../src/providers/kps/accounts/users/users.ts';
import type { World } from '../../../src/worlds/world.ts';
import type { Http } from '../lifecycle-driver.ts';

/** The built-in seed: ids of users and of their API tokens, and the tokens, which are the same at every start. */
export const tenant = 'tid-demo';
export const adminId = '00000000-0000-4000-8000-000000000001';
export const aliceId = '00000000-0000-4000-8000-000000000002';
export const bobId = '00000000-0000-4000-8000-000000000003';
export const adminTokenId = '00000000-0000-4000-a000-000000000001';
export const aliceTokenId = '00000000-0000-4000-a000-000000000002';
export const adminToken =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJlbWFpbCI6ImFkbWluQGV4YW1wbGUuY29tIiwiaWQiOiIwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDEiLCJuYW1lIjoiQWRtaW4iLCJuYmYiOjE0NDQ0Nzg0MDAsInJvbGVzIjpbXSwic2NvcGVzIjpbXSwic3BlY2lhbFJvbGUiOiJhZG1pbiIsInRlbmFudElkIjoidGlkLWRlbW8iLCJ0b2tlbklkIjoiMDAwMDAwMDAtMDAwMC00MDAwLWEwMDAtMDAwMDAwMDAwMDAxIiwidHlwZSI6ImFwaSJ9.Ydbr4sHdGs9Iu6bHc3kSBTbh-vUr3kx6nqrVBkSDNuU';
export const aliceToken =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJlbWFpbCI6ImFsaWNlQGV4YW1wbGUuY29tIiwiaWQiOiIwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDIiLCJuYW1lIjoiQWxpY2UiLCJuYmYiOjE0NDQ0Nzg0MDAsInJvbGVzIjpbXSwic2NvcGVzIjpbXSwic3BlY2lhbFJvbGUiOiJub25lIiwidGVuYW50SWQiOiJ0aWQtZGVtbyIsInRva2VuSWQiOiIwMDAwMDAwMC0wMDAwLTQwMDAtYTAwMC0wMDAwMDAwMDAwMDIiLCJ0eXBlIjoiYXBpIn0.YAxPhyGtSdNd1k-z0VmrPdnrnSia1ZUpAXt0ccTIW3Y';
export const admin = bearer(adminToken);
export const alice = bearer(aliceToken);

export const tokensPath = '/v1.0/userapitokens';
export const usersPath = '/v1.0/users';
export const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function bearer(token: string): string {
  return `Bearer ${token}`;
}

/** The exact text of an error answer. */
export function apiError(status: number, errorCode: number, message: string): string {
  return `{"statusCode": ${status}, "errorCode": ${errorCode}, "message": ${JSON.stringify(message)}}`;
}

/** The exact text of every refusal of a credential. */
export const unauthorized = '{"statusCode": 401, "message": "Unauthorized"}';
export const malformedBody = apiError(400, 20494, "Malformed value for 'body'.");
export const badUserId = apiError(400, 20480, "Invalid input data for 'userID'.");
export const maxReached = apiError(400, 20480, "Invalid input data for 'max already reached'.");
export const adminOnly = apiError(403, 20487, "You do not have the required permission: 'RBAC/userID'.");
export const wrongPassword = apiError(401, 20483, 'Cannot log in. User name or password is incorrect.');
export const locked = apiError(403, 20487, "You do not have the required permission: 'locked'.");
export const notFound = apiError(404, 0, 'not found');
export const adminRequired = apiError(403, 20487, "You do not have the required permission: 'RBAC/AdminRequired'.");
export const noPermission = apiError(403, 20487, "You do not have the required permission: 'No permission'.");
export const duplicateEmail = apiError(400, 20484, 'We found a duplicate record with ID email.');

export function noRecord(id: string): string {
  return apiError(404, 20482, `Cannot find a record with ID ${id}.`);
}

/** A token as lists show it: one line of the stream. */
export function line(fields: {
  id: string;
  userId: string;
  active?: boolean;
  at?: string;
  updatedAt?: string;
  usedAt?: string;
}): string {
  const { id, userId, active = true, at = '2030-01-01T00:00:00Z', updatedAt = at, usedAt = '0001-01-01T00:00:00Z' } = fields;
  return `${JSON.stringify({ id, tenantId: tenant, userId, active, createdAt: at, updatedAt, usedAt })}\n`;
}

/** A user as the API shows it, in wire order. */
export function shownUser(fields: {
  id: string;
  email: string;
  name: string;
  password: string;
  role?: string;
  at?: string;
  updatedAt?: string;
  version?: number;
}): object {
  const { id, email, name, password, role = 'USER', at = '2030-01-01T00:00:00Z', updatedAt = at } = fields;
  const { version = 1_893_456_000_000_000_000 } = fields;
  const masked = `${'*'.repeat(56)}${hashSecret(password).slice(-4)}`;
  return { id, version, tenantId: tenant, createdAt: at, updatedAt, email, name, password: masked, role };
}

export const shownAdmin = shownUser({
  id: adminId,
  email: 'admin@example.com',
  name: 'Admin',
  password: 'admin-password',
  role: 'INFRA_ADMIN',
});
export const shownAlice = shownUser({ id: aliceId, email: 'alice@example.com', name: 'Alice', password: 'alice-password' });
export const shownBob = shownUser({ id: bobId, email: 'bob@example.com', name: 'Bob', password: 'bob-password' });

/** The body of a request that creates a user. */
export const carol = { email: 'carol@example.com', name: 'Carol', password: 'P@ssw0rd', role: 'USER' };

/** Creates a user as the infra admin. Returns the id. */
export async function createUser(http: Http, fields: object = carol): Promise<string> {
  const { body } = await http.post(usersPath).set('Authorization', admin).send(fields).expect(200);
  return body.id;
}

/** Stores a user in a tenant. Returns the Authorization header of an API token for them. */
export async function addUserWithToken(world: World, tenant: string, email: string, role: Role = 'INFRA_ADMIN'): Promise<string> {
  const now = world.clock.now();
  const data = { email, name: email, role, passwordHash: '', updatedAt: now };
  await world.resources('kps').put(users, { id: `id-of-${email}`, tenant, name: email, createdAt: now, data });
  const { credential } = await world.addKey('kps', { owner: email });
  return credential.header?.value ?? '';
}

/** Logs in a seeded user. Returns the Authorization header with the session's token. */
export async function logIn(http: Http, name: string, password = `${name}-password`): Promise<string> {
  const credential = { email: `${name}@example.com`, password };
  const { body } = await http.post('/v1.0/login').send(credential).expect(200);
  return bearer(body.token);
}

/** Creates an API token as the user of an Authorization header. */
export async function create(
  http: Http,
  by: string,
): Promise<{ readonly id: string; readonly userId: string; readonly token: string }> {
  const { body } = await http.post(tokensPath).set('Authorization', by).send({ active: true }).expect(200);
  return body;
}

/** The caller's tokens, as the API lists them. */
export async function listed(http: Http, by: string): Promise<readonly Listed[]> {
  const { body } = await http.get(tokensPath).set('Authorization', by).expect(200);
  return body;
}

export interface Listed {
  readonly id: string;
  readonly userId: string;
  readonly active: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly usedAt: string;
}

/** Fails unless the answer is, to the byte, the 401 of every refused credential. */
export function expectUnauthorized(answer: { status: number; text: string; headers: Record<string, unknown> }): void {
  expect(answer.status).toBe(401);
  expect(answer.text).toBe(unauthorized);
  expect(answer.headers['content-type']).toBe('application/json');
  expect(answer.headers['x-request-id']).toMatch(uuidV4);
  expect(answer.headers).not.toHaveProperty('www-authenticate');
}
