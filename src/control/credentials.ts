import { Type } from 'typebox';
import { answers, Credential, Dictionary } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

export const Credentials = Dictionary(Type.Object({ url: Type.String(), credentials: Type.Array(Credential) }), {
  description: 'By provider',
});

/** The credentials of the seed, and where each provider answers. */
export function addCredentialRoutes(scope: ControlScope, { baseUrlOf }: ControlParts): void {
  scope.get(
    '/credentials',
    {
      schema: {
        operationId: 'listCredentials',
        tags: ['Keys'],
        summary: 'Seeded credentials and base URLs',
        response: answers(Credentials),
      },
    },
    async (request) => {
      const byProvider = await request.world.credentials();
      return Object.fromEntries(
        [...byProvider].map(([name, credentials]) => [name, { url: baseUrlOf(request, name), credentials: [...credentials] }]),
      );
    },
  );
}
