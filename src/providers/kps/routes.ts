import type { ProviderScope } from '../../provider/provider.ts';
import { addSessionRoutes } from './accounts/sessions/routes.ts';
import { addUserRoutes } from './accounts/users/routes.ts';
import { addKeyRoutes } from './keys/routes.ts';

/** The operations on user API tokens, and the log-in and the users that a new client starts from. */
export function addRoutes(scope: ProviderScope): void {
  addKeyRoutes(scope);
  addSessionRoutes(scope);
  addUserRoutes(scope);
}
