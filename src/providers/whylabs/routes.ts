import { readBodiesAsText } from '../../http/bodies.ts';
import type { ProviderScope } from '../../provider/provider.ts';
import { addAccountKeyRoutes } from './account-key-routes.ts';
import { addKeyRoutes } from './key-routes.ts';
import { addMembershipChangeRoutes } from './membership-change-routes.ts';
import { addMembershipViewRoutes } from './membership-view-routes.ts';
import { addModelRoutes } from './model-routes.ts';
import { addOrganizationMembershipRoutes } from './organization-membership-routes.ts';
import { addOrganizationRoutes } from './organization-routes.ts';
import { addProvisionRoutes } from './provision-routes.ts';
import { addUserChangeRoutes, addUserViewRoutes } from './user-routes.ts';

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
