import { randomUUID } from 'node:crypto';
import type { Instant } from '../clock.ts';
import { type ApiKey, type Attributes, type Grants, type KeyRefusal, refusalOf } from './api-key.ts';
import { EmulatorError, fail } from './errors.ts';
import type { KeyState } from './key-state.ts';
import type { Admission, KeyFilter, KeyStore, RevealedKey } from './key-store.ts';
import { hashSecret } from './secret.ts';

/** A key to be issued. What is left out takes the plain value: active, never expiring, no name, no grants of its own. */
export interface KeyDraft {
  readonly id?: string;
  readonly tenant: string;
  readonly owner: string;
  readonly secret: string;
  readonly hint: string;
  /** Keep the secret itself, because the provider's API shows it again. */
  readonly keepSecret?: boolean;
  readonly kind?: ApiKey['kind'];
  readonly name?: string | null;
  readonly state?: KeyState;
  readonly grants?: Grants;
  readonly attributes?: Attributes;
  readonly expiresAt?: Instant | null;
  /** Left out: the instant of issue. A seed may hold keys that are older. */
  readonly createdAt?: Instant;
  readonly lastUsedAt?: Instant | null;
}

/** The filters of a provider's own policy; the provider itself is fixed by the service. */
export type ProviderKeyFilter = Omit<KeyFilter, 'provider'>;

/** A provider's admission rule: `siblings` are looked up within the provider. */
export interface ProviderAdmission {
  readonly siblings: ProviderKeyFilter;
  /** A rule that only counts to a limit need not be shown more siblings than that. */
  readonly limit?: number;
  admit(siblings: readonly ApiKey[]): void;
}

/** How a provider sees its keys, which may be otherwise than they are stored. Told of every issue and every change. */
export interface Visibility {
  /** The key as the provider sees it at an instant; undefined while the provider does not know it. */
  seenAt(key: ApiKey, now: Instant): ApiKey | undefined;
  issued(key: ApiKey, now: Instant): void;
  changed(before: ApiKey, after: ApiKey): void;
}

/** Every key is seen as it is stored. */
const asStored: Visibility = { seenAt: (key) => key, issued: () => undefined, changed: () => undefined };

/** Told of every issue, first use and change of a key: the key before (undefined for an issue) and after. */
export type KeyWatcher = (before: ApiKey | undefined, after: ApiKey) => void;

export interface KeyServiceOptions {
  /** Left out: nobody is told. */
  readonly watch?: KeyWatcher;
  /** Left out: every key is seen as it is stored. */
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
    // A short secret of a seed would be shown whole.
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

/** The keys of one provider in one world: the only gate, and the only way to change what it lets in. */
export class KeyService {
  readonly #provider: string;
  readonly #store: KeyStore;
  readonly #watch: KeyWatcher;
  readonly #visibility: Visibility;

  constructor(provider: string, store: KeyStore, { watch = () => undefined, visibility = asStored }: KeyServiceOptions = {}) {
    this.#provider = provider;
    this.#store = store;
    this.#watch = watch;
    this.#visibility = visibility;
  }

  /**
   * The only gate. Gives the key whose secret this is, stamped as used at `now`.
   * Throws key_unknown, key_suspended, key_expired or key_revoked.
   */
  async authenticate(secret: string, now: Instant): Promise<ApiKey> {
    let before: ApiKey | undefined;
    const key = await this.#store.use(this.#provider, hashSecret(secret), (found) => {
      const refusal = this.#refusalOf(found, now);
      if (refusal !== undefined) throw refusal;
      before = found;
      return now;
    });
    if (key === undefined) fail('key_unknown', null);
    if (before?.lastUsedAt === null) this.#watch(before, key);
    return key;
  }

  /** What `authenticate` would say, without using the key: the key if there is one, and the refusal if there is one. */
  async introspect(secret: string, now: Instant): Promise<{ key?: ApiKey; refusal?: KeyRefusal }> {
    const key = await this.findFirst({ hash: hashSecret(secret) });
    if (key === undefined) return { refusal: new EmulatorError('key_unknown', null) };
    const refusal = this.#refusalOf(key, now);
    return refusal === undefined ? { key } : { key, refusal };
  }

  /** Issues a key. The admission rule, if any, is checked in the same atomic step; what it throws comes out. */
  async issue(draft: KeyDraft, now: Instant, admission?: ProviderAdmission): Promise<ApiKey> {
    const key = draftKey(this.#provider, draft, now);
    await this.#store.insert(key, draft.keepSecret ? draft.secret : null, admission && this.#admission(admission));
    this.#visibility.issued(key, now);
    this.#watch(undefined, key);
    return key;
  }

  /** Keys in the order in which they were issued. */
  find(filter: ProviderKeyFilter): Promise<ApiKey[]> {
    return this.#store.find(this.#own(filter));
  }

  /** The first key that matches, if any. */
  async findFirst(filter: ProviderKeyFilter): Promise<ApiKey | undefined> {
    const [key] = await this.#store.find(this.#own(filter), { limit: 1 });
    return key;
  }

  /** Keys with the secrets that were kept: only where the provider's own API shows them. */
  findRevealed(filter: ProviderKeyFilter): Promise<RevealedKey[]> {
    return this.#store.findRevealed(this.#own(filter));
  }

  /**
   * Changes the first key that matches by a pure decision; undefined when none does. What `decide` throws comes out.
   * Throws transition_refused where it would bring a revoked key back, TypeError where it touches what never changes.
   */
  async change(filter: ProviderKeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey | undefined> {
    const changes: KeyChange[] = [];
    const after = await this.#store.change(this.#own(filter), checked(decide, changes));
    this.#tellOf(changes);
    return after;
  }

  /** Changes every key that matches, all in one step, and gives them all. Throws as `change` does; then none is changed. */
  async changeAll(filter: ProviderKeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey[]> {
    const changes: KeyChange[] = [];
    const after = await this.#store.changeAll(this.#own(filter), checked(decide, changes));
    this.#tellOf(changes);
    return after;
  }

  #tellOf(changes: readonly KeyChange[]): void {
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

interface KeyChange {
  readonly before: ApiKey;
  readonly after: ApiKey;
}

/** What a key keeps from its issue to its end. */
const fixedFields = ['id', 'provider', 'tenant', 'owner', 'kind', 'hint', 'hash', 'createdAt'] as const;

/** The decision with its outcome checked, and added to `changes` where it is a change. */
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
