import type { FastifyRequest } from 'fastify';
import { fail } from '../../core/errors.ts';
import type { Resource } from '../../core/resource-store.ts';
import { emailMeant, findUser, type User } from './accounts/users/users.ts';
import { grants } from './roles/actions.ts';
import { actionsOf } from './roles/roles.ts';
import { checkPresentation } from './wire/credentials.ts';

/** Who a request acts as, and what for. */
export interface Principal {
  readonly user: Resource<User>;
  /** Whether both the owner's roles and the role of the key grant an action. */
  may(action: string): boolean;
}

/**
 * Loads the key's owner and checks the action that the route requires. A key without its owner is no key.
 * FIDELITY: Authorisation.
 */
export async function authorise(request: FastifyRequest, requires: string | undefined): Promise<void> {
  checkPresentation(request);
  const principal = await loadPrincipal(request);
  if (requires !== undefined) demand(principal, requires);
  request.setDecorator<Principal>('principal', principal);
}

/** Who the key that authenticated the request acts as. */
export function principalOf(request: FastifyRequest): Principal {
  return request.getDecorator<Principal>('principal');
}

/** For paths to somebody's keys: other people's are an administrator's, before anything is said about them. */
export async function guardOthers(request: FastifyRequest): Promise<void> {
  const { params, apiKey } = request;
  const user = typeof params === 'object' && params !== null && 'user' in params ? String(params.user) : 'self';
  if (emailMeant(user, apiKey) !== apiKey.owner) demand(principalOf(request), 'ALL_GLOBAL_ACTIONS');
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
