import type { Instant } from '../clock.ts';
import type { ApiKey } from './api-key.ts';
import type { KeyState } from './key-state.ts';

/** Which keys are meant. Every part that is given must hold. */
export interface KeyFilter {
  readonly id?: string;
  readonly provider?: string;
  readonly tenant?: string;
  readonly owner?: string;
  readonly kind?: ApiKey['kind'];
  readonly name?: string;
  readonly hint?: string;
  readonly hash?: string;
  /** Stored states; absent means every state, tombstones of revoked keys included. */
  readonly states?: readonly KeyState[];
  /** Only keys whose expiry lies strictly before this instant. */
  readonly expiryBefore?: Instant;
  /** Only keys that have no expiry, or one at or after this instant. */
  readonly noExpiryBefore?: Instant;
}

/** A window on a list: what was inserted after the key with this id (nothing, where there is no such key), so many at most. */
export interface KeyWindow {
  readonly after?: string;
  readonly limit?: number;
}

/** A key with its secret, where the provider's own API shows it again; null where only the hash was kept. */
export type RevealedKey = ApiKey & { readonly secret: string | null };

/** A rule over what is stored already, checked in the same atomic step as the insertion. */
export interface Admission {
  readonly siblings: KeyFilter;
  /** How many siblings the rule is shown at most, the first ones; absent means all. */
  readonly limit?: number;
  /** Throws to refuse; nothing is stored then. */
  admit(siblings: readonly ApiKey[]): void;
}

/**
 * Where keys live. Every method is atomic. Rules come in as pure synchronous closures, so that no other
 * request can fall between read and write: an SQL store runs them inside one transaction. What a closure
 * throws comes out unchanged, and the store stays as it was. What comes out of a store is exactly what went in:
 * an instant that it could not give back exactly (no whole number, or beyond 2^53) is refused with a RangeError.
 */
export interface KeyStore {
  /**
   * Stores a key, and its secret where one is given to be shown again. Throws key_name_taken when the provider has a key
   * with this secret already, or any provider one with this id.
   */
  insert(key: ApiKey, keptSecret: string | null, admission?: Admission): Promise<void>;
  /** Keys in the order in which they were inserted. */
  find(filter: KeyFilter, window?: KeyWindow): Promise<ApiKey[]>;
  /** The same with the secrets that were kept. Only for a provider that shows them itself. */
  findRevealed(filter: KeyFilter): Promise<RevealedKey[]>;
  /**
   * Active keys whose expiry lies at or after `from` and, where that is given, before `before`: the next to expire first, so
   * many at most.
   */
  expiring(from: Instant, before: Instant | null, limit: number): Promise<ApiKey[]>;
  /** How many keys `find` would give. */
  count(filter: KeyFilter): Promise<number>;
  /**
   * Replaces the first key that matches by what `decide` makes of it: its name, state, grants, attributes and instants.
   * The same object back means no change. Undefined when none matches.
   */
  change(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey | undefined>;
  /** The same for every key that matches, all or nothing; in the order in which they were inserted. */
  changeAll(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey[]>;
  /**
   * Stamps a use of the key with this hash. `admit` throws to refuse, else gives the instant of use. Undefined when there is
   * no such key. A store may write the stamp a little later; its own readers see it at once.
   */
  use(provider: string, hash: string, admit: (key: ApiKey) => Instant): Promise<ApiKey | undefined>;
}
