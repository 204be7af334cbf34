/** What the fuzzer must know of a provider to get deep into it; each provider's test folder has one as `fuzz.ts`, exported as `target`. */
export interface FuzzTarget {
  /** Sets of headers that authenticate as somebody, from the weakest to the strongest. */
  readonly credentials: readonly Readonly<Record<string, string>>[];
  /** Words that lead deep: ids, names and addresses of the seed, values of parameters, and near misses of all of them. */
  readonly words: readonly string[];
  /** Bodies near what the operations take. */
  readonly bodies: readonly unknown[];
  /** Kinds of resources in which the provider counts what it refuses. */
  readonly bookkeeping?: readonly string[];
  /** Whether what is known of the provider names this 5xx. (A 501 of an unimplemented operation always is.) */
  isKnownFailure(status: number, body: string): boolean;
}
