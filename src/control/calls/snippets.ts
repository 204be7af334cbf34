import { Type } from 'typebox';
import { Nullable, Words } from '../../provider/schemas.ts';
import { answers } from '../schemas.ts';
import type { ControlParts, ControlScope } from '../scope.ts';

export const SnippetView = Type.Object(
  {
    provider: Type.String(),
    client: Type.String({ description: "The client's name: `curl`, `@rockset/client`" }),
    language: Words(['shell', 'javascript', 'python', 'go', 'java']),
    install: Nullable(Type.String({ description: 'How the client is installed; null if it is there already' })),
    code: Type.String({ description: 'With `{{base}}` for the base URL of the provider and `{{secret}}` for a secret' }),
  },
  { title: 'Snippet' },
);

/** A few lines for each client of each provider, to be copied. They are loaded on the first call. */
export function addSnippetRoutes(scope: ControlScope, { providers }: ControlParts): void {
  scope.get(
    '/snippets',
    {
      config: { isAboutNoWorld: true },
      schema: {
        operationId: 'listSnippets',
        tags: ['Providers'],
        summary: 'A few lines for each client of each provider, to be copied',
        response: answers(Type.Object({ snippets: Type.Array(SnippetView) })),
      },
    },
    async () => {
      const all = providers.map(async ({ name, loadSnippets }) =>
        (await loadSnippets()).map((snippet) => ({ provider: name, ...snippet })),
      );
      return { snippets: (await Promise.all(all)).flat() };
    },
  );
}
