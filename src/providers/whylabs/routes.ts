import type { ProviderScope } from '../../provider/provider.ts';
import { addOrganizationMembershipRoutes } from './accounts/memberships/organization/routes.ts';
import { addMembershipRoutes } from './accounts/memberships/routes.ts';
import { addOrganizationRoutes } from './accounts/organizations/routes.ts';
import { addProvisionRoutes } from './accounts/provision/routes.ts';
import { addUserRoutes } from './accounts/users/routes.ts';
import { addAccountKeyRoutes } from './keys/account/routes.ts';
import { addKeyRoutes } from './keys/routes.ts';
import { addModelRoutes } from './models/routes.ts';

/** The key operations of v0 and v1, the accounts that keys belong to, and the models that keys may be restricted to. */
export function addRoutes(scope: ProviderScope): void {
  addKeyRoutes(scope);
  addAccountKeyRoutes(scope);
  addOrganizationRoutes(scope);
  addUserRoutes(scope);
  addMembershipRoutes(scope);
  addOrganizationMembershipRoutes(scope);
  addProvisionRoutes(scope);
  addModelRoutes(scope);
}
