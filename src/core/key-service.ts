import { randomUUID } from 'node:crypto';
import type { Instant } from '../clock.ts';
import { type ApiKey, type Attributes, type Grants, type KeyRefusal, type KeyState, refusalOf } from './api-key.ts';
import { EmulatorError, fail } from './errors.ts';
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

/**
 * How late a provider sees what was done to its keys: a new key is unknown for so long, and one that was revoked is accepted
 * for so long, by the world's clock. Both are nothing unless somebody asks for it.
 */
export interface Propagation {
  readonly issueMs: number;
  readonly revokeMs: number;
}

export const atOnce: Propagation = { issueMs: 0, revokeMs: 0 };

/** A change that the provider does not see yet. */
export interface UnseenChange {
  /** The id of the key. */
  readonly id: string;
  readonly change: 'issue' | 'revocation';
  /** A new key is known from then on; one that was revoked is refused just after it. */
  readonly seenAt: Instant;
}

/** Hears of every key that was issued, used or changed: what it was before (undefined: it was not), and what it is. */
export type KeyWatcher = (before: ApiKey | undefined, after: ApiKey) => void;

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
  #propagation: Propagation = atOnce;
  /** When keys were issued, by their ids: those alone that were issued since that is seen late. */
  readonly #issuedAt = new Map<string, Instant>();
  /** The same of those that were revoked, as they were before. */
  readonly #revoked = new Map<string, ApiKey & { readonly revokedAt: Instant }>();

  constructor(provider: string, store: KeyStore, watch: KeyWatcher = () => undefined) {
    this.#provider = provider;
    this.#store = store;
    this.#watch = watch;
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
    if (this.#propagation.issueMs > 0) this.#issuedAt.set(key.id, now);
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
    let before: ApiKey | undefined;
    const after = await this.#store.change(this.#own(filter), (key) => {
      before = key;
      return checkChange(key, decide(key));
    });
    if (after !== undefined && after !== before) this.#changed(before, after);
    return after;
  }

  /** Changes every key that matches, all in one step, and gives what became of them. Throws as `change` does; then none is changed. */
  async changeAll(filter: ProviderKeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey[]> {
    const before: ApiKey[] = [];
    const after = await this.#store.changeAll(this.#own(filter), (key) => {
      before.push(key);
      return checkChange(key, decide(key));
    });
    for (const [index, key] of after.entries()) if (key !== before[index]) this.#changed(before[index], key);
    return after;
  }

  /**
   * Has the changes that are made from now on seen late here, and those that are not seen yet at another time. What was
   * issued or revoked before was seen long ago.
   */
  propagate(propagation: Propagation): void {
    this.#propagation = propagation;
    if (propagation.issueMs === 0) this.#issuedAt.clear();
    if (propagation.revokeMs === 0) this.#revoked.clear();
  }

  /** The changes that are not seen at an instant. */
  unseen(now: Instant): UnseenChange[] {
    const { issueMs, revokeMs } = this.#propagation;
    const issues = [...this.#issuedAt].map(([id, at]) => ({ id, change: 'issue' as const, seenAt: at + issueMs }));
    const revocations = [...this.#revoked].map(([id, { revokedAt }]) => ({
      ...{ id, change: 'revocation' as const },
      seenAt: revokedAt + revokeMs,
    }));
    return [...issues.filter(({ seenAt }) => now < seenAt), ...revocations.filter(({ seenAt }) => now <= seenAt)];
  }

  #changed(before: ApiKey | undefined, after: ApiKey): void {
    const { revokedAt } = after;
    const isRevoked = before !== undefined && before.state !== 'revoked' && revokedAt !== null;
    if (isRevoked && this.#propagation.revokeMs > 0) this.#revoked.set(after.id, { ...before, revokedAt });
    this.#watch(before, after);
  }

  #refusalOf(key: ApiKey, now: Instant): KeyRefusal | undefined {
    const { issueMs, revokeMs } = this.#propagation;
    const issuedAt = this.#issuedAt.get(key.id);
    if (issuedAt !== undefined && now < issuedAt + issueMs) return new EmulatorError('key_unknown', null);
    const before = this.#revoked.get(key.id);
    return refusalOf(before !== undefined && now <= before.revokedAt + revokeMs ? before : key, now);
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

/** What a key keeps from its issue to its end. */
const fixedFields = ['id', 'provider', 'tenant', 'owner', 'kind', 'hint', 'hash', 'createdAt'] as const;

function checkChange(before: ApiKey, after: ApiKey): ApiKey {
  const touched = fixedFields.find((field) => after[field] !== before[field]);
  if (touched !== undefined) throw new TypeError(`the ${touched} of a key never changes`);
  if (before.state === 'revoked' && after.state !== 'revoked') fail('transition_refused', { from: 'revoked', to: after.state });
  return after;
}
