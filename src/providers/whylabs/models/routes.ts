import type { ProviderScope } from '../../../provider/provider.ts';
import { OrgPath } from '../accounts/organizations/schemas.ts';
import { HandledError, Refusals } from '../wire/answers.ts';
import { listModels } from './models.ts';
import { ListModelsResponse } from './schemas.ts';
import { toModelView } from './views.ts';

/** The models of an organisation. Clients list them to see whether a key works. */
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
        description: 'Lists the models of the seed and those made with new users. Other models cannot be created.',
        params: OrgPath,
        response: { 200: ListModelsResponse, ...Refusals, 404: HandledError },
      },
    },
    async (request) => ({ items: (await listModels(request, request.params.org_id)).map(toModelView) }),
  );
}
