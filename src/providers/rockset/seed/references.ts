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
  readonly organizations: readonly Resource<Organization>[];
  readonly roles: Resource<Role>[] = [];
  readonly users: Resource<User>[] = [];
  readonly #existing: SeedContext['existing'];

  constructor(own: readonly Resource<Organization>[], existing: SeedContext['existing']) {
    this.organizations = own;
    this.#existing = existing;
  }

  async hasOrganization(id: string): Promise<boolean> {
    return this.organizations.some((one) => one.id === id) || (await this.#existing.get(organizations, id)) !== undefined;
  }

  async hasRole(tenant: string, name: string): Promise<boolean> {
    const id = roleId(tenant, name);
    return this.roles.some((role) => role.id === id) || (await findRole(this.#existing, tenant, name)) !== undefined;
  }

  /** A user by lower-case address. Without an organization: of the default one, or else the first user with this address. */
  async findUser(email: string, organization?: string): Promise<Resource<User> | undefined> {
    const tenant = organization ?? defaultOrganization;
    const found = this.users.find(({ id }) => id === userId(tenant, email)) ?? (await findUser(this.#existing, tenant, email));
    if (found !== undefined || organization !== undefined) return found;
    return this.users.find(({ data }) => data.email === email);
  }
}
