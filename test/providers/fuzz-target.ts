/**
 * What the fuzzer knows of a provider, to get past its first checks. The folder of tests of each provider has one in `fuzz.ts`,
 * exported as `target`.
 */
export interface FuzzTarget {
  /** Headers that authenticate, each set as one principal, from the weakest to the strongest. */
  readonly credentials: readonly Readonly<Record<string, string>>[];
  /** Words for paths, queries and headers: ids, names and addresses of the seed, values of parameters, and near misses. */
  readonly words: readonly string[];
  /** Bodies that operations accept, or nearly accept. */
  readonly bodies: readonly unknown[];
  /** Kinds of resources in which the provider counts refused requests. */
  readonly bookkeeping?: readonly string[];
  /** Whether the real server is known to answer with this 5xx. The 501 of unimplemented operations need not be named. */
  isKnownFailure(status: number, body: string): boolean;
}
