import { readBodiesAsText } from '../../http/bodies.ts';
import type { ProviderScope } from '../../provider/provider.ts';
import { addMembershipChangeRoutes } from './accounts/memberships/change-routes.ts';
import { addOrganizationMembershipRoutes } from './accounts/memberships/organization-membership-routes.ts';
import { addMembershipViewRoutes } from './accounts/memberships/view-routes.ts';
import { addProvisionRoutes } from './accounts/organizations/provision-routes.ts';
import { addOrganizationRoutes } from './accounts/organizations/routes.ts';
import { addUserChangeRoutes, addUserViewRoutes } from './accounts/users/routes.ts';
import { addAccountKeyRoutes } from './keys/account-key-routes.ts';
import { addKeyRoutes } from './keys/routes.ts';
import { addModelRoutes } from './models/routes.ts';

/** What the real server is configured to take, in bytes. */
const longestBody = 100 << 20;

/** The four operations of the documentation, those of the later v1, and what it takes to have somebody to call them. */
export function addRoutes(scope: ProviderScope): void {
  addKeyRoutes(scope);
  addAccountKeyRoutes(scope);
  addOrganizationRoutes(scope);
  addUserViewRoutes(scope);
  addMembershipViewRoutes(scope);
  addOrganizationMembershipRoutes(scope);
  addModelRoutes(scope);
  scope.register((withBodies: ProviderScope, _options, done) => {
    readBodiesAsText(withBodies, longestBody);
    addUserChangeRoutes(withBodies);
    addMembershipChangeRoutes(withBodies);
    addProvisionRoutes(withBodies);
    done();
  });
}
