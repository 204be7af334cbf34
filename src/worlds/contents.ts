import type { Instant } from '../clock.ts';
import { GuardedKeyStore, GuardedResourceStore } from '../core/guarded-stores.ts';
import { KeyService, type KeyWatcher } from '../core/key-service.ts';
import { othersTurn } from '../core/pieces.ts';
import { Propagation, type UnseenChange } from '../core/propagation.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import { SecretHashes } from '../core/secret-hashes.ts';
import type { WorldStore } from '../core/world-store.ts';
import type { DelaysAt } from '../faults/faults.ts';
import type { Provider } from '../provider/provider.ts';

/** Reading so many hashes takes a few milliseconds. */
const mostRead = 5000;

/** What belongs to one provider. */
interface Share {
  readonly keys: KeyService;
  readonly resources: ResourceStore;
  readonly propagation: Propagation;
}

/**
 * What a world holds from one reset or restore to the next. Everything that is remembered about keys outside the store belongs
 * here, so that it ends with them. A request keeps the contents that it began with: once they are replaced, whatever it still
 * asks of them throws unavailable, and nothing of it reaches the new ones.
 */
export class Contents {
  readonly #store: WorldStore;
  readonly #shares = new Map<string, Share>();
  /** Read when it is first asked for, and kept up to date from then on; null if they are too many to be read in one turn. */
  #secrets: SecretHashes | null | undefined;
  #isReplaced = false;

  constructor(store: WorldStore, providers: readonly Provider[], watch: KeyWatcher) {
    this.#store = store;
    const isReplaced = () => this.#isReplaced;
    const note: KeyWatcher = (before, after) => {
      if (before === undefined) this.#secrets?.add(after.hash);
      watch(before, after);
    };
    const keyStore = new GuardedKeyStore(store.keys, isReplaced);
    for (const { name } of providers) {
      const propagation = new Propagation();
      const keys = new KeyService(name, keyStore, { watch: note, visibility: propagation });
      this.#shares.set(name, { keys, resources: new GuardedResourceStore(store.resources(name), isReplaced), propagation });
    }
  }

  /** Whether other contents have taken their place, or the world is gone. */
  get isReplaced(): boolean {
    return this.#isReplaced;
  }

  /** The keys of a provider. Throws RangeError for a provider that is not running. */
  keys(provider: string): KeyService {
    return this.#shareOf(provider).keys;
  }

  /** What the keys of a provider refer to. Throws RangeError as `keys` does. */
  resources(provider: string): ResourceStore {
    return this.#shareOf(provider).resources;
  }

  /** The changes that a fault keeps a provider from seeing at an instant. */
  unseenChanges(provider: string, now: Instant): readonly UnseenChange[] {
    return this.#shares.get(provider)?.propagation.unseen(now) ?? [];
  }

  /** Whether a key has a secret with this hash. */
  knowsSecret(hash: string): boolean {
    if (this.#secrets === undefined && !this.#isReplaced) this.#secrets = secretsIn(this.#store);
    // The store of contents that were replaced is no longer theirs: that what they held is secret, the world remembers.
    return this.#secrets?.has(hash) ?? (!this.#isReplaced && this.#store.knowsSecret(hash));
  }

  /** Adds the hashes of the secrets of all keys to a set, in pieces. */
  async addSecretsTo(hashes: SecretHashes): Promise<void> {
    for (const some of this.#store.secretHashes()) {
      for (const hash of some) hashes.add(hash);
      await othersTurn();
    }
  }

  /** Sets how late each provider sees changes. */
  delayChanges(delaysAt: DelaysAt): void {
    for (const [provider, { propagation }] of this.#shares) propagation.delayBy(delaysAt(provider));
  }

  /** Call this when other contents take their place. */
  end(): void {
    this.#isReplaced = true;
  }

  #shareOf(provider: string): Share {
    const share = this.#shares.get(provider);
    if (share === undefined) throw new RangeError(`no provider ${provider} is running`);
    return share;
  }
}

/** The hashes of all secrets in a store, which knows them quicker than the store does; null if there are more than a few thousand. */
function secretsIn(store: WorldStore): SecretHashes | null {
  const secrets = new SecretHashes();
  for (const some of store.secretHashes()) {
    for (const hash of some) secrets.add(hash);
    if (secrets.size > mostRead) return null;
  }
  return secrets;
}
