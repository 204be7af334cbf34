import type { Instant } from '../../../../clock.ts';
import { type Resource, resourceKind } from '../../../../core/resource-store.ts';

/** A user; its resource has the e-mail as name, so that nobody else has it in any tenant, and the id that tokens carry. */
export interface User {
  /** In lower case, as the real server stores it. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** `hashSecret` of the password. */
  readonly passwordHash: string;
  readonly updatedAt: Instant;
}

/** `User.role` of the real server; the last two are hidden from its documentation. */
export type Role = 'INFRA_ADMIN' | 'USER' | 'OPERATOR' | 'OPERATOR_TENANT';

export const users = resourceKind<User>('user');

const specialRoles: Readonly<Record<Role, string>> = {
  INFRA_ADMIN: 'admin',
  USER: 'none',
  OPERATOR: 'operator',
  OPERATOR_TENANT: 'operator_tenant',
};

/** The claim that stands for a user's role. */
export function specialRoleOf({ data }: Resource<User>): string {
  return specialRoles[data.role];
}

export function isInfraAdmin({ data }: Resource<User>): boolean {
  return data.role === 'INFRA_ADMIN';
}

/** Whether a user sees another one of his tenant. */
export function maySee(caller: Resource<User>, user: Resource<User>): boolean {
  return user.tenant === caller.tenant && (isInfraAdmin(caller) || user.id === caller.id);
}
