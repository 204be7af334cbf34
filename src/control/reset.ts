import { Type } from 'typebox';
import { Words } from '../provider/schemas.ts';
import { answers } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

const extents = { seed: 'everything', empty: 'bootstrap' } as const;
const Target = Words(['seed', 'empty'] as const, {
  description: '`seed` (default): as at the start. `empty`: the first administrators alone',
});

/** The world as at its start. */
export function addReset(scope: ControlScope, { worldOf }: ControlParts): void {
  scope.post(
    '/reset',
    {
      schema: {
        operationId: 'reset',
        tags: ['World'],
        summary: 'Keys, users and clock as at the start',
        body: Type.Object({ to: Type.Optional(Target) }),
        response: answers(Type.Object({ to: Target })),
      },
    },
    async (request) => {
      const { to = 'seed' } = request.body;
      await worldOf(request).reset(extents[to]);
      return { to };
    },
  );
}
