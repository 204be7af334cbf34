import type { FastifyRequest } from 'fastify';
import type { ApiKey } from '../../core/api-key.ts';
import { goOn, type MaybePromise } from '../../core/at-once.ts';
import { fail } from '../../core/errors.ts';
import { type Bearer, Principals } from '../../core/principals.ts';
import type { Resource, ResourceStore } from '../../core/resource-store.ts';
import { demand } from '../../http/demand.ts';
import { WireError } from '../../provider/provider.ts';
import { isInfraAdmin, type User, users } from './accounts/users/users.ts';
import { isTooEarly } from './keys/jwt.ts';
import { tokenTypeOf } from './keys/token-types.ts';
import { recordNotFound } from './wire/errors.ts';

/**
 * Reads `Authorization: Bearer <token>`: the scheme is case-sensitive, blanks follow, and all the rest is the token. Throws
 * credential_missing or credential_malformed. FIDELITY: Authentication.
 */
export function readCredential(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (authorization === undefined) fail('credential_missing', null);
  const [, token] = /^Bearer[\t ]+(.+)$/.exec(authorization) ?? [];
  return token ?? fail('credential_malformed', { problem: 'no bearer token' });
}

/**
 * Loads the key's user as it is now, so that a change of role acts at once, and checks what the route requires. Throws
 * key_unknown where the real server answers 401, permission_denied, or the WireError of an exchange. FIDELITY: Authentication.
 */
export function authorise(request: FastifyRequest, requires: string | undefined): MaybePromise<void> {
  if (isTooEarly(request.now)) fail('key_unknown', null);
  return goOn(owners.of(request.resources, request.apiKey), (user) => {
    if (user !== undefined) request.setDecorator<Resource<User>>('principal', user);
    if (requires === 'default token' || requires === 'short token') return checkExchange(request.apiKey, user, requires);
    // A short token names no tenant: only the exchange for a long one accepts it.
    if (user === undefined || tokenTypeOf(request.apiKey) === 'short') return fail('key_unknown', null);
    if (requires === 'infra admin') demandInfraAdmin(request, 'RBAC/userID');
    // A requirement without a rule is met by nobody.
    else if (requires !== undefined) demand(request, { kind: 'role', required: requires, granted: false });
  });
}

/** The real server looks up the user first and checks the type of the token after it. FIDELITY: Exchange of log-in tokens. */
function checkExchange(key: ApiKey, user: Resource<User> | undefined, required: 'default token' | 'short token'): void {
  if (user === undefined) throw new WireError(recordNotFound(String(key.attributes['email'] ?? key.owner)));
  if (`${tokenTypeOf(key)} token` !== required) fail('permission_denied', { required: 'No permission' });
}

/**
 * Finds the user by the token's e-mail, as the real server does, or by the key's owner when the token has no e-mail. Undefined
 * unless it is the owner, in the key's tenant.
 */
function findOwner(resources: ResourceStore, { owner, tenant, attributes }: Bearer): MaybePromise<Resource<User> | undefined> {
  const { email } = attributes;
  const found = typeof email === 'string' ? resources.getByName(users, email) : resources.get(users, owner);
  return goOn(found, (user) => (user?.id === owner && user.tenant === tenant ? user : undefined));
}

const owners = new Principals(findOwner);

/** The user whose token authenticated the request, as `authorise` loaded it. */
export function userOf(request: FastifyRequest): Resource<User> {
  return request.getDecorator<Resource<User>>('principal');
}

/** Demands that the user is an infra admin; `required` is the real server's word for the permission. */
export function demandInfraAdmin(request: FastifyRequest, required: string): void {
  demand(request, { kind: 'role', required, granted: isInfraAdmin(userOf(request)) });
}
