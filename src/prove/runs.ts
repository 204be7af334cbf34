import { nothingCalled } from './advice.ts';
import type { Attempt, Job, RunOnce } from './attempt.ts';
import { UnjudgeableError } from './stopped.ts';

/** How long a run may take: as long as the first one, times a factor, and a little more. */
export interface Timing {
  readonly factor: number;
  readonly extraMs: number;
  /** How many runs share the machine, where the first one had it for itself. */
  readonly jobs: number;
}

/** Runs the command without a mutant. Throws UnjudgeableError if it is not green, or called nothing. */
export async function firstRun(runOnce: RunOnce): Promise<Attempt> {
  const attempt = await unbroken(runOnce, { mutant: 'none', variable: '' });
  const { ending, seen, mutant, tests } = attempt;
  if (ending.kind === 'red')
    throw unjudgeable(`the command is red without a mutant (status ${ending.status}): only a green suite can be judged`, attempt);
  if (seen.requests === 0 && mutant.reachable.length === 0) throw new UnjudgeableError(nothingCalled);
  if (tests?.length === 0)
    throw new UnjudgeableError(
      '--results names no JUnit file with tests that the command wrote: it is a pattern such as reports/*.xml',
    );
  return attempt;
}

/** The longest that a timer of Node.js can wait, 24 days: longer ones fire at once. */
const longestMs = 2 ** 31 - 1;

/** The limit for every later run. */
export function limitAfter({ ms }: Attempt, { factor, extraMs, jobs }: Timing): number {
  return Math.min(Math.ceil(ms * factor * jobs + extraMs), longestMs);
}

/** Runs the first run again. Throws UnjudgeableError if it is not green this time. */
export async function repeatFirstRun(runOnce: RunOnce, limitMs: number): Promise<void> {
  const attempt = await unbroken(runOnce, { mutant: 'none', variable: '', limitMs });
  if (attempt.ending.kind !== 'green')
    throw unjudgeable(
      `the suite is flaky: without a mutant it was green at first, and ${how(attempt)} when it was repeated`,
      attempt,
    );
}

/**
 * Runs the command with a mutant's name, and a latchkey that does nothing wrong. A suite that is not green then is flaky, or is
 * red for the name alone: none of its kills proves anything.
 */
export async function runWithoutMutant(runOnce: RunOnce, id: string, limitMs: number): Promise<void> {
  const attempt = await unbroken(runOnce, { mutant: 'none', variable: id, limitMs });
  if (attempt.ending.kind === 'green') return;
  await repeatFirstRun(runOnce, limitMs);
  const says = `with LATCHKEY_MUTANT=${id} the command is ${how(attempt)}, though its latchkey did nothing wrong`;
  throw unjudgeable(`${says}: it reads that variable, or is flaky, so its kills prove nothing`, attempt);
}

/** Runs the command. Throws UnjudgeableError if it could not be run, or was ended by somebody else. */
export async function unbroken(runOnce: RunOnce, job: Job): Promise<Attempt> {
  const attempt = await runOnce(job);
  if (attempt.ending.kind !== 'broken') return attempt;
  const when = job.mutant === 'none' ? 'without a mutant' : `with ${job.mutant}`;
  throw unjudgeable(`${attempt.ending.says} (${when})`, attempt);
}

function how({ ending }: Attempt): string {
  return ending.kind === 'timeout' ? 'too slow' : 'red';
}

function unjudgeable(says: string, { output }: Attempt): UnjudgeableError {
  if (output.length === 0) return new UnjudgeableError(`${says}. It printed nothing`);
  return new UnjudgeableError([`${says}. Its last lines:`, ...output.map((line) => `  ${line}`)].join('\n'));
}
