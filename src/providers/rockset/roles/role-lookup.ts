import type { Instant } from '../../../clock.ts';
import type { ResourceStore } from '../../../core/resource-store.ts';
import { WireError } from '../../../provider/provider.ts';
import { grants } from './actions.ts';
import { builtInActions, builtInRoles } from './built-in-roles.ts';
import { type Role, roleId, roleNotFound, roles } from './roles.ts';

/** A role of an organization and the instant of its creation, which is null for a built-in role. */
export async function findRole(
  resources: Pick<ResourceStore, 'get'>,
  tenant: string,
  name: string,
): Promise<{ readonly data: Role; readonly createdAt: Instant | null } | undefined> {
  const role = builtInRoles.get(name);
  if (role !== undefined) return { data: role, createdAt: null };
  return resources.get(roles, roleId(tenant, name));
}

/** Checks that roles exist. Throws the 404 for the first one that does not. */
export async function demandRoles(
  resources: Pick<ResourceStore, 'get'>,
  tenant: string,
  names: readonly string[],
): Promise<void> {
  const found = await Promise.all(names.map((name) => findRole(resources, tenant, name)));
  const missing = names.find((_, index) => found[index] === undefined);
  if (missing !== undefined) throw new WireError(roleNotFound(missing));
}

/** The actions that some roles allow together. A role that does not exist any more allows nothing. FIDELITY: Authorisation. */
export async function actionsOf(
  resources: ResourceStore,
  tenant: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await Promise.all(names.map((name) => findRole(resources, tenant, name)));
  return new Set(found.flatMap((role) => role?.data.privileges.map(({ action }) => action) ?? []));
}

/** Which built-in roles allow an action, in words; undefined for a text that is no action. */
export function grantedBy(action: string): string | undefined {
  const allowing = [...builtInActions].filter(([, held]) => grants(held, action)).map(([name]) => name);
  return allowing.length === 0 ? undefined : `a role with that action (built in: ${allowing.join(', ')})`;
}
