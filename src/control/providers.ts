import { Type } from 'typebox';
import { evidenceGrades, type Ledger, type Pin } from '../provider/ledger.ts';
import type { Operation } from '../provider/operations.ts';
import type { Provider } from '../provider/provider.ts';
import { Nullable, Words } from '../provider/schemas.ts';
import { answers } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

const Evidence = Words(evidenceGrades);
const Cell = Type.Object({ evidence: Evidence, test: Type.String({ description: 'The test that pins it' }) });
const OperationFields = {
  id: Type.String({ description: "The vendor's operation id" }),
  method: Type.String(),
  path: Type.String(),
};

export const ProviderView = Type.Object(
  {
    name: Type.String(),
    profile: Type.String(),
    profiles: Type.Array(Type.String(), { description: 'The default first' }),
    operations: Type.Array(
      Type.Object({
        ...OperationFields,
        evidence: Words(evidenceGrades, { description: 'Of the successful answer' }),
        fidelity: Type.Object({ success: Cell, errors: Nullable(Cell), auth: Cell, states: Nullable(Cell) }),
      }),
    ),
    unimplemented: Type.Array(Type.Object(OperationFields), { description: 'Known but not emulated: answered with 501' }),
    behaviours: Type.Array(
      Type.Object({
        topic: Type.String(),
        behaviour: Type.String(),
        evidence: Evidence,
        differs: Nullable(Type.String({ description: 'What latchkey does differently on purpose, or assumes' })),
        test: Type.String(),
      }),
    ),
  },
  { title: 'Provider' },
);

/** What is emulated and how it is known: the data of SUPPORTED.md and of each FIDELITY.md. */
export function addProviderRoutes(scope: ControlScope, { providers, operationsOf }: ControlParts): void {
  scope.get(
    '/providers',
    {
      schema: {
        operationId: 'listProviders',
        tags: ['Providers'],
        summary: 'Providers, profiles, and operations with their evidence',
        response: answers(Type.Object({ providers: Type.Array(ProviderView) })),
      },
    },
    async () => ({ providers: await Promise.all(providers.map((provider) => viewOf(provider, operationsOf(provider.name)))) }),
  );
}

async function viewOf({ name, profile, profiles, unimplemented, loadLedger }: Provider, operations: readonly Operation[]) {
  const ledger = await loadLedger();
  return {
    name,
    profile,
    profiles: [...profiles],
    operations: operations.map((operation) => ({ ...operation, ...fidelityOf(operation, ledger) })),
    unimplemented: unimplemented.map(({ id, method, path }) => ({ id, method, path })),
    behaviours: ledger.behaviours.map(({ differs = null, ...row }) => ({ ...row, differs })),
  };
}

/** A route without a row in the ledger is a bug, which a test finds: it is shown as assumed rather than left out. */
function fidelityOf({ id }: Operation, { operations }: Ledger) {
  const unknown: Pin = { evidence: 'assumed', test: '' };
  const fidelity = operations[id] ?? { success: unknown, errors: null, auth: unknown, states: null };
  return { evidence: fidelity.success.evidence, fidelity };
}
