import { type Static, Type } from 'typebox';
import { systemClock, toIso } from '../../clock.ts';
import type { ServingProcess } from '../../worlds/sharing.ts';
import { answers } from '../schemas.ts';
import type { ControlParts, ControlScope } from '../scope.ts';

export const ReplicaView = Type.Object(
  {
    number: Type.Integer({ description: 'No other one that lives has it' }),
    version: Type.String(),
    since: Type.String({ format: 'date-time', description: 'When it was started, in real time' }),
    isAnswering: Type.Boolean({ description: 'Whether it is the one that answers this call' }),
  },
  { title: 'Replica' },
);

/** The processes that serve the worlds; this one alone where it shares them with nobody. */
export function addReplicaRoutes(scope: ControlScope, { sharing, version }: Pick<ControlParts, 'sharing' | 'version'>): void {
  const alone: ServingProcess = { number: 0, version, since: systemClock.now(), isThis: true };
  scope.get(
    '/replicas',
    {
      schema: {
        operationId: 'listReplicas',
        tags: ['World'],
        summary: 'The processes that serve the worlds together',
        response: answers(Type.Object({ replicas: Type.Array(ReplicaView) })),
      },
      config: { isAboutNoWorld: true },
    },
    async () => ({ replicas: (sharing === undefined ? [alone] : await sharing.processes()).map(viewOf) }),
  );
}

function viewOf({ since, isThis, ...rest }: ServingProcess): Static<typeof ReplicaView> {
  return { ...rest, since: toIso(since), isAnswering: isThis };
}
