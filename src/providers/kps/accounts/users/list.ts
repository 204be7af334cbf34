import type { Resource } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { brokenRule } from '../../wire/errors.ts';
import { onlyInteger, type Query, valuesOf } from '../../wire/query.ts';
import type { UserListPayload } from './schemas.ts';
import { maySee, type User } from './users.ts';
import { toUserView } from './views.ts';

/** The page that is as good as everything, and the default. */
const mostRows = 200_000;

const orderByKeys = ['id', 'version', 'created_at', 'updated_at', 'name', 'email', 'role'];

/**
 * A page of a tenant's users as the caller may see them: an infra admin all, others themselves, though everybody is counted.
 * Throws the 400 of an unknown `orderBy`. FIDELITY: Users.
 */
export function toUserList(everybody: readonly Resource<User>[], caller: Resource<User>, query: Query): UserListPayload {
  const pageIndex = onlyInteger(query, 'pageIndex') ?? 0;
  const pageSize = onlyInteger(query, 'pageSize') ?? mostRows;
  const orderBy = readOrder(valuesOf(query, 'orderBy'));
  const size = pageSize > 0 ? pageSize : mostRows;
  // The page starts at an id, whatever the order is said to be, and holds what follows that id.
  const sorted = everybody.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const first = sorted[Math.max(pageIndex, 0) * size];
  const shown = first === undefined ? [] : sorted.filter((user) => user.id >= first.id && maySee(caller, user)).slice(0, size);
  return {
    pageIndex,
    pageSize,
    totalCount: everybody.length,
    ...(orderBy !== '' && { orderBy }),
    orderByKeys,
    result: shown.map(toUserView),
  };
}

/** The order as it is echoed: `name desc, id`. */
function readOrder(terms: readonly string[]): string {
  for (const term of terms) {
    const [key = ''] = term.trim().split(/\s+/);
    if (key !== '' && !orderByKeys.includes(key.toLowerCase()))
      throw new WireError(brokenRule(`Unsupported orderBy key: ${key}`));
  }
  return terms.join(', ');
}
