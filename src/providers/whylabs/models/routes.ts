import type { ProviderScope } from '../../../provider/provider.ts';
import { ListModelsResponse } from '../accounts/organizations/account-schemas.ts';
import { HandledError, OrgPath, Refusals } from '../keys/schemas.ts';
import { listModels, toModelView } from './models.ts';

/** The models of an organisation: clients list them to see whether a key works. */
export function addModelRoutes(scope: ProviderScope): void {
  scope.get(
    '/v0/organizations/:org_id/models',
    {
      exposeHeadRoute: true,
      config: { requires: 'resources' },
      schema: {
        operationId: 'ListModels',
        tags: ['Models'],
        summary: 'Get a list of all of the model ids for an organization.',
        description: 'Those of the seed, and those that come with new users: others cannot be created here.',
        params: OrgPath,
        response: { 200: ListModelsResponse, ...Refusals, 404: HandledError },
      },
    },
    async (request) => ({ items: (await listModels(request, request.params.org_id)).map(toModelView) }),
  );
}
