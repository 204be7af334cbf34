import { Type } from 'typebox';
import type { ProviderScope } from '../../../provider/provider.ts';

const Health = Type.Object({ status: Type.String() });

/** The server's health check, which needs no key. */
export function addHealthRoutes(scope: ProviderScope): void {
  scope.get(
    '/health',
    {
      config: { auth: 'none' },
      schema: {
        operationId: 'healthGet',
        tags: ['Public'],
        summary: 'Say that the server is up',
        response: { 200: Health },
      },
    },
    async () => ({ status: 'ok' }),
  );
}
