import type { OperationId, ProviderName } from './names.ts';

/** One decision that a mutant made, or would have made. */
export interface MutantEvidence {
  /** Id of the journal entry; null if latchkey itself was asked (`introspect`). */
  readonly request: string | null;
  /** What the request belongs to, as `mark` or `reset` said. */
  readonly mark: string | null;
  readonly provider: ProviderName;
  readonly operation: OperationId | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly key: { readonly hint: string; readonly name: string | null } | null;
  /** What the provider itself answers; a null code is no refusal. */
  readonly truth: { readonly status: number; readonly code: string | null };
  /** The status that was answered instead; null if latchkey itself was asked. */
  readonly answered: number | null;
  /** What happened, as one sentence. */
  readonly says: string;
}

/** How often a mutant would have acted. */
export interface Reachable {
  readonly mutant: string;
  readonly provider: ProviderName;
  readonly times: number;
}

/** What a latchkey that was started with a mutant says of it: the answer of `GET /_latchkey/mutant`. */
export interface MutantReport {
  /** Its name, or `none`. */
  readonly mutant: string;
  /** The only provider that it is about; null: all. */
  readonly provider: ProviderName | null;
  /** How often it decided. */
  readonly acted: number;
  /** The first twenty decisions. */
  readonly evidence: readonly MutantEvidence[];
  /** How often each mutant would have acted, those that would have at all. */
  readonly reachable: readonly Reachable[];
}
