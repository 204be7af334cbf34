import type { Instant } from '../clock.ts';
import { type ApiKey, revokeKey } from '../core/api-key.ts';
import { goOn, type MaybePromise } from '../core/at-once.ts';
import type { KeyDraft, KeyService, Keys, ProviderAdmission, ProviderKeyFilter } from '../core/key-service.ts';
import type { KeyOrder, KeyPlace, RevealedKey } from '../core/key-store.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import { hashSecret } from '../core/secret.ts';
import type { SecretPrint } from '../core/world-store.ts';
import type { Introspected } from '../http/gate.ts';
import type { MutantName } from '../provider/mutants.ts';
import type { Provider } from '../provider/provider.ts';
import { type Alteration, alterChange, alterDraft, isAtItsLast, isRevocation, newerThan, refusedEarly } from './alterations.ts';

/** What the keys of a request need of its gate. */
export interface KeysParts {
  readonly provider: Provider;
  readonly resources: ResourceStore;
  /** When the request came. */
  readonly now: Instant;
  /** Whether it is the mutant that was set. */
  isChosen(mutant: MutantName): boolean;
  /** Counts that a mutant would act, or has acted. */
  reach(mutant: MutantName): void;
  /** Notes that the one that was set has acted. */
  decide(mutant: MutantName, key: ApiKey): void;
  /** What is said of a secret that a request asks its provider about. */
  judge(secret: string, truth: Introspected): MaybePromise<Introspected>;
  /** Notes a secret that was answered, and that no key has. */
  lost(print: SecretPrint): void;
}

/**
 * The keys of one request to a provider. Each operation's own rules come first, and its answer is what was asked for: only what is
 * stored differs. The control plane, seeds and snapshots never come here.
 *
 * A change of one key is an operation on that key. Changes of many at once follow from something else, such as the end of a user,
 * whose keys are refused without it: they are no revocation that a test could mean, so no mutant acts on them.
 */
export class MutantKeys implements Keys {
  readonly #keys: KeyService;
  readonly #parts: KeysParts;

  constructor(keys: KeyService, parts: KeysParts) {
    this.#keys = keys;
    this.#parts = parts;
  }

  authenticate(secret: string, now: Instant): MaybePromise<ApiKey> {
    return goOn(this.#keys.authenticate(secret, now), (key) => {
      if (!isAtItsLast(key, now)) return key;
      this.#parts.reach('expire-early');
      if (!this.#parts.isChosen('expire-early')) return key;
      this.#parts.decide('expire-early', key);
      throw refusedEarly(key);
    });
  }

  introspect(secret: string, now: Instant): MaybePromise<Introspected> {
    return goOn(this.#keys.introspect(secret, now), (truth) => this.#parts.judge(secret, truth));
  }

  async issue(draft: KeyDraft, now: Instant, admission?: ProviderAdmission): Promise<ApiKey> {
    const { provider, resources } = this.#parts;
    const would = await alterDraft(draft, provider, resources);
    const chosen = this.#chosenOf(would);
    const stored = await this.#keys.issue(chosen?.stored ?? draft, now, admission);
    for (const { mutant } of would) this.#parts.reach(mutant);
    if (chosen === undefined) return stored;
    if (chosen.mutant === 'lose-new-key') this.#parts.lost({ hash: hashSecret(draft.secret), hint: stored.hint });
    const asAsked = { ...stored, grants: draft.grants ?? {}, expiresAt: draft.expiresAt ?? null };
    this.#parts.decide(chosen.mutant, asAsked);
    return asAsked;
  }

  async change(filter: ProviderKeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey | undefined> {
    const made: { before: ApiKey; after: ApiKey; would: readonly Alteration<ApiKey>[] }[] = [];
    const stored = await this.#keys.change(filter, (before) => {
      const after = decide(before);
      const would = alterChange(before, after, this.#parts.now);
      made.push({ before, after, would });
      return this.#chosenOf(would)?.stored ?? after;
    });
    const last = made.at(-1);
    if (stored === undefined || last === undefined) return stored;
    const { before, after, would } = last;
    for (const { mutant } of would) this.#parts.reach(mutant);
    const chosen = this.#chosenOf(would);
    if (chosen !== undefined) this.#parts.decide(chosen.mutant, before);
    if (isRevocation(before, after) && isRevocation(before, stored)) await this.#revokeSiblings(after);
    return chosen === undefined ? stored : after;
  }

  changeAll(filter: ProviderKeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey[]> {
    return this.#keys.changeAll(filter, decide);
  }

  find(filter: ProviderKeyFilter): MaybePromise<ApiKey[]> {
    return this.#keys.find(filter);
  }

  findFirst(filter: ProviderKeyFilter): MaybePromise<ApiKey | undefined> {
    return this.#keys.findFirst(filter);
  }

  findBySecret(secret: string): MaybePromise<ApiKey | undefined> {
    return this.#keys.findBySecret(secret);
  }

  findRevealed(filter: ProviderKeyFilter): MaybePromise<RevealedKey[]> {
    return this.#keys.findRevealed(filter);
  }

  listBy(order: KeyOrder, place: KeyPlace, limit: number): Promise<ApiKey[]> {
    return this.#keys.listBy(order, place, limit);
  }

  countBy(order: KeyOrder): Promise<number> {
    return this.#keys.countBy(order);
  }

  #chosenOf<T>(would: readonly Alteration<T>[]): Alteration<T> | undefined {
    return would.find(({ mutant }) => this.#parts.isChosen(mutant));
  }

  async #revokeSiblings(revoked: ApiKey): Promise<void> {
    const { tenant, owner, kind } = revoked;
    const { now } = this.#parts;
    const family = { tenant, owner, kind };
    const siblings = newerThan(revoked, await this.#keys.find(family), now);
    if (siblings.size === 0) return;
    this.#parts.reach('revoke-siblings');
    if (!this.#parts.isChosen('revoke-siblings')) return;
    await this.#keys.changeAll(family, (key) => (siblings.has(key.id) ? revokeKey(key, now) : key));
    this.#parts.decide('revoke-siblings', revoked);
  }
}
