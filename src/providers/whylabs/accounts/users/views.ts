import type { Resource } from '../../../../core/resource-store.ts';
import type { User as UserView } from './schemas.ts';
import type { User } from './users.ts';

/** A user as in every answer. Absent preferences are omitted. */
export function toUserView({ id, data: { email, preferences } }: Resource<User>): UserView {
  return { userId: id, email, ...(preferences !== null && { preferences }) };
}
