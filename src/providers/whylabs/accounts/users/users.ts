import { hash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { FastifyRequest } from 'fastify';
import { fail } from '../../../../core/errors.ts';
import { type Resource, resourceKind } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { handledError, notFound } from '../../wire/errors.ts';

/** A user. Its id is the id and the tenant of its resource. Memberships make users belong to organisations. */
export interface User {
  /** Not the name of the resource, because it is not unique: an update does not check whether another user has it. */
  readonly email: string;
  /** JSON in a string, which only the dashboard reads. */
  readonly preferences: string | null;
}

export const users = resourceKind<User>('user');

/** The real server appends it to an address and hashes both into the id of the user. FIDELITY: Users. */
const salt = 'f36e6cbe-5c10-417c-ba69-0d9bcd16439e';

/** The id of a user created with an address: a hash written as a number, and so without leading zeros. */
export function userIdOf(email: string): string {
  const digits = BigInt(`0x${hash('sha256', `${email}${salt}`, 'hex')}`).toString(16);
  return `user-${digits.padStart(32, '0')}`;
}

/** A user by id. Throws the real server's 404, which names an empty domain because no address was sent. */
export async function userOf(request: FastifyRequest, id: string): Promise<Resource<User>> {
  return (await request.resources.get(users, id)) ?? refuseMissingUser(request, notFound('User', id), '');
}

/** A user by address, in any case. Throws the real server's 404. */
export async function userByEmail(request: FastifyRequest, email: string): Promise<Resource<User>> {
  return (await findUser(request, email)) ?? refuseMissingUser(request, 'Resource User.', domainOf(email));
}

/** A user by address, in any case; undefined if there is none. */
export async function findUser({ resources }: FastifyRequest, email: string): Promise<Resource<User> | undefined> {
  const wanted = email.toLowerCase();
  return (await resources.list(users)).find((user) => user.data.email === wanted);
}

/** The text after the last `@` of an address, or the whole of it without one. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}

/**
 * Stores a new user. Throws request_malformed if a user has the address, then whatever `check` throws, then
 * request_malformed if a user was created with the address.
 */
export function createUser(request: FastifyRequest, sent: string, check: (email: string) => void = () => {}) {
  const email = sent.toLowerCase();
  const id = userIdOf(email);
  return request.resources.insert(users, (existing) => {
    if (existing.some((user) => user.data.email === email)) refuseTaken();
    check(email);
    if (existing.some((user) => user.id === id)) {
      fail('request_malformed', { problem: `Item with key USER#${id} already exists` });
    }
    return { id, tenant: id, name: null, createdAt: request.now, data: { email, preferences: null } };
  });
}

/** Throws request_malformed for an address that a user has. */
export function refuseTaken(): never {
  return fail('request_malformed', { problem: 'Email already exists.' });
}

const localPart = /^[^\s\p{Cc}()<>@,;:\\".[\]]+(\.[^\s\p{Cc}()<>@,;:\\".[\]]+)*$/u;
// A top-level domain of one letter passes, as in the documented example `a@b.c`.
const domainName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{1,63}|xn--[a-z0-9-]{1,59})$/;

/** Throws the real server's 400 for a text that does not have the form of an address. FIDELITY: Users. */
export function refuseBadAddress(request: FastifyRequest, email: string): void {
  const mark = email.lastIndexOf('@');
  const local = email.slice(0, Math.max(mark, 0));
  if (local.length <= 64 && localPart.test(local) && domainName.test(domainToASCII(domainOf(email)))) return;
  const message = `Invalid email address format: ${email}. Only a single email is allowed.`;
  throw new WireError(handledError(request, 400, 'ArgumentValue', message, { parameter: 'email' }));
}

function refuseMissingUser(request: FastifyRequest, what: string, domain: string): never {
  const message = `${what} Additional information: User's email domain: ${domain}`;
  throw new WireError(handledError(request, 404, 'UserNotFound', message));
}
