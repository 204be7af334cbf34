import { randomUUID } from 'node:crypto';
import type { Instant, VirtualClock } from './clock.ts';
import type { ApiKey } from './core/api-key.ts';
import { draftKey, KeyService } from './core/key-service.ts';
import type { ResourceStore } from './core/resource-store.ts';
import type { ProviderRecords, WorldStore } from './core/world-store.ts';
import type { Emulation } from './http/provider.ts';
import type { ProviderSeed, SeedCredential, SeedExtent } from './http/seed-format.ts';
import { builtInSeeds, reading, type Seeds } from './seeds.ts';

/** A key that was added from outside, and what presents it. */
export interface AddedKey {
  readonly key: ApiKey;
  readonly credential: SeedCredential;
}

/** One isolated universe: keys, what they refer to, and a clock. */
export class World {
  readonly name: string;
  readonly clock: VirtualClock;
  readonly store: WorldStore;
  readonly #emulations: readonly Emulation[];
  readonly #seeds: Seeds;
  readonly #keys: ReadonlyMap<string, KeyService>;

  constructor(
    name: string,
    clock: VirtualClock,
    store: WorldStore,
    emulations: readonly Emulation[],
    seeds: Seeds = builtInSeeds,
  ) {
    this.name = name;
    this.clock = clock;
    this.store = store;
    this.#emulations = emulations;
    this.#seeds = seeds;
    this.#keys = new Map(emulations.map((provider) => [provider.name, new KeyService(provider.name, store.keys)]));
  }

  /** A provider's keys. Throws for a provider that is not running. */
  keys(provider: string): KeyService {
    const keys = this.#keys.get(provider);
    if (keys === undefined) throw new RangeError(`no provider ${provider} here`);
    return keys;
  }

  resources(provider: string): ResourceStore {
    return this.store.resources(provider);
  }

  /** Gives their seed to the providers that have none yet: all of them in a fresh database, none in one opened again. Throws SeedError. */
  async seedFresh(): Promise<void> {
    const seeded = this.store.seededProviders();
    const fresh = this.#emulations.filter((provider) => !seeded.has(provider.name));
    const now = this.clock.now();
    if (fresh.length > 0) this.store.seed(await this.#recordsOf(fresh, 'everything', now), now, false);
  }

  /** The world as at its start: clock, keys and everything else. `bootstrap` leaves only the first administrators. */
  async reset(extent: SeedExtent): Promise<void> {
    const now = this.clock.startsAt();
    const records = await this.#recordsOf(this.#emulations, extent, now);
    // Nothing may fall between keys and clock: from here on nothing is waited for.
    this.store.seed(records, now, true);
    this.clock.reset();
  }

  /** The credentials of the seed, by provider. Throws SeedError. */
  async credentials(): Promise<ReadonlyMap<string, readonly SeedCredential[]>> {
    const seeded = this.store.seededProviders();
    const entries = this.#emulations.map(async (provider) => {
      // As of its sowing: some secrets have their expiry in them.
      const now = seeded.get(provider.name) ?? this.clock.now();
      const { credentials } = await this.#seedOf(provider, 'everything', now);
      return [provider.name, credentials] as const;
    });
    return new Map(await Promise.all(entries));
  }

  /**
   * Issues a key that is described as in a seed, in any state. Throws SeedError where the description does not fit or refers
   * to what is not there, RangeError for a provider that is not running, key_name_taken where there is such a secret already.
   */
  async addKey(provider: string, description: unknown): Promise<AddedKey> {
    const now = this.clock.now();
    const seeds = this.#emulations.find(({ name }) => name === provider)?.seeds;
    const surroundings = { existing: this.resources(provider), salt: randomUUID() };
    const read = await reading(provider, now, async (context) => seeds?.readKey(description, context), surroundings);
    if (read === undefined) throw new RangeError(`no provider ${provider} here`);
    return { key: await this.keys(provider).issue(read.draft, now), credential: read.credential };
  }

  close(): void {
    this.store.close();
  }

  #recordsOf(emulations: readonly Emulation[], extent: SeedExtent, now: Instant): Promise<ProviderRecords[]> {
    return Promise.all(emulations.map(async (provider) => recordsOf(provider, await this.#seedOf(provider, extent, now), now)));
  }

  #seedOf(provider: Emulation, extent: SeedExtent, now: Instant): Promise<ProviderSeed> {
    return reading(provider.name, now, (context) => this.#seeds.read(provider, extent, context));
  }
}

function recordsOf({ name }: Emulation, { keys, resources }: ProviderSeed, now: Instant): ProviderRecords {
  const drafts = keys.map((draft) => ({ key: draftKey(name, draft, now), keptSecret: draft.keepSecret ? draft.secret : null }));
  return { provider: name, keys: drafts, resources };
}
