import { randomUUID } from 'node:crypto';
import type { Instant } from '../clock.ts';
import { AcceptedSecrets } from './accepted-secrets.ts';
import { type ApiKey, type Attributes, type Grants, type KeyRefusal, refusalOf } from './api-key.ts';
import { goOn, type MaybePromise } from './at-once.ts';
import { EmulatorError, fail } from './errors.ts';
import type { KeyState } from './key-state.ts';
import type { Admission, KeyFilter, KeyOrder, KeyPlace, KeyStore, RevealedKey } from './key-store.ts';
import { hashSecret } from './secret.ts';

/** A key to be issued. By default it is active, never expires, and has no name and no grants of its own. */
export interface KeyDraft {
  readonly id?: string;
  readonly tenant: string;
  readonly owner: string;
  readonly secret: string;
  readonly hint: string;
  /** Whether the secret itself is kept, because the provider's API shows it again. */
  readonly keepSecret?: boolean;
  readonly kind?: ApiKey['kind'];
  readonly name?: string | null;
  readonly state?: KeyState;
  readonly grants?: Grants;
  readonly attributes?: Attributes;
  readonly expiresAt?: Instant | null;
  /** If omitted: the instant of issue. Keys of a seed may be older. */
  readonly createdAt?: Instant;
  readonly lastUsedAt?: Instant | null;
}

/** Selects keys of the service's provider. */
export type ProviderKeyFilter = Omit<KeyFilter, 'provider'>;

/** A rule for the admission of a key, as in `Admission`; `siblings` are keys of the same provider. */
export interface ProviderAdmission {
  readonly siblings: ProviderKeyFilter;
  /** At most this many siblings are read: enough for a rule that only counts to a limit. */
  readonly limit?: number;
  admit(siblings: readonly ApiKey[]): void;
}

/** How a provider sees its keys, which may differ from what is stored. It is told of every issue and every change. */
export interface Visibility {
  /** The key as the provider sees it at an instant; undefined while the provider does not know it. */
  seenAt(key: ApiKey, now: Instant): ApiKey | undefined;
  issued(key: ApiKey, now: Instant): void;
  changed(before: ApiKey, after: ApiKey): void;
}

/** Every key is seen as it is stored. */
const asStored: Visibility = { seenAt: (key) => key, issued: () => undefined, changed: () => undefined };

/** Called for every issue, first use and change of a key, with the key before (undefined for an issue) and after. */
export type KeyWatcher = (before: ApiKey | undefined, after: ApiKey) => void;

export interface KeyServiceOptions {
  readonly watch?: KeyWatcher;
  /** If omitted: every key is seen as it is stored. */
  readonly visibility?: Visibility;
}

/** Builds the record of a key that is issued at `now`. */
export function draftKey(provider: string, draft: KeyDraft, now: Instant): ApiKey {
  return {
    id: draft.id ?? randomUUID(),
    provider,
    tenant: draft.tenant,
    owner: draft.owner,
    kind: draft.kind ?? 'key',
    name: draft.name ?? null,
    // A seed may have a secret so short that the provider's hint would be all of it.
    hint: draft.hint.slice(0, draft.secret.length >> 1),
    hash: hashSecret(draft.secret),
    state: draft.state ?? 'active',
    grants: draft.grants ?? {},
    attributes: draft.attributes ?? {},
    createdAt: draft.createdAt ?? now,
    updatedAt: draft.createdAt ?? now,
    expiresAt: draft.expiresAt ?? null,
    lastUsedAt: draft.lastUsedAt ?? null,
    revokedAt: draft.state === 'revoked' ? now : null,
  };
}

/** The keys of one provider in one world: the only gate, and the only way to change which keys it lets in. */
export class KeyService {
  readonly #provider: string;
  readonly #store: KeyStore;
  readonly #watch: KeyWatcher;
  readonly #visibility: Visibility;
  readonly #accepted = new AcceptedSecrets();

  constructor(provider: string, store: KeyStore, { watch = () => undefined, visibility = asStored }: KeyServiceOptions = {}) {
    this.#provider = provider;
    this.#store = store;
    this.#watch = watch;
    this.#visibility = visibility;
  }

