import { Type } from 'typebox';
import { Words } from '../provider/schemas.ts';
import { MarkText } from './calls/mark.ts';
import { answers } from './schemas.ts';
import type { ControlScope } from './scope.ts';

const extents = { seed: 'everything', empty: 'bootstrap' } as const;
export const ResetTarget = Words(['seed', 'empty'] as const, {
  description: '`seed` (default): as at the start. `empty`: with the first administrators only',
});

export const ResetBody = Type.Object({ to: Type.Optional(ResetTarget), mark: Type.Optional(MarkText) });

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
        body: ResetBody,
        response: answers(Type.Object({ to: ResetTarget })),
      },
    },
    async ({ world, body: { to = 'seed', mark } }) => {
      await world.reset(extents[to], mark);
      return { to };
    },
  );
}
