import type { Instant } from '../clock.ts';
import type { ApiKey } from './api-key.ts';
import type { KeyState } from './key-state.ts';

/** An owner of keys, as it is stored; if a provider is given, only of its keys. */
export interface KeyOwner {
  readonly owner: string;
  readonly provider?: string;
}

/** Selects the keys that match every part that is given. */
export interface KeyFilter {
  readonly id?: string;
  readonly provider?: string;
  readonly tenant?: string;
  readonly owner?: string;
  /** One of these owners, of any provider or of one. */
  readonly owners?: readonly KeyOwner[];
  readonly kind?: ApiKey['kind'];
  readonly name?: string;
  readonly hint?: string;
  readonly hash?: string;
  /** A part of the name, the owner, the hint or the id; the letters of ASCII in either case. */
  readonly text?: string;
  /** Stored states. If omitted: every state, revoked keys included. */
  readonly states?: readonly KeyState[];
  /** Keys whose expiry lies strictly before this instant. */
  readonly expiryBefore?: Instant;
  /** Keys without an expiry, or with one at or after this instant. */
  readonly noExpiryBefore?: Instant;
}

/** A part of a list. */
export interface KeyWindow {
  /** Keys that were inserted after the key with this id; no keys for an unknown id. */
  readonly after?: string;
  /** At most this many. */
  readonly limit?: number;
}

/** An instant by which the keys of a provider can be read in order: those of the kind `key` that have it. */
export type KeyOrder = 'createdAt' | 'revokedAt';

/**
 * An order of all keys: by their issue, the first one first; by their expiry, the next one first; by their last use, the last one
 * first. Those without an expiry, or without a use, come last, in the order of their insertion.
 */
export const keyListings = ['created', 'expiry', 'used'] as const;
export type KeyListing = (typeof keyListings)[number];

/** The instant of a key that such an order is of; null if it has none. */
export function instantIn(order: KeyListing, { createdAt, expiresAt, lastUsedAt }: ApiKey): Instant | null {
  if (order === 'created') return createdAt;
  return order === 'expiry' ? expiresAt : lastUsedAt;
}

/** The last key before a part of a list in such an order. */
export interface KeyListPlace {
  /** Its instant, as it was when it was listed. */
  readonly at: Instant | null;
  readonly id: string;
}

/** Where to begin in a list by instants. */
export interface KeyPlace {
  /** At this instant, which is included, */
  readonly from: Instant;
  /** but there only with the keys that were inserted after the one with this id; no keys at all for an unknown id. */
  readonly after?: string | undefined;
}

/** A key with its secret; null if only the hash was kept. */
export type RevealedKey = ApiKey & { readonly secret: string | null };

/** A rule over the stored keys, checked in the same atomic step as the insertion. */
export interface Admission {
  readonly siblings: KeyFilter;
  /** The rule is shown at most this many siblings, the first ones. If omitted: all. */
  readonly limit?: number;
  /** Throws to refuse the key, which is not stored then. */
  admit(siblings: readonly ApiKey[]): void;
}

/**
 * Stores keys. Every method is atomic. Rules are pure synchronous functions that the store calls between its read and its
 * write, so that no other request can come between them. What a rule throws passes through unchanged, and nothing is stored.
 * Throws RangeError for an instant that it could not give back exactly: a fraction, or beyond 2^53.
 */
export interface KeyStore {
  /**
   * Stores a key, and the secret if it is given. Throws key_name_taken if the provider has a key with this secret, or if
   * any provider has a key with this id.
   */
  insert(key: ApiKey, keptSecret: string | null, admission?: Admission): Promise<void>;
  /** The keys that match, in the order in which they were inserted. */
  find(filter: KeyFilter, window?: KeyWindow): Promise<ApiKey[]>;
  /** The same with the secrets that were kept: for providers whose API shows them. */
  findRevealed(filter: KeyFilter): Promise<RevealedKey[]>;
  /**
   * At most `limit` active keys whose expiry lies at or after `from` and, unless it is null, before `before`: the next to
   * expire first, and of several at one instant the first inserted. Of those at `from` only the ones that were inserted after
   * the key with the id `after`, if it is given; no keys for an unknown id.
   */
  expiring(from: Instant, before: Instant | null, limit: number, after?: string): Promise<ApiKey[]>;
  /** The number of active keys whose expiry lies at or after `from`. */
  countExpiring(from: Instant): Promise<number>;
  /** At most `limit` keys at and after a place, in the order of one of their instants, and then in that of their insertion. */
  listBy(order: KeyOrder, provider: string, place: KeyPlace, limit: number): Promise<ApiKey[]>;
  /** The number of keys that such a list has in all. */
  countBy(order: KeyOrder, provider: string): Promise<number>;
  /** At most `limit` keys that match, in an order, after a place or from the first one on; none after an unknown key. */
  list(order: KeyListing, filter: KeyFilter, place: KeyListPlace | undefined, limit: number): Promise<ApiKey[]>;
  /** The number of keys that match. */
  count(filter: KeyFilter): Promise<number>;
  /**
   * Replaces name, state, grants, attributes and instants of the first key that matches by what `decide` returns; the same
   * object means no change. Undefined if no key matches.
   */
  change(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey | undefined>;
  /** The same for all keys that match, all or nothing. Returns them in the order in which they were inserted. */
  changeAll(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey[]>;
  /**
   * Stamps a use of the key with this hash at the instant that `admit` returns; `admit` throws to refuse. Undefined if
   * there is no such key. A store may write the stamp a little later, but its own readers see it at once.
   */
  use(provider: string, hash: string, admit: (key: ApiKey) => Instant): Promise<ApiKey | undefined>;
}
