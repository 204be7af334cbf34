import type { FastifyRequest } from 'fastify';
import type { Resource } from '../../../core/resource-store.ts';
import { WireError } from '../../../provider/provider.ts';
import { alreadyExists, invalidInput } from '../wire/errors.ts';
import { type Privilege, toPrivilege } from './actions.ts';
import { builtInRoles } from './built-in-roles.ts';
import { type Role, roleId, roleNotFound, roles } from './roles.ts';
import type { CreateRoleRequest, UpdateRoleRequest } from './schemas.ts';

/** Adds a role to the organization, owned by the principal. Throws the 400 for a blank name and for a name that is taken. */
export async function createRole(
  { resources, apiKey, now }: FastifyRequest,
  { role_name, description = null, privileges }: CreateRoleRequest,
): Promise<Resource<Role>> {
  const { tenant, owner } = apiKey;
  if (role_name.trim() === '') throw new WireError(invalidInput('role_name must not be blank'));
  const id = roleId(tenant, role_name);
  const taken = new WireError(alreadyExists(`Role "${role_name}" already exists`));
  if (builtInRoles.has(role_name)) throw taken;
  const data = { role_name, description, owner_email: owner, created_by: owner, privileges: readPrivileges(privileges) };
  return resources.insert(roles, (existing) => {
    if (existing.some((role) => role.id === id)) throw taken;
    return { id, tenant, name: null, createdAt: now, data };
  });
}

/** Replaces the fields that are sent; a field that is left out or null stays. Throws the 404 for an unknown role, the 400 for a built-in one. */
export async function updateRole(
  { resources, apiKey }: FastifyRequest,
  name: string,
  { description, privileges }: UpdateRoleRequest,
): Promise<Resource<Role>> {
  refuseBuiltIn(name);
  const changed = await resources.change(roles, roleId(apiKey.tenant, name), (role) => ({
    ...role,
    ...(description != null && { description }),
    ...(privileges != null && { privileges: readPrivileges(privileges) }),
  }));
  if (changed === undefined) throw new WireError(roleNotFound(name));
  return changed;
}

/** Deletes a role and gives it as it was. Keys that have this role stay. Throws the same errors as `updateRole`. */
export async function deleteRole({ resources, apiKey }: FastifyRequest, name: string): Promise<Resource<Role>> {
  refuseBuiltIn(name);
  const id = roleId(apiKey.tenant, name);
  const role = await resources.get(roles, id);
  if (role === undefined || !(await resources.remove(roles, id))) throw new WireError(roleNotFound(name));
  return role;
}

function refuseBuiltIn(name: string): void {
  if (builtInRoles.has(name)) throw new WireError(invalidInput(`The default role "${name}" cannot be changed`));
}

function readPrivileges(sent: CreateRoleRequest['privileges']): Privilege[] {
  return (sent ?? []).map(({ action, resource_name, cluster }) => toPrivilege(action, resource_name, cluster));
}
