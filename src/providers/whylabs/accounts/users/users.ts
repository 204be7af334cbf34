import { hash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { FastifyRequest } from 'fastify';
import { fail } from '../../../../core/errors.ts';
import { type Resource, resourceKind } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { handledError, notFound } from '../../wire/errors.ts';
import type { User as UserView } from '../organizations/account-schemas.ts';

/** A user; its resource has the user's id as id and as tenant. Users belong to organisations by memberships. */
export interface User {
  /** Two users can have the same: an update does not look whether somebody has it. So it is no name of the resource. */
  readonly email: string;
  /** JSON in a text, which only the dashboard understands. */
  readonly preferences: string | null;
}

export const users = resourceKind<User>('user');

/** What the real server adds to an address before it hashes it into the id of a user. */
const salt = 'f36e6cbe-5c10-417c-ba69-0d9bcd16439e';

/** The id of the user who is created with an address: a hash as a number, so that zeros at its front are left out. */
export function userIdOf(email: string): string {
  const digits = BigInt(`0x${hash('sha256', `${email}${salt}`, 'hex')}`).toString(16);
  return `user-${digits.padStart(32, '0')}`;
}

/** A user by id. Throws the real server's 404, in which the address is missing that it would name the domain of. */
export async function userOf(request: FastifyRequest, id: string): Promise<Resource<User>> {
  return (await request.resources.get(users, id)) ?? refuseMissingUser(request, notFound('User', id), '');
}

/** A user by address, however it is capitalised. Throws the real server's 404. */
export async function userByEmail(request: FastifyRequest, email: string): Promise<Resource<User>> {
  return (await findUser(request, email)) ?? refuseMissingUser(request, 'Resource User.', domainOf(email));
}

/** The same, undefined when there is none. */
export async function findUser({ resources }: FastifyRequest, email: string): Promise<Resource<User> | undefined> {
  const wanted = email.toLowerCase();
  return (await resources.list(users)).find((user) => user.data.email === wanted);
}

/** What follows the last `@` of an address: the whole of what has none. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}

/**
 * Stores a new user. Throws request_malformed where somebody has the address, or was created with it; what `check` throws
 * comes out between the two.
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

export function refuseTaken(): never {
  return fail('request_malformed', { problem: 'Email already exists.' });
}

export function toUserView({ id, data: { email, preferences } }: Resource<User>): UserView {
  return { userId: id, email, ...(preferences !== null && { preferences }) };
}

const localPart = /^[^\s\p{Cc}()<>@,;:\\".[\]]+(\.[^\s\p{Cc}()<>@,;:\\".[\]]+)*$/u;
// A domain of one letter passes: the documented example is `a@b.c`.
const domainName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{1,63}|xn--[a-z0-9-]{1,59})$/;

/** Refuses what is no address, as far as its form tells. Throws the real server's 400. FIDELITY: Users. */
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
