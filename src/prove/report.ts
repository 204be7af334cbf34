import type { MutantEvidence } from '../client/types.ts';

/** How a mutant ended. `void` is inconclusive; `ignored` and `notApplicable` are not judged. */
export type MutantStatus = 'killed' | 'survived' | 'untested' | 'void' | 'ignored' | 'notApplicable';

/** One mutant of one provider, judged. */
export interface JudgedMutant {
  /** `accept-revoked@rockset`. */
  readonly id: string;
  readonly mutant: string;
  readonly provider: string;
  readonly status: MutantStatus;
  /** What the provider then does wrong: `a revoked key is accepted`. */
  readonly says: string;
  /** How often the run without a mutant came to a decision that it changes. */
  readonly reached: number;
  /** How often it decided in its own run. */
  readonly acted: number;
  /** How long its run took; 0 if it was not run. */
  readonly ms: number;
  readonly timedOut: boolean;
  readonly evidence: readonly MutantEvidence[];
  /** Names of tests that failed, as the files of `--results` say; empty without them. */
  readonly failedTests: readonly string[];
  /** What to do about it; null for those that were killed or are not judged. */
  readonly advice: string | null;
  /** Why it is void, ignored, not applicable or untested, or a note on how it was killed (knock-on); else null. */
  readonly reason: string | null;
}

/** What `latchkey prove` found: the one value that every report is written from. */
export interface ProveReport {
  /** Of latchkey. */
  readonly version: string;
  /** What was run, without secrets. */
  readonly command: readonly string[];
  /** The run without a mutant. */
  readonly baseline: { readonly ms: number; readonly requests: number; readonly providers: readonly string[] };
  /** Per cent: killed of killed, survived and untested; null if there are none. */
  readonly score: number | null;
  /** Per cent: killed of killed and survived; null if there are none. */
  readonly scoreOfTested: number | null;
  readonly counts: Readonly<Record<MutantStatus, number>>;
  readonly mutants: readonly JudgedMutant[];
}
