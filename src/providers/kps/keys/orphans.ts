import type { FastifyRequest } from 'fastify';
import { revokeKey } from '../../../core/api-key.ts';
import type { Resource } from '../../../core/resource-store.ts';
import { type User, users } from '../accounts/users/users.ts';

/**
 * Revokes the tokens of a user who went since he was looked up: users take their tokens along when they go, and his
 * newest was made too late for that. Tells whether he went. FIDELITY: Users.
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