  /**
   * The only gate. Returns the key with this secret, stamped as used at `now`.
   * Throws key_unknown, key_suspended, key_expired or key_revoked.
   */
  authenticate(secret: string, now: Instant): MaybePromise<ApiKey> {
    let before: ApiKey | undefined;
    const used = this.#store.use(this.#provider, this.#accepted.hashOf(secret), (found) => {
      const refusal = this.#refusalOf(found, now);
      if (refusal !== undefined) throw refusal;
      before = found;
      return now;
    });
    return goOn(used, (key) => {
      if (key === undefined) fail('key_unknown', null);
      this.#accepted.keep(secret, key.hash);
      if (before?.lastUsedAt === null) this.#watch(before, key);
      return key;
    });
  }

  /** The key that `authenticate` would find, if any, and the refusal that it would throw, if any. Does not stamp a use. */
  introspect(secret: string, now: Instant): MaybePromise<{ key?: ApiKey; refusal?: KeyRefusal }> {
    return goOn(this.findBySecret(secret), (key) => {
      if (key === undefined) return { refusal: new EmulatorError('key_unknown', null) };
      const refusal = this.#refusalOf(key, now);
      return refusal === undefined ? { key } : { key, refusal };
    });
  }

  /**
   * Issues a key. The admission rule is checked in the same atomic step, and what it throws passes through. Throws
   * key_name_taken for a secret or an id that is taken, RangeError for an instant that cannot be stored exactly.
   */
  issue(draft: KeyDraft, now: Instant, admission?: ProviderAdmission): MaybePromise<ApiKey> {
    const key = draftKey(this.#provider, draft, now);
    const inserted = this.#store.insert(key, draft.keepSecret ? draft.secret : null, admission && this.#admission(admission));
    return goOn(inserted, () => {
      this.#visibility.issued(key, now);
      this.#watch(undefined, key);
      return key;
    });
  }

  /** The keys that match, in the order in which they were issued. */
  find(filter: ProviderKeyFilter): MaybePromise<ApiKey[]> {
    return this.#store.find(this.#own(filter));
  }

  /** The first key that matches, if any. */
  findFirst(filter: ProviderKeyFilter): MaybePromise<ApiKey | undefined> {
    return goOn(this.#store.find(this.#own(filter), { limit: 1 }), ([key]) => key);
  }

  /** The key that has this secret, whatever its state, if any. */
  findBySecret(secret: string): MaybePromise<ApiKey | undefined> {
    return this.findFirst({ hash: hashSecret(secret) });
  }

  /** At most `limit` keys of the kind `key` at and after a place, in the order of one of their instants. */
  listBy(order: KeyOrder, place: KeyPlace, limit: number): Promise<ApiKey[]> {
    return this.#store.listBy(order, this.#provider, place, limit);
  }

  /** The number of keys that such a list has in all. */
  countBy(order: KeyOrder): Promise<number> {
    return this.#store.countBy(order, this.#provider);
  }

  /** The keys that match, with the secrets that were kept: for providers whose API shows them. */
  findRevealed(filter: ProviderKeyFilter): MaybePromise<RevealedKey[]> {
    return this.#store.findRevealed(this.#own(filter));
  }

  /**
   * Replaces the first key that matches by what `decide`, which must be pure, makes of it; undefined if no key matches.
   * What `decide` throws passes through. Throws transition_refused if it brings a revoked key back, TypeError if it changes a
   * fixed field.
   */
  async change(filter: ProviderKeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey | undefined> {
    const changes: KeyChange[] = [];
    const after = await this.#store.change(this.#own(filter), checked(decide, changes));
    this.#tellOf(changes);
    return after;
  }

  /** Does the same to all keys that match in one step, and returns them all. Throws as `change` does; then no key is changed. */
  async changeAll(filter: ProviderKeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey[]> {
    const changes: KeyChange[] = [];
    const after = await this.#store.changeAll(this.#own(filter), checked(decide, changes));
    this.#tellOf(changes);
    return after;
  }

  /** Takes note of what another process did to a key: it is told of, and seen as late, as what is done here. */
  changedElsewhere(before: ApiKey | undefined, after: ApiKey): void {
    if (before === undefined) {
      this.#visibility.issued(after, after.createdAt);
      this.#watch(undefined, after);
    } else {
      this.#tellOf([{ before, after }]);
    }
  }

  #tellOf(changes: readonly KeyChange[]): void {
    if (changes.length > 0) this.#accepted.forget();
    for (const { before, after } of changes) {
      this.#visibility.changed(before, after);
      this.#watch(before, after);
    }
  }

  #refusalOf(key: ApiKey, now: Instant): KeyRefusal | undefined {
    const seen = this.#visibility.seenAt(key, now);
    return seen === undefined ? new EmulatorError('key_unknown', null) : refusalOf(seen, now);
  }

  #own(filter: ProviderKeyFilter): KeyFilter {
    return { ...filter, provider: this.#provider };
  }

  #admission(admission: ProviderAdmission): Admission {
    const { limit } = admission;
    return {
      siblings: this.#own(admission.siblings),
      ...(limit !== undefined && { limit }),
      admit: (siblings) => admission.admit(siblings),
    };
  }
}

/** What a provider may ask of its keys, and do with them. */
export type Keys = Pick<KeyService, Exclude<keyof KeyService, 'changedElsewhere'>>;

interface KeyChange {
  readonly before: ApiKey;
  readonly after: ApiKey;
}

/** The fields that never change. */
const fixedFields = ['id', 'provider', 'tenant', 'owner', 'kind', 'hint', 'hash', 'createdAt'] as const;

/** Wraps a decision: its outcome is checked, and added to `changes` if it is a change. */
function checked(decide: (key: ApiKey) => ApiKey, changes: KeyChange[]): (key: ApiKey) => ApiKey {
  return (before) => {
    const after = decide(before);
    const touched = fixedFields.find((field) => after[field] !== before[field]);
    if (touched !== undefined) throw new TypeError(`the ${touched} of a key never changes`);
    if (before.state === 'revoked' && after.state !== 'revoked') fail('transition_refused', { from: 'revoked', to: after.state });
    if (after !== before) changes.push({ before, after });
    return after;
  };
}
