import type { Instant } from '../clock.ts';
import type { ProviderRecords, WorldStore } from '../core/world-store.ts';
import type { Provider } from '../provider/provider.ts';
import type { SeedCredential, SeedExtent } from '../provider/seed/format.ts';
import { credentialsOf, recordsOf } from './filling.ts';
import type { Seeds } from './seeds.ts';

/** A seed, and whose it is. */
export interface Sown {
  readonly seeds: Seeds;
  /** Whether it belongs to this world alone. */
  readonly isOwn: boolean;
}

/** What a world is seeded with, and how much of it the world was last filled with. */
export class Seeding {
  readonly #providers: readonly Provider[];
  #sown: Sown;
  #extent: SeedExtent = 'everything';
  /** By what the world held when they were read. To read them takes as long as the seed is. */
  readonly #presented = new WeakMap<object, Promise<ReadonlyMap<string, SeedCredential>>>();

  constructor(providers: readonly Provider[], sown: Sown) {
    this.#providers = providers;
    this.#sown = sown;
  }

  /** The seed that it has now. */
  get sown(): Sown {
    return this.#sown;
  }

  /** The records of a whole seed for some providers. Throws SeedError. */
  recordsFor(providers: readonly Provider[], now: Instant): Promise<ProviderRecords[]> {
    return recordsOf(providers, { seeds: this.#sown.seeds, extent: 'everything' }, now);
  }

  /** The records of a seed for all providers. Throws SeedError. */
  records({ seeds }: Sown, extent: SeedExtent, now: Instant): Promise<ProviderRecords[]> {
    return recordsOf(this.#providers, { seeds, extent }, now);
  }

  /** Call this when the world was filled with a seed. */
  filled(sown: Sown, extent: SeedExtent): void {
    this.#sown = sown;
    this.#extent = extent;
  }

  /**
   * A credential of each provider that is presented in a header, of those that `read` gives. They are read once for what the
   * world holds, `contents`, until other contents take its place.
   */
  presented(contents: object, read: () => ReturnType<Seeding['credentials']>): Promise<ReadonlyMap<string, SeedCredential>> {
    const known = this.#presented.get(contents);
    if (known !== undefined) return known;
    const presented = read().then((byProvider) => {
      const entries = [...byProvider].map(([name, list]) => [name, list.find(({ header }) => header !== null)] as const);
      return new Map(entries.flatMap(([name, one]) => (one === undefined ? [] : [[name, one] as const])));
    });
    this.#presented.set(contents, presented);
    // An error is not remembered.
    presented.catch(() => this.#presented.delete(contents));
    return presented;
  }

  /** The credentials of the seed that a store was filled with, by provider; `now` stands for an instant of seeding that is not known. Throws SeedError. */
  async credentials(store: WorldStore, now: Instant): Promise<ReadonlyMap<string, readonly SeedCredential[]>> {
    while (store.restoring !== undefined) await store.restoring;
    const seeded = store.seededProviders();
    const { seeds } = this.#sown;
    const filled = { seeds, extent: this.#extent, knowsSecret: (hash: string) => store.knowsSecret(hash) };
    const entries = this.#providers.map(async (provider) => {
      // The instant of seeding: some secrets contain their expiry, which is counted from it.
      const at = seeded.get(provider.name) ?? now;
      return [provider.name, await credentialsOf(provider, filled, at)] as const;
    });
    return new Map(await Promise.all(entries));
  }
}
