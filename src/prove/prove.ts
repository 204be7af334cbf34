import type { Attempt, RunOnce } from './attempt.ts';
import { inParallel } from './in-parallel.ts';
import { type Judgement, judge, judgeSecond } from './judge.ts';
import { judged, unjudged } from './judged.ts';
import { type Cell, type Choice, cellsOf, type Mutable } from './plan.ts';
import type { JudgedMutant, ProveReport } from './report.ts';
import { firstRun, limitAfter, repeatFirstRun, runWithoutMutant, type Timing, unbroken } from './runs.ts';
import { countsOf, scoresOf } from './score.ts';

/** What is to be proved. */
export interface Proof {
  readonly version: string;
  readonly choice: Choice;
  readonly timing: Timing;
  /** All that are emulated, in the order of reports. */
  readonly providers: readonly Mutable[];
  readonly runOnce: RunOnce;
  /** Told of what is done next, for somebody who waits. */
  readonly onProgress?: (what: string) => void;
}

/** What the first run would try. */
export interface Tries {
  readonly baseline: ProveReport['baseline'];
  readonly mutants: readonly { readonly id: string; readonly reached: number; readonly isRun: boolean }[];
}

/** The first run alone: what would be tried. Throws UnjudgeableError, as `prove` does. */
export async function tries(proof: Proof): Promise<Tries> {
  const first = await begin(proof);
  const mutants = first.cells.map((cell) => ({ id: cell.id, reached: first.reached(cell), isRun: first.isRun(cell) }));
  return { baseline: first.baseline, mutants };
}

/**
 * Runs the command once without a mutant, once for each mutant that it would meet, and judges. If a mutant was killed, it runs
 * once more with that name and without a mutant, so that a suite which is red for another reason is found out. Throws
 * UnjudgeableError where nothing can be judged, InterruptedError where a signal ended it.
 */
export async function prove(proof: Proof): Promise<ProveReport> {
  const { version, timing, runOnce, onProgress = () => undefined } = proof;
  const { command, baseline, cells, reached, isRun, limitMs } = await begin(proof);
  const all = cells.filter(isRun);
  const mutants = await inParallel(cells, timing.jobs, async (cell): Promise<JudgedMutant> => {
    if (!isRun(cell)) return unjudged(cell, reached(cell), all);
    onProgress(`${all.indexOf(cell) + 1} of ${all.length}: ${cell.id}`);
    const { attempt, judgement } = await tryOut(cell, runOnce, limitMs);
    return judged(cell, { reached: reached(cell), attempt, judgement });
  });
  const killed = mutants.find(({ status }) => status === 'killed');
  if (killed !== undefined) {
    onProgress('once more without a mutant');
    await runWithoutMutant(runOnce, killed.id, limitMs);
  }
  const counts = countsOf(mutants);
  return { version, command, baseline, ...scoresOf(counts), counts, mutants };
}

async function begin({ choice, timing, providers, runOnce, onProgress = () => undefined }: Proof) {
  onProgress('without a mutant');
  const first = await firstRun(runOnce);
  const { command, ms, seen, mutant } = first;
  const isCalled = (name: string) => seen.providers.includes(name) || mutant.reachable.some(({ provider }) => provider === name);
  const called = providers.filter(({ name }) => isCalled(name));
  const only = choice.only === undefined ? called : providers.filter(({ name }) => choice.only?.includes(name));
  const reached = ({ mutant: name, provider }: Cell) =>
    mutant.reachable.find((one) => one.mutant === name && one.provider === provider)?.times ?? 0;
  const isRun = (cell: Cell) => cell.excluded === undefined && reached(cell) > 0;
  return {
    command,
    baseline: { ms, requests: seen.requests, providers: called.map(({ name }) => name) },
    cells: cellsOf(choice, only),
    reached,
    isRun,
    limitMs: limitAfter(first, timing),
  };
}

/** Runs the command with a mutant; where it is red for no reason of the mutant's, the first run and this one are repeated. */
async function tryOut(
  { id }: Cell,
  runOnce: RunOnce,
  limitMs: number,
): Promise<{ readonly attempt: Attempt; readonly judgement: Judgement }> {
  const job = { mutant: id, variable: id, limitMs };
  const attempt = await unbroken(runOnce, job);
  const judgement = judge(attempt);
  if (judgement !== 'again') return { attempt, judgement };
  await repeatFirstRun(runOnce, limitMs);
  const second = await unbroken(runOnce, job);
  return { attempt: second, judgement: judgeSecond(second) };
}
