import { toTrimmedIso } from '../../../../clock.ts';
import type { Resource } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { brokenRule } from '../../wire/errors.ts';
import { onlyInteger, type Query, valuesOf } from '../../wire/query.ts';
import type { UserListPayload, UserView } from './schemas.ts';
import { maySee, type User } from './users.ts';

/** A user as the API shows it. The version is the time of the last change in nanoseconds. */
export function toUserView({ id, tenant, createdAt, data }: Resource<User>): UserView {
  const { email, name, role, updatedAt } = data;
  return {
    id,
    version: updatedAt * 1_000_000,
    tenantId: tenant,
    createdAt: toTrimmedIso(createdAt),
    updatedAt: toTrimmedIso(updatedAt),
    email,
    name,
    password: mask(data.passwordHash),
    role,
  };
}

/** As long as a bcrypt hash, which the real server has there, with all but the last four characters masked. */
function mask(hash: string): string {
  return `${'*'.repeat(56)}${hash.slice(-4)}`;
}

/** The default size of a page, large enough for all users. */
const mostRows = 200_000;

const orderByKeys = ['id', 'version', 'created_at', 'updated_at', 'name', 'email', 'role'];

/**
 * A page of a tenant's users, with those that the caller may see: an infra admin sees all, other users only themselves. The
 * count includes all users. Throws the 400 of an unknown `orderBy`. FIDELITY: Users.
 */
export function toUserList(all: readonly Resource<User>[], caller: Resource<User>, query: Query): UserListPayload {
  const pageIndex = onlyInteger(query, 'pageIndex') ?? 0;
  const pageSize = onlyInteger(query, 'pageSize') ?? mostRows;
  const orderBy = readOrder(valuesOf(query, 'orderBy'));
  const size = pageSize > 0 ? pageSize : mostRows;
  // A page starts at an id and goes on in the order of ids, whatever `orderBy` says.
  const sorted = all.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const first = sorted[Math.max(pageIndex, 0) * size];
  const shown = first === undefined ? [] : sorted.filter((user) => user.id >= first.id && maySee(caller, user)).slice(0, size);
  return {
    pageIndex,
    pageSize,
    totalCount: all.length,
    ...(orderBy !== '' && { orderBy }),
    orderByKeys,
    result: shown.map(toUserView),
  };
}

/** The value of `orderBy` that the answer repeats: `name desc, id`. Throws the 400 of an unknown key. */
function readOrder(terms: readonly string[]): string {
  for (const term of terms) {
    const [key = ''] = term.trim().split(/\s+/);
    if (key !== '' && !orderByKeys.includes(key.toLowerCase()))
      throw new WireError(brokenRule(`Unsupported orderBy key: ${key}`));
  }
  return terms.join(', ');
}
