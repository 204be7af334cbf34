import type { ProviderScope } from '../../provider/provider.ts';
import { addAuthServiceRoutes } from './accounts/auth-service/routes.ts';
import { addInviteRoutes } from './accounts/invites/routes.ts';
import { addSessionRoutes } from './accounts/sessions/routes.ts';
import { addUserRoutes } from './accounts/users/routes.ts';
import { addViewerRoutes } from './accounts/viewer/routes.ts';
import { addContentRoutes } from './contents/routes.ts';
import { addKeyRoutes } from './keys/routes.ts';
import type { EstuaryProfile } from './profiles.ts';
import { addHealthRoutes } from './wire/health.ts';

/** All routes: the documented operations on keys and user data, and what a client needs to get its first key. */
export function addRoutes(scope: ProviderScope, profile: EstuaryProfile): void {
  addKeyRoutes(scope, profile);
  addContentRoutes(scope, profile);
  addHealthRoutes(scope);
  addViewerRoutes(scope, profile);
  addSessionRoutes(scope, profile);
  addUserRoutes(scope, profile);
  addInviteRoutes(scope, profile);
  addAuthServiceRoutes(scope, profile);
}
