import type { Resource } from '../../../core/resource-store.ts';
import type { SeedContext } from '../../../provider/seed/format.ts';
import { type Organization, organizations } from '../accounts/organizations/organizations.ts';
import { findUser, type User, userId } from '../accounts/users/users.ts';
import { findRole } from '../roles/role-lookup.ts';
import { type Role, roleId } from '../roles/roles.ts';

/** The organization of a role, user or key that names none. */
export const defaultOrganization = 'acme';

/** What a seed can refer to: its own records, as far as they were read, and the records that the world has already. */
export class SeedReferences {
  readonly #organizations: ReadonlySet<string>;
  readonly #roles = new Set<string>();
  readonly #users = new Map<string, Resource<User>>();
  /** The first user with each address, in whichever organization. */
  readonly #firstUsers = new Map<string, Resource<User>>();
  readonly #existing: SeedContext['existing'];

  constructor(own: readonly Resource<Organization>[], existing: SeedContext['existing']) {
    this.#organizations = new Set(own.map(({ id }) => id));
    this.#existing = existing;
  }

  addRoles(read: readonly Resource<Role>[]): void {
    for (const { id } of read) this.#roles.add(id);
  }

  addUsers(read: readonly Resource<User>[]): void {
    for (const user of read) {
      if (!this.#users.has(user.id)) this.#users.set(user.id, user);
      if (!this.#firstUsers.has(user.data.email)) this.#firstUsers.set(user.data.email, user);
    }
  }

  async hasOrganization(id: string): Promise<boolean> {
    return this.#organizations.has(id) || (await this.#existing.get(organizations, id)) !== undefined;
  }

  async hasRole(tenant: string, name: string): Promise<boolean> {
    return this.#roles.has(roleId(tenant, name)) || (await findRole(this.#existing, tenant, name)) !== undefined;
  }

  /** A user by lower-case address. Without an organization: of the default one, or else the first user with this address. */
  async findUser(email: string, organization?: string): Promise<Resource<User> | undefined> {
    const tenant = organization ?? defaultOrganization;
    const found = this.#users.get(userId(tenant, email)) ?? (await findUser(this.#existing, tenant, email));
    if (found !== undefined || organization !== undefined) return found;
    return this.#firstUsers.get(email);
  }
}
