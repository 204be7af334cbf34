import type { Resource } from '../../../core/resource-store.ts';
import type { SeedContext } from '../../../provider/seed/format.ts';
import { type Organization, organizations } from '../accounts/organizations/organizations.ts';
import { findUser, type User, userId } from '../accounts/users/users.ts';
import { findRole, type Role, roleId } from '../roles/roles.ts';

/** The organization of what names none. */
export const defaultOrganization = 'acme';

/** What a seed can refer to: what it holds itself, as far as it was read, and what the world holds already. */
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

  /** A user by lower-case address, of the organization that is named, else of the default one, else of the first one. */
  async findUser(email: string, organization?: string): Promise<Resource<User> | undefined> {
    const tenant = organization ?? defaultOrganization;
    const found = this.users.find(({ id }) => id === userId(tenant, email)) ?? (await findUser(this.#existing, tenant, email));
    if (found !== undefined || organization !== undefined) return found;
    return this.users.find(({ data }) => data.email === email);
  }
}
