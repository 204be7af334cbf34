import { hash } from 'node:crypto';
import type { Resource } from '../../../core/resource-store.ts';
import type { SeedContext, SeedPath } from '../../../provider/seed/format.ts';
import { readInstant, reportRepeats } from '../../../provider/seed/keys.ts';
import type { Organization } from '../accounts/organizations/organizations.ts';
import { type User, userId } from '../accounts/users/users.ts';
import { toPrivilege } from '../roles/actions.ts';
import { builtInRoles } from '../roles/built-in-roles.ts';
import { type Role, roleId } from '../roles/roles.ts';
import { defaultOrganization, type SeedReferences } from './references.ts';
import type { SeedOrganization, SeedRole, SeedUser } from './schemas.ts';
import { plainOrganization } from './seeded-organizations.ts';

/** Reads the organizations of a seed. Reports a repeated id. */
export function readOrganizations(list: readonly SeedOrganization[], context: SeedContext): Resource<Organization>[] {
  reportRepeats(list, 'id', ['organizations'], context);
  return list.map((organization, index) => {
    const { id, displayName = id, companyName = displayName, edition = 'PREMIUM' } = organization;
    const { externalId = hash('sha256', id, 'hex'), createdAt } = organization;
    return {
      id,
      tenant: id,
      name: null,
      createdAt: readInstant(createdAt, ['organizations', index, 'createdAt'], context) ?? context.now,
      data: plainOrganization({ displayName, companyName, externalId, edition }),
    };
  });
}

/** Reads the custom roles of a seed. Reports unknown organizations, and names that are taken. */
export async function readRoles(
  list: readonly SeedRole[],
  references: SeedReferences,
  context: SeedContext,
): Promise<Resource<Role>[]> {
  const read: Resource<Role>[] = [];
  const taken = new Set<string>();
  for (const [index, { name, organization: tenant = defaultOrganization, ...role }] of list.entries()) {
    const path = ['roles', index];
    await checkOrganization(tenant, path, references, context);
    const id = roleId(tenant, name);
    if (builtInRoles.has(name) || taken.has(id)) {
      context.report([...path, 'name'], `${JSON.stringify(name)} already exists`);
    }
    taken.add(id);
    const { description = null, createdBy = null } = role;
    const privileges = role.privileges.map(({ action, resourceName, cluster }) => toPrivilege(action, resourceName, cluster));
    read.push({
      id,
      tenant,
      name: null,
      createdAt: readInstant(role.createdAt, [...path, 'createdAt'], context) ?? context.now,
      data: { role_name: name, description, owner_email: createdBy, created_by: createdBy, privileges },
    });
  }
  return read;
}

/** Reads the users of a seed. Reports unknown organizations and roles, and repeated addresses. */
export async function readUsers(
  list: readonly SeedUser[],
  references: SeedReferences,
  context: SeedContext,
): Promise<Resource<User>[]> {
  const read: Resource<User>[] = [];
  const taken = new Set<string>();
  for (const [index, user] of list.entries()) {
    const path = ['users', index];
    const tenant = user.organization ?? defaultOrganization;
    const roles = user.roles ?? ['member'];
    await checkOrganization(tenant, path, references, context);
    for (const [place, role] of roles.entries()) {
      if (!(await references.hasRole(tenant, role))) {
        context.report([...path, 'roles', place], `there is no role ${JSON.stringify(role)}`);
      }
    }
    const createdAt = readInstant(user.createdAt, [...path, 'createdAt'], context) ?? context.now;
    const data = userOf(user, roles);
    const id = userId(tenant, data.email);
    if (taken.has(id)) {
      context.report([...path, 'email'], `${JSON.stringify(user.email)} already exists`);
    }
    taken.add(id);
    read.push({ id, tenant, name: null, createdAt, data });
  }
  return read;
}

function userOf(user: SeedUser, roles: readonly string[]): User {
  const { inviteState = 'ACCEPTED', state = inviteState === 'PENDING' ? 'NEW' : 'ACTIVE' } = user;
  return {
    email: user.email.toLowerCase(),
    first_name: user.firstName ?? null,
    last_name: user.lastName ?? null,
    phone_number: user.phoneNumber ?? null,
    roles,
    state,
    invite_state: inviteState,
    invited_by: user.invitedBy ?? null,
  };
}

async function checkOrganization(id: string, path: SeedPath, references: SeedReferences, { report }: SeedContext): Promise<void> {
  if (await references.hasOrganization(id)) return;
  report([...path, 'organization'], `there is no organization ${JSON.stringify(id)}`);
}
