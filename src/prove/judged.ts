import { mutants } from '../provider/mutants.ts';
import { refusedForAnotherReason, texts } from './advice.ts';
import type { Attempt } from './attempt.ts';
import type { Judgement } from './judge.ts';
import { noteOn } from './notes.ts';
import type { Cell } from './plan.ts';
import type { JudgedMutant } from './report.ts';

const notRun = { acted: 0, ms: 0, timedOut: false, evidence: [], failedTests: [] } as const;

/** A mutant that is not run: it is excluded, cannot act there, or is never met; `run` are those that were. */
export function unjudged(
  { id, mutant, provider, excluded, notApplicable }: Cell,
  reached: number,
  run: readonly Cell[],
): JudgedMutant {
  const facts = { id, mutant, provider, says: mutants[mutant].says, reached, ...notRun, advice: null };
  if (excluded !== undefined) return { ...facts, status: 'ignored', reason: excluded };
  if (notApplicable !== undefined) return { ...facts, status: 'notApplicable', reason: notApplicable };
  const { untested, meet } = texts[mutant];
  const isRefused = run.some((one) => one.provider === provider && one.mutant.startsWith('accept-'));
  const hint = mutant === 'ignore-role' && isRefused ? refusedForAnotherReason : '';
  return { ...facts, status: 'untested', advice: meet, reason: `${untested}${hint}` };
}

/** A mutant that was run, as the report shows it. */
export function judged(
  { id, mutant, provider }: Cell,
  { reached, attempt, judgement }: { readonly reached: number; readonly attempt: Attempt; readonly judgement: Judgement },
): JudgedMutant {
  const { status, timedOut, reason } = judgement;
  const { ms, mutant: done, tests } = attempt;
  const note = status === 'killed' ? noteOn(attempt) : null;
  return {
    id,
    mutant,
    provider,
    status,
    says: mutants[mutant].says,
    reached,
    acted: done.acted,
    ms,
    timedOut,
    evidence: done.evidence,
    failedTests: (tests ?? []).filter(({ hasFailed }) => hasFailed).map(({ name }) => name),
    advice: adviceOn(id, mutant, status),
    reason: reason ?? note,
  };
}

function adviceOn(id: string, mutant: Cell['mutant'], status: Judgement['status']): string | null {
  if (status === 'survived') return texts[mutant].survived;
  if (status === 'untested')
    return 'See what else the suite depends on: with this mutant it did not come to where it was met without.';
  if (status === 'killed') return null;
  return `Run the command with LATCHKEY_MUTANT=${id}: it may read that variable, depend on the order of its tests, or be flaky.`;
}
