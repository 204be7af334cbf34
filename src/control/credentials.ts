import { Type } from 'typebox';
import { Nullable } from '../http/schemas.ts';
import { answers } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

const Credential = Type.Object({
  name: Type.String(),
  secret: Nullable(Type.String()),
  header: Nullable(Type.Object({ name: Type.String(), value: Type.String() })),
  login: Type.Optional(Type.Object({}, { additionalProperties: true })),
  description: Type.String(),
});

const Credentials = Type.Object(
  {},
  { additionalProperties: Type.Object({ url: Type.String(), credentials: Type.Array(Credential) }), description: 'By provider' },
);

/** The credentials of the built-in seed, and where each provider answers: the one place of the control plane that shows secrets. */
export function addCredentials(scope: ControlScope, { worldOf }: ControlParts): void {
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
      const origin = `${request.protocol}://${request.headers.host ?? 'localhost'}`;
      const byProvider = await worldOf(request).credentials();
      return Object.fromEntries([...byProvider].map(([name, credentials]) => [name, { url: `${origin}/${name}`, credentials }]));
    },
  );
}
