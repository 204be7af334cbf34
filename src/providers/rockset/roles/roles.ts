import { resourceKind } from '../../../core/resource-store.ts';
import type { ErrorReply } from '../../../provider/provider.ts';
import { notFound } from '../wire/errors.ts';
import type { Privilege } from './actions.ts';

/** A role as the wire shows it, without the instant of its creation, which a custom role has in its resource. */
export interface Role {
  readonly role_name: string;
  readonly description: string | null;
  readonly owner_email: string | null;
  readonly created_by: string | null;
  readonly privileges: readonly Privilege[];
}

/** Custom roles. Built-in roles are not stored, since they cannot change. */
export const roles = resourceKind<Role>('role');

/** The id of a role's resource: a name is unique only within its organization, so the id contains both. */
export function roleId(tenant: string, name: string): string {
  return `${tenant}/${name}`;
}

/** The 404 for a role; recorded word for word for `getRole`. */
export function roleNotFound(name: string): ErrorReply {
  return notFound(`Role "${name}" not found`, 'ROLE_NOT_FOUND_NAME');
}
