import { goOn } from '../../../../core/at-once.ts';
import type { ProviderScope } from '../../../../provider/provider.ts';
import type { RocksetProfile } from '../../profiles.ts';
import { answers } from '../../wire/answers.ts';
import { organizationOf, toOrganizationView } from './organizations.ts';
import { organizationSchema, Ping } from './schemas.ts';

const tags = ['Organizations'];

/** The calls with which a client checks that the server is up and which organization its key belongs to. */
export function addOrganizationRoutes(scope: ProviderScope, profile: RocksetProfile): void {
  scope.get(
    '/',
    {
      prefixTrailingSlash: 'slash',
      config: { auth: 'none' },
      schema: { operationId: 'ping', tags, summary: 'Ping', response: { 200: Ping } },
    },
    () => ({ message: 'GO ROCKSET!' }),
  );

  scope.get(
    '/v1/orgs/self',
    {
      config: { requires: 'GET_ORG_GLOBAL' },
      schema: {
        operationId: 'getOrganization',
        tags,
        summary: 'Get Organization',
        response: answers(organizationSchema(profile), profile),
      },
    },
    (request) => goOn(organizationOf(request), (organization) => ({ data: toOrganizationView(organization) })),
  );
}
