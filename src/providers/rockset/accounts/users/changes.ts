import type { FastifyRequest } from 'fastify';
import { revokeKey } from '../../../../core/api-key.ts';
import type { Resource } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { demandRoles } from '../../roles/role-lookup.ts';
import { alreadyExists, invalidInput, rocksetError } from '../../wire/errors.ts';
import type { CreateUserRequest, UpdateUserRequest } from './schemas.ts';
import { userOfPath } from './user-of-path.ts';
import { type User, userId, userNotFound, users } from './users.ts';

/**
 * Invites a user. Throws the 400 for a malformed address and for a user who is in the organization already, the 404 for an
 * unknown role, and the 500 that the real server gave to an invitation without a role (terraform resource_user.go).
 */
export async function inviteUser(request: FastifyRequest, sent: CreateUserRequest): Promise<Resource<User>> {
  const { resources, apiKey, now } = request;
  const { tenant, owner } = apiKey;
  const email = sent.email.toLowerCase();
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw new WireError(invalidInput('email must be an e-mail address'));
  const roles = sent.roles ?? [];
  if (roles.length === 0) throw new WireError(rocksetError(500, 'INTERNALERROR', 'No role is set'));
  await demandRoles(resources, tenant, roles);
  const data: User = {
    email,
    first_name: null,
    last_name: null,
    phone_number: null,
    roles,
    state: 'NEW',
    invite_state: 'PENDING',
    invited_by: owner,
  };
  const id = userId(tenant, email);
  return resources.insert(users, (existing) => {
    if (existing.some((user) => user.id === id)) throw new WireError(alreadyExists(`User "${email}" already exists`));
    return { id, tenant, name: null, createdAt: now, data };
  });
}

/**
 * Changes roles and names; a field that is left out or null stays as it is. Throws the 404 for an unknown user or role.
 * Recorded: names stay null as long as the invitation is pending.
 */
export async function updateUser(request: FastifyRequest, user: string, sent: UpdateUserRequest): Promise<Resource<User>> {
  const { resources, apiKey } = request;
  const { id } = await userOfPath(request, user);
  if (sent.roles != null) await demandRoles(resources, apiKey.tenant, sent.roles);
  const changed = await resources.change(users, id, (found) => ({
    ...found,
    roles: sent.roles ?? found.roles,
    ...(found.invite_state === 'ACCEPTED' && {
      first_name: sent.first_name ?? found.first_name,
      last_name: sent.last_name ?? found.last_name,
    }),
  }));
  if (changed === undefined) throw new WireError(userNotFound(user));
  return changed;
}

/** Deletes a user and revokes the user's keys and id tokens. Gives the user as it was. Throws the 404 for an unknown user. */
export async function deleteUser(request: FastifyRequest, user: string): Promise<Resource<User>> {
  const { resources, keys, now } = request;
  const found = await userOfPath(request, user);
  if (!(await resources.remove(users, found.id))) throw new WireError(userNotFound(user));
  await keys.changeAll({ tenant: found.tenant, owner: found.data.email }, (key) => revokeKey(key, now));
  return found;
}
