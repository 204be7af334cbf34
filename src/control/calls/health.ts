import { Type } from 'typebox';
import type { Worlds } from '../../worlds/worlds.ts';
import { answers } from '../schemas.ts';
import type { ControlScope } from '../scope.ts';

const Health = Type.Object({ status: Type.Literal('ok'), version: Type.String() });
const Failing = Type.Object(
  {
    status: Type.Literal('failing'),
    version: Type.String(),
    problems: Type.Array(Type.Object({ world: Type.String(), problem: Type.String() })),
  },
  { description: 'A world cannot be used any more: its database file is gone' },
);

interface HealthParts {
  readonly version: string;
  readonly worlds: Pick<Worlds, 'lost'>;
}

/** Whether every open world can be used. */
export function addHealthRoutes(scope: ControlScope, { version, worlds }: HealthParts): void {
  const schema = { operationId: 'getHealth', tags: ['World'], response: { ...answers(Health), 503: Failing } };
  scope.get('/health', { schema, config: { isAboutNoWorld: true } }, async (_request, reply) => {
    const problems = [...worlds.lost()].map(([world, { message }]) => ({ world, problem: message }));
    if (problems.length === 0) return { status: 'ok' as const, version };
    return reply.code(503).send({ status: 'failing', version, problems });
  });
}
