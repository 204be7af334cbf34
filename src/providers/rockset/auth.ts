import type { FastifyRequest } from 'fastify';
import { fail } from '../../core/errors.ts';
import type { Resource } from '../../core/resource-store.ts';
import { actionsOf, grants } from './roles.ts';
import { emailMeant, findUser, type User } from './users.ts';

/** Who a request acts as, and what for. */
export interface Principal {
  readonly user: Resource<User>;
  /** Whether both the owner's roles and the role of the key grant an action. */
  may(action: string): boolean;
}

/**
 * Reads `Authorization: ApiKey <key>`, the scheme in any case: half of the clients write `apikey`.
 * An id token (`Bearer`) is refused: none is ever handed out here. FIDELITY: authentication.
 */
export function readCredential(request: FastifyRequest): string {
  const header = request.headers.authorization?.trim() ?? '';
  if (header === '') fail('credential_missing', null);
  const [scheme = '', secret, ...more] = header.split(/\s+/);
  if (scheme.toLowerCase() === 'bearer') fail('credential_malformed', { problem: 'bearer' });
  if (scheme.toLowerCase() !== 'apikey' || secret === undefined || more.length > 0) {
    fail('credential_malformed', { problem: 'scheme' });
  }
  return secret;
}

/**
 * Loads the key's owner and checks the action that the route requires, and for a path that names another user, that the
 * key is an administrator's. A key without its owner is no key. FIDELITY: authorisation.
 */
export async function authorise(request: FastifyRequest): Promise<void> {
  const principal = await loadPrincipal(request);
  const { requires } = request.routeOptions.config;
  if (requires !== undefined) demand(principal, requires);
  if (namesAnother(request)) demand(principal, 'ALL_GLOBAL_ACTIONS');
  request.setDecorator<Principal>('principal', principal);
}

/** Who the key that authenticated the request acts as. */
export function principalOf(request: FastifyRequest): Principal {
  return request.getDecorator<Principal>('principal');
}

async function loadPrincipal({ apiKey, resources }: FastifyRequest): Promise<Principal> {
  const { tenant, owner } = apiKey;
  const user = await findUser(resources, tenant, owner);
  if (user === undefined) fail('key_unknown', null);
  const held = await actionsOf(resources, tenant, user.data.roles);
  const lent = apiKey.grants.roles === undefined ? held : await actionsOf(resources, tenant, apiKey.grants.roles);
  return { user, may: (action) => grants(held, action) && grants(lent, action) };
}

function demand(principal: Principal, action: string): void {
  if (!principal.may(action)) fail('permission_denied', { required: action });
}

/** Whether the path has a `{user}` that is not the key's owner. */
function namesAnother({ params, apiKey }: FastifyRequest): boolean {
  if (typeof params !== 'object' || params === null || !('user' in params)) return false;
  return emailMeant(String(params.user), apiKey) !== apiKey.owner;
}
