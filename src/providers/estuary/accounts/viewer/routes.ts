import type { ProviderScope } from '../../../../provider/provider.ts';
import { userOf } from '../../auth.ts';
import type { EstuaryProfile } from '../../profiles.ts';
import { ErrorAnswers } from '../../wire/answers.ts';
import { Viewer } from './schemas.ts';
import { viewerOf } from './viewer.ts';

/** The route that tells a caller which user its key acts as. */
export function addViewerRoutes(scope: ProviderScope, profile: EstuaryProfile): void {
  scope.get(
    '/viewer',
    {
      config: { requires: 'upload' },
      schema: {
        operationId: 'viewerGet',
        tags: ['User'],
        summary: 'Fetch viewer details',
        response: { 200: Viewer, ...ErrorAnswers },
      },
    },
    (request) => viewerOf(userOf(request), request.apiKey, profile),
  );
}
