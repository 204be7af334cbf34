import type { ChosenMutant } from '../provider/mutants.ts';

/** One decision of a mutant, as `GET /_latchkey/mutant` shows it; the fields are explained in `client/mutant.ts`. */
export interface EvidenceLike {
  readonly request: string | null;
  readonly mark: string | null;
  readonly provider: string;
  readonly operation: string | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly key: { readonly hint: string; readonly name: string | null } | null;
  readonly truth: { readonly status: number; readonly code: string | null };
  readonly answered: number | null;
  readonly says: string;
}

/** What a mutant is and has done, as `GET /_latchkey/mutant` shows it. */
export interface MutantReportLike {
  readonly mutant: string;
  readonly provider: string | null;
  readonly acted: number;
  readonly evidence: readonly EvidenceLike[];
  readonly reachable: readonly { readonly mutant: string; readonly provider: string; readonly times: number }[];
}

/**
 * What may decide otherwise than the truth: where a mutant is set, `src/mutants`; else the plain gate, which changes nothing.
 * It is chosen when a latchkey starts, and by nothing else.
 */
export interface Gate {
  /** What was set; null: nothing. `none` is set too: it records, and changes nothing. */
  readonly mutant: ChosenMutant | null;
  /** What the mutant is and has done; undefined where none is set. */
  readonly report: (() => Promise<MutantReportLike>) | undefined;
}

/** The truth, and nothing else. */
export const plainGate: Gate = { mutant: null, report: undefined };
