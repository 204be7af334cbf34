import { Type } from 'typebox';
import type { ProviderScope } from '../../http/provider.ts';
import { principalOf } from './auth.ts';
import { organizationOf, toOrganizationView } from './organizations.ts';
import type { RocksetProfile } from './profiles.ts';
import * as schemas from './schemas.ts';
import { toUserView } from './users.ts';

/** What a client calls to see that the server is there, and whose key it has. */
export function addAccountRoutes(scope: ProviderScope, profile: RocksetProfile): void {
  scope.get(
    '/',
    {
      prefixTrailingSlash: 'slash',
      config: { auth: 'none' },
      schema: { operationId: 'ping', tags: ['Organizations'], summary: 'Ping', response: { 200: schemas.Ping } },
    },
    async () => ({ message: 'GO ROCKSET!' }),
  );

  scope.get(
    '/v1/orgs/self',
    {
      config: { requires: 'GET_ORG_GLOBAL' },
      schema: {
        operationId: 'getOrganization',
        tags: ['Organizations'],
        summary: 'Get Organization',
        response: { 200: Type.Object({ data: schemas.Organization }), ...schemas.ErrorAnswers },
      },
    },
    async (request) => ({ data: toOrganizationView(await organizationOf(request)) }),
  );

  // Recorded without the wrapper that the other answers have.
  scope.get(
    '/v1/orgs/self/users/self',
    {
      config: { requires: 'GET_CURRENT_USER_GLOBAL' },
      schema: {
        operationId: 'getCurrentUser',
        tags: ['Users'],
        summary: 'Retrieve Current User',
        response: { 200: schemas.User, ...schemas.ErrorAnswers },
      },
    },
    async (request) => toUserView(principalOf(request).user, await organizationOf(request), profile),
  );
}
