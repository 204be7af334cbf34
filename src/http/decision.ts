import type { ErrorCode } from '../core/errors.ts';
import type { MutantName } from '../provider/mutants.ts';

/** What the provider itself answers; a null code is no refusal. */
export interface Truth {
  readonly status: number;
  readonly code: ErrorCode | null;
}

/** One decision of a mutant: the first one about a request, after which the request has left the truth. */
export interface Decision {
  readonly mutant: MutantName;
  readonly provider: string;
  /** The key that it is about, if any. */
  readonly key: { readonly hint: string; readonly name: string | null } | null;
  /** Complete once the request is answered: where nothing but what is stored differs, the status is that of the answer. */
  readonly truth: Truth;
  /** What happened, as one sentence. */
  readonly says: string;
}
