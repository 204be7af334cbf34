import type { Response } from 'supertest';
import { expect } from 'vitest';
import type { Resource } from '../../../src/core/resource-store.ts';
import { type User, userId } from '../../../src/providers/rockset/accounts/users/users.ts';
import { epoch } from '../emulator.ts';

/** Secrets of the built-in seed. */
export const secrets = {
  admin: 'admin0LatchkeySeed0000000000000000000000000000000000000000000000',
  member: 'member0LatchkeySeed000000000000000000000000000000000000000000000',
  reader: 'reader0LatchkeySeed000000000000000000000000000000000000000000000',
};

/** `Authorization` headers with these secrets. */
export const admin = apiKey(secrets.admin);
export const member = apiKey(secrets.member);
export const reader = apiKey(secrets.reader);

/** The path of one's own keys. */
export const ownKeys = '/v1/orgs/self/users/self/apikeys';

export function apiKey(secret: string): string {
  return `ApiKey ${secret}`;
}

/** The path of the keys of a user, or of one of them. */
export function keysOf(user: string, name?: string): string {
  return `/v1/orgs/self/users/${user}/apikeys${name === undefined ? '' : `/${name}`}`;
}

/** The path of the users of the organization, or of one of them. */
export function usersPath(user?: string): string {
  return `/v1/orgs/self/users${user === undefined ? '' : `/${user}`}`;
}

/** The path of the roles of the organization, or of one of them. */
export function rolesPath(name?: string): string {
  return `/v1/orgs/self/roles${name === undefined ? '' : `/${name}`}`;
}

/** The message for a principal that lacks a permission. */
export const forbidden = 'Not authorized to perform this action';

const traceId = /"trace_id":"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"/;

/** Compares a whole error answer byte by byte, except for its trace id, which must be a random UUID. */
export function expectError(answer: Response, status: number, type: string, message: string, messageKey: string | null = null) {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/json');
  expect(answer.text.replace(traceId, '"trace_id":"v4"')).toBe(
    JSON.stringify({
      message,
      message_key: messageKey,
      type,
      line: null,
      column: null,
      trace_id: 'v4',
      error_id: null,
      query_id: null,
      internal_errors: null,
    }),
  );
}

/** A user with a pending invitation and without keys. */
export function invitedUser(email: string, tenant = 'acme'): Resource<User> {
  const data: User = {
    email,
    first_name: null,
    last_name: null,
    phone_number: null,
    roles: ['admin'],
    state: 'NEW',
    invite_state: 'PENDING',
    invited_by: null,
  };
  return { id: userId(tenant, email), tenant, name: null, createdAt: epoch, data };
}

/** Compares a whole answer to a credential that is not accepted: the published words, whatever is wrong with it. */
export function expectRefused(answer: Response) {
  expectError(answer, 401, 'AUTHEXCEPTION', 'Authentication Failure');
}
