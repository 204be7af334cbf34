import type { FastifyRequest } from 'fastify';
import { revokeKey } from '../../../core/api-key.ts';
import type { Resource } from '../../../core/resource-store.ts';
import { type User, users } from '../accounts/users/users.ts';

/**
 * Revokes the tokens of a user that was deleted during this request, after it was read: the deletion revoked those that the
 * user had, but came too early for the one issued here. Reads the user again for that. Returns whether the user is gone.
 * FIDELITY: Users.
 */
export async function revokeOrphans(
  { resources, keys, now }: Pick<FastifyRequest, 'resources' | 'keys' | 'now'>,
  { id, tenant }: Resource<User>,
): Promise<boolean> {
  const found = await resources.get(users, id);
  if (found?.tenant === tenant) return false;
  await keys.changeAll({ tenant, owner: id }, (key) => revokeKey(key, now));
  return true;
}
