import type { ProviderScope } from '../../provider/provider.ts';
import { addOrganizationRoutes } from './accounts/organizations/routes.ts';
import { addUserRoutes } from './accounts/users/routes.ts';
import { addKeyRoutes } from './keys/routes.ts';
import type { RocksetProfile } from './profiles.ts';
import { addRoleRoutes } from './roles/routes.ts';

/** Every operation that is emulated: API keys first, then what they refer to. */
export function addRoutes(scope: ProviderScope, profile: RocksetProfile): void {
  addKeyRoutes(scope, profile);
  addOrganizationRoutes(scope, profile);
  addUserRoutes(scope, profile);
  addRoleRoutes(scope, profile);
}
