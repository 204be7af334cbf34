import type { FastifyRequest } from 'fastify';
import { fail } from '../../core/errors.ts';
import type { Resource } from '../../core/resource-store.ts';
import { WireError } from '../../http/provider.ts';
import { unauthorized } from './errors.ts';
import { isTooEarly } from './jwt.ts';
import { isInfraAdmin, type User, users } from './users.ts';

/** Reads `Authorization: Bearer <token>`: the scheme case-sensitive, then blanks; the rest, whatever it is, is the token. */
export function readCredential(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (authorization === undefined) fail('credential_missing', null);
  const [, token] = /^Bearer[\t ]+(.+)$/.exec(authorization) ?? [];
  return token ?? fail('credential_malformed', { problem: 'no bearer token' });
}

/** Loads the key's user as he is now, so that a change of role acts at once. Throws the 401 of every refusal. FIDELITY: auth. */
export async function authorise(request: FastifyRequest): Promise<void> {
  const user = await findUser(request);
  if (user === undefined || isTooEarly(request.now)) throw new WireError(unauthorized);
  request.setDecorator<Resource<User>>('principal', user);
  if (request.routeOptions.config.requires === 'infra admin' && !isInfraAdmin(user)) {
    fail('permission_denied', { required: 'RBAC/userID' });
  }
}

/** By the token's e-mail, as the real server does; by its owner where it has none. Never anybody but the owner, in his tenant. */
async function findUser({ apiKey, resources }: FastifyRequest): Promise<Resource<User> | undefined> {
  const { owner, tenant, attributes } = apiKey;
  const { email } = attributes;
  const user = await (typeof email === 'string' ? resources.getByName(users, email) : resources.get(users, owner));
  return user?.id === owner && user.tenant === tenant ? user : undefined;
}

/** The user whose token authenticated the request. */
export function userOf(request: FastifyRequest): Resource<User> {
  return request.getDecorator<Resource<User>>('principal');
}
