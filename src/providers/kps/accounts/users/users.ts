import type { Instant } from '../../../../clock.ts';
import { goOn, type MaybePromise } from '../../../../core/at-once.ts';
import { type Resource, type ResourceStore, resourceKind } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { recordNotFound } from '../../wire/errors.ts';

/** A user. Its resource has the e-mail as its name, which makes e-mails unique over all tenants, and the id that tokens carry. */
export interface User {
  /** In lower case, as the real server stores it. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** `hashSecret` of the password. */
  readonly passwordHash: string;
  readonly updatedAt: Instant;
}

/** `User.role` of the real server; the documentation leaves out the last two. */
export type Role = 'INFRA_ADMIN' | 'USER' | 'OPERATOR' | 'OPERATOR_TENANT';

export const users = resourceKind<User>('user');

const specialRoles: Readonly<Record<Role, string>> = {
  INFRA_ADMIN: 'admin',
  USER: 'none',
  OPERATOR: 'operator',
  OPERATOR_TENANT: 'operator_tenant',
};

/** The `specialRole` claim for a user's role. */
export function specialRoleOf({ data }: Resource<User>): string {
  return specialRoles[data.role];
}

export function isInfraAdmin({ data }: Resource<User>): boolean {
  return data.role === 'INFRA_ADMIN';
}

/** Whether the caller may see a user: an infra admin sees the tenant's users, other users see only themselves. */
export function maySee(caller: Resource<User>, user: Resource<User>): boolean {
  return user.tenant === caller.tenant && (isInfraAdmin(caller) || user.id === caller.id);
}

/** The user with an id, of any tenant. The caller was read from the store already. */
export function findUser(resources: ResourceStore, caller: Resource<User>, id: string): MaybePromise<Resource<User> | undefined> {
  return id === caller.id ? caller : resources.get(users, id);
}

/** The user with an id. Throws the 404 when there is none, or none that the caller may see. */
export function findVisibleUser(resources: ResourceStore, caller: Resource<User>, id: string): MaybePromise<Resource<User>> {
  return goOn(findUser(resources, caller, id), (found) => {
    if (found === undefined || !maySee(caller, found)) throw new WireError(recordNotFound(id));
    return found;
  });
}
