import type { FastifyReply, FastifyRequest } from 'fastify';
import { goOn, type MaybePromise } from '../../core/at-once.ts';
import { fail } from '../../core/errors.ts';
import { type Bearer, Principals } from '../../core/principals.ts';
import type { Resource, ResourceStore } from '../../core/resource-store.ts';
import { wordsOf } from '../../http/blanks.ts';
import { demand } from '../../http/demand.ts';
import { emailOfPath, findUser, type User } from './accounts/users/users.ts';
import { grants } from './roles/actions.ts';
import { actionsOf } from './roles/role-lookup.ts';
import { isBearer, organizationOfHeader } from './wire/credentials.ts';

/** The user that a request acts as, and what it may do. */
export interface Principal {
  readonly user: Resource<User>;
  /** Whether both the roles of the user and the role of the key allow an action. */
  may(action: string): boolean;
}

/**
 * Reads the secret from `Authorization: ApiKey <key>`; the scheme may be in any case, since half of the clients write
 * `apikey`. An id token comes as `Bearer <token>`, with a header that names its organization. Throws credential_missing or
 * credential_malformed. FIDELITY: Authentication.
 */
export function readCredential(request: FastifyRequest): string {
  const [scheme, secret, ...more] = wordsOf(request.headers.authorization ?? '');
  if (scheme === undefined) fail('credential_missing', null);
  if (isBearer(request) && organizationOfHeader(request) === undefined) {
    fail('credential_malformed', { problem: 'organization' });
  }
  if (!/^(apikey|bearer)$/i.test(scheme) || secret === undefined || more.length > 0) {
    fail('credential_malformed', { problem: 'scheme' });
  }
  return secret;
}

/**
 * Loads the owner of the accepted key and checks the action that the route requires. Throws key_unknown for a key whose owner does
 * not exist any more, and permission_denied. FIDELITY: Authorisation.
 */
export function authorise(request: FastifyRequest, requires: string | undefined): MaybePromise<void> {
  return goOn(principals.of(request.resources, request.apiKey), (principal) => {
    if (principal === undefined) fail('key_unknown', null);
    if (requires !== undefined) demand(request, { kind: 'role', required: requires, granted: principal.may(requires) });
    request.setDecorator<Principal>('principal', principal);
  });
}

const principals = new Principals(readPrincipal);

/** The owner of a key, with what both their roles and the role of the key allow. */
async function readPrincipal(resources: ResourceStore, { tenant, owner, grants: { roles: lent } }: Bearer) {
  const user = await findUser(resources, tenant, owner);
  if (user === undefined) return undefined;
  const ofUser = await actionsOf(resources, tenant, user.data.roles);
  // A key without a role has all the roles of its owner.
  const ofKey = lent === undefined ? ofUser : await actionsOf(resources, tenant, lent);
  return { user, may: (action: string) => grants(ofUser, action) && grants(ofKey, action) };
}

/** The user that the key of an accepted request acts as. */
export function principalOf(request: FastifyRequest): Principal {
  return request.getDecorator<Principal>('principal');
}

/**
 * For paths to the keys of a user: only an administrator may use those of another user, and this is checked before anything
 * is said about that user. Throws permission_denied.
 */
export function guardOtherUsers(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const { params, apiKey } = request;
  const user = typeof params === 'object' && params !== null && 'user' in params ? String(params.user) : 'self';
  if (emailOfPath(user, apiKey) !== apiKey.owner) {
    const required = 'ALL_GLOBAL_ACTIONS';
    demand(request, { kind: 'owner', required, granted: principalOf(request).may(required) });
  }
  done();
}

/**
 * Checks that a key came in the way of its kind: an id token as the bearer token of its own organization, an API key not as
 * a bearer token. Throws credential_malformed. FIDELITY: Authentication.
 */
export function checkPresentation(request: FastifyRequest): void {
  const { kind, tenant } = request.apiKey;
  if (isBearer(request) !== (kind === 'session')) fail('credential_malformed', { problem: 'kind' });
  if (kind === 'session' && organizationOfHeader(request) !== tenant) {
    fail('credential_malformed', { problem: 'organization' });
  }
}
