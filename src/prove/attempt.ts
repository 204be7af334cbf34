import type { MutantReport } from '../client/mutant.ts';
import type { TestResult } from './results.ts';

/** How the command ended. */
export type Ending =
  | { readonly kind: 'green' }
  | { readonly kind: 'red'; readonly status: number }
  /** It took longer than it may. */
  | { readonly kind: 'timeout' }
  /** It could not be run, or somebody else ended it: that says nothing of the tests. */
  | { readonly kind: 'broken'; readonly says: string };

/** One run of the command, with a latchkey of its own. */
export interface Attempt {
  /** What was run, without secrets. */
  readonly command: readonly string[];
  readonly ending: Ending;
  readonly ms: number;
  /** What was asked of its latchkey, in all worlds. */
  readonly seen: Seen;
  readonly mutant: MutantReport;
  /** The tests in the files of `--results` that it wrote, without secrets; null without that option. */
  readonly tests: readonly TestResult[] | null;
  /** The last lines that it printed, without secrets. */
  readonly output: readonly string[];
}

/** Requests that came to a latchkey. */
export interface Seen {
  readonly requests: number;
  /** The providers that they were for. */
  readonly providers: readonly string[];
}

/** What to run. */
export interface Job {
  /** What its latchkey does wrong: `accept-revoked@rockset`, or `none`. */
  readonly mutant: string;
  /** `LATCHKEY_MUTANT` in the command's environment. */
  readonly variable: string;
  /** How long it may take; undefined: as long as it likes. */
  readonly limitMs?: number;
}

/** Runs the command once. Throws for a command that cannot be run, and for a latchkey that cannot be started. */
export type RunOnce = (job: Job) => Promise<Attempt>;
