import { Type } from 'typebox';
import { Nullable } from '../../provider/schemas.ts';
import { ControlError } from '../errors.ts';
import { answers } from '../schemas.ts';
import type { ControlParts, ControlScope } from '../scope.ts';

const text = (description: string) => Nullable(Type.String({ description }));

export const MutantEvidence = Type.Object(
  {
    request: text('Id of its journal entry; null if latchkey itself was asked, as by POST /introspect'),
    mark: text('What the request belongs to, as POST /mark or POST /reset said'),
    provider: Type.String(),
    operation: text('Null if it was none'),
    method: text('Null if latchkey itself was asked'),
    path: text('Null if latchkey itself was asked'),
    key: Nullable(Type.Object({ hint: Type.String(), name: text('Null if it has none') })),
    truth: Type.Object(
      { status: Type.Integer(), code: text('Null if the provider does not refuse the request') },
      { description: 'What the provider itself answers' },
    ),
    answered: Nullable(Type.Integer({ description: 'What was answered instead; null if latchkey itself was asked' })),
    says: Type.String({ description: 'What happened, as one sentence' }),
  },
  { title: 'MutantEvidence' },
);

export const Reachable = Type.Object(
  { mutant: Type.String(), provider: Type.String(), times: Type.Integer() },
  { title: 'Reachable' },
);

export const MutantReport = Type.Object(
  {
    mutant: Type.String({ description: 'As it was set at the start: `accept-revoked`, or `none`' }),
    provider: text('The only provider that it is about; null: all'),
    acted: Type.Integer({ description: 'How often it decided' }),
    evidence: Type.Array(MutantEvidence, { description: 'Its first twenty decisions' }),
    reachable: Type.Array(Reachable, { description: 'How often each mutant would have acted, those that would have at all' }),
  },
  { title: 'MutantReport' },
);

/** What the mutant that was set at the start has done, in all worlds. No call sets one. */
export function addMutantRoutes(scope: ControlScope, { gate }: ControlParts): void {
  scope.get(
    '/mutant',
    {
      config: { isAboutNoWorld: true },
      schema: {
        operationId: 'getMutant',
        tags: ['World'],
        summary: 'How this latchkey was started to err on purpose, and what came of it in all worlds; 404 if it was not',
        response: answers(MutantReport),
      },
    },
    async () => {
      if (gate.report === undefined)
        throw new ControlError(
          404,
          'mutation_is_off',
          'This latchkey does not err on purpose: start one with --mutant, where none records what would err.',
        );
      const { evidence, reachable, ...report } = await gate.report();
      return { ...report, evidence: [...evidence], reachable: [...reachable] };
    },
  );
}
