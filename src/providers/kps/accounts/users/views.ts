import { toTrimmedIso } from '../../../../clock.ts';
import type { Resource } from '../../../../core/resource-store.ts';
import type { UserView } from './schemas.ts';
import type { User } from './users.ts';

/** A user as the API shows him. */
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
