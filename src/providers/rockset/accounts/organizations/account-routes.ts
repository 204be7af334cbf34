import type { ProviderScope } from '../../../../provider/provider.ts';
import { answers } from '../../keys/schemas.ts';
import type { RocksetProfile } from '../../profiles.ts';
import { organizationSchema, Ping } from './account-schemas.ts';
import { organizationOf, toOrganizationView } from './organizations.ts';

/** What a client calls to see that the server is there, and whose key it has. */
export function addAccountRoutes(scope: ProviderScope, profile: RocksetProfile): void {
  scope.get(
    '/',
    {
      prefixTrailingSlash: 'slash',
      config: { auth: 'none' },
      schema: { operationId: 'ping', tags: ['Organizations'], summary: 'Ping', response: { 200: Ping } },
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
        response: answers(organizationSchema(profile)),
      },
    },
    async (request) => ({ data: toOrganizationView(await organizationOf(request)) }),
  );
}
