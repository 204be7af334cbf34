import { Type } from 'typebox';
import { Words } from '../provider/schemas.ts';
import { answers } from './schemas.ts';
import type { ControlScope } from './scope.ts';

const extents = { seed: 'everything', empty: 'bootstrap' } as const;
export const ResetTarget = Words(['seed', 'empty'] as const, {
  description: '`seed` (default): as at the start. `empty`: with the first administrators only',
});

/** Brings the world back to its start. */
export function addResetRoutes(scope: ControlScope): void {
  scope.post(
    '/reset',
    {
      config: { isForAnyContents: true },
      schema: {
        operationId: 'reset',
        tags: ['World'],
        summary: 'Keys, users and clock as at the start',
        body: Type.Object({ to: Type.Optional(ResetTarget) }),
        response: answers(Type.Object({ to: ResetTarget })),
      },
    },
    async ({ world, body: { to = 'seed' } }) => {
      await world.reset(extents[to]);
      return { to };
    },
  );
}
