import type { FastifyRequest } from 'fastify';
import { revokeKey } from '../../../core/api-key.ts';
import { goOn, type MaybePromise } from '../../../core/at-once.ts';
import type { Resource } from '../../../core/resource-store.ts';
import { type User, users } from '../accounts/users/users.ts';

/**
 * Revokes the tokens of a user that was deleted during this request, after it was read: the deletion revoked those that the
 * user had, but came too early for the one issued here. Reads the user again for that. Returns whether the user is gone.
 * FIDELITY: Users.
 */
export function revokeOrphans(
  { resources, keys, now }: Pick<FastifyRequest, 'resources' | 'keys' | 'now'>,
  { id, tenant }: Resource<User>,
): MaybePromise<boolean> {
  return goOn(resources.get(users, id), (found) => {
    if (found?.tenant === tenant) return false;
    return keys.changeAll({ tenant, owner: id }, (key) => revokeKey(key, now)).then(() => true);
  });
}
