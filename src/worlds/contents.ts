import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { GuardedKeyStore, GuardedResourceStore } from '../core/guarded-stores.ts';
import { KeyService, type KeyWatcher } from '../core/key-service.ts';
import { Propagation, type UnseenChange } from '../core/propagation.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import type { SecretPrint, WorldStore } from '../core/world-store.ts';
import type { DelaysAt } from '../faults/faults.ts';
import type { Provider } from '../provider/provider.ts';

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
  #isReplaced = false;

  constructor(store: WorldStore, providers: readonly Provider[], watch: KeyWatcher) {
    this.#store = store;
    const isReplaced = () => this.#isReplaced;
    const keyStore = new GuardedKeyStore(store.keys, isReplaced);
    for (const { name } of providers) {
      const propagation = new Propagation();
      const keys = new KeyService(name, keyStore, { watch, visibility: propagation });
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

  /** The prints of the secrets of all keys, some of them at a time; of none once other contents have taken their place. */
  secretPrints(): Iterable<readonly SecretPrint[]> {
    return this.#isReplaced ? [] : this.#store.secretPrints();
  }

  /** Takes note of a key that another process issued or changed; one of a provider that is not running here is nobody's. */
  keyChangedElsewhere(before: ApiKey | undefined, after: ApiKey): void {
    this.#shares.get(after.provider)?.keys.changedElsewhere(before, after);
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
