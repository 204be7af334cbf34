import { type Instant, toIsoSeconds } from '../../../clock.ts';
import { type ResourceStore, resourceKind } from '../../../core/resource-store.ts';
import { type ErrorReply, WireError } from '../../../provider/provider.ts';
import type { RocksetProfile } from '../profiles.ts';
import { notFound } from '../wire/errors.ts';
import type { Privilege } from './actions.ts';
import { builtInActions, builtInRoles } from './built-in-roles.ts';
import type { RoleView } from './schemas.ts';

/** A role as the wire shows it; when a custom one was made is in its resource. */
export interface Role {
  readonly role_name: string;
  readonly description: string | null;
  readonly owner_email: string | null;
  readonly created_by: string | null;
  readonly privileges: readonly Privilege[];
}

/** Custom roles. The built-in ones are no resources: nobody can change them. */
export const roles = resourceKind<Role>('role');

/** A role's name is unique in its organization alone, so its resource's id names both. */
export function roleId(tenant: string, name: string): string {
  return `${tenant}/${name}`;
}

/** A role of an organization, with the instant at which it was made; null for a built-in one. */
export async function findRole(
  resources: Pick<ResourceStore, 'get'>,
  tenant: string,
  name: string,
): Promise<{ readonly data: Role; readonly createdAt: Instant | null } | undefined> {
  const role = builtInRoles.get(name);
  if (role !== undefined) return { data: role, createdAt: null };
  return resources.get(roles, roleId(tenant, name));
}

/** Makes sure that roles are there. Throws the 404 for the first one that is not. */
export async function demandRoles(
  resources: Pick<ResourceStore, 'get'>,
  tenant: string,
  names: readonly string[],
): Promise<void> {
  const found = await Promise.all(names.map((name) => findRole(resources, tenant, name)));
  const missing = names.find((_, index) => found[index] === undefined);
  if (missing !== undefined) throw new WireError(roleNotFound(missing));
}

/** Recorded for reading a role, to the letter. */
export function roleNotFound(name: string): ErrorReply {
  return notFound(`Role "${name}" not found`, 'ROLE_NOT_FOUND_NAME');
}

/** The actions that some roles grant together. A role that is gone grants nothing. FIDELITY: Authorisation. */
export async function actionsOf(
  resources: ResourceStore,
  tenant: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const [only, ...more] = names;
  const ofOnly = more.length === 0 && only !== undefined ? builtInActions.get(only) : undefined;
  if (ofOnly !== undefined) return ofOnly;
  const found = await Promise.all(names.map((name) => findRole(resources, tenant, name)));
  return new Set(found.flatMap((role) => role?.data.privileges.map(({ action }) => action) ?? []));
}

/** A role as an era shows it: the built-in ones have only the actions that there were. */
export function toRoleView(role: Role, createdAt: Instant | null, { laterActions }: RocksetProfile): RoleView {
  const isBuiltIn = createdAt === null;
  return {
    ...role,
    privileges: role.privileges.filter(({ action }) => !isBuiltIn || !laterActions.has(action)),
    created_at: isBuiltIn ? null : toIsoSeconds(createdAt),
  };
}
