import { randomUUID } from 'node:crypto';
import type { ClockReading, Instant, VirtualClock } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { draftKey, KeyService, type Propagation } from '../core/key-service.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import { hashSecret } from '../core/secret.ts';
import type { ProviderRecords, WorldStore } from '../core/world-store.ts';
import { type Fault, Faults } from '../faults/faults.ts';
import type { Entry, NewEntry } from '../journal/entry.ts';
import { Journal } from '../journal/journal.ts';
import type { Provider } from '../provider/provider.ts';
import type { ProviderSeed, SeedCredential, SeedExtent } from '../provider/seed/format.ts';
import { EventLog } from './events.ts';
import { ExpiryWatch } from './expiry-watch.ts';
import { builtInSeeds, reading, type Seeds } from './seeds.ts';
import { type KeyTransition, transitionOf } from './transitions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The world that this request is about. */
    world: World;
  }
}

/** A key that was added from outside, and what presents it. */
export interface AddedKey {
  readonly key: ApiKey;
  readonly credential: SeedCredential;
}

/** One isolated universe: keys, what they refer to, a clock, and everything that happens by them. */
export class World {
  readonly name: string;
  readonly clock: VirtualClock;
  readonly store: WorldStore;
  readonly journal = new Journal();
  readonly events = new EventLog();
  readonly faults: Faults;
  readonly #providers: readonly Provider[];
  readonly #seeds: Seeds;
  readonly #keys: ReadonlyMap<string, KeyService>;
  readonly #expiries: ExpiryWatch;
  /** How much of the seed was sown last. */
  #extent: SeedExtent = 'everything';
  #isResetting = false;
  #isClosed = false;

  constructor(name: string, clock: VirtualClock, store: WorldStore, providers: readonly Provider[], seeds: Seeds = builtInSeeds) {
    this.name = name;
    this.clock = clock;
    this.store = store;
    this.#providers = providers;
    this.#seeds = seeds;
    const watch = (before: ApiKey | undefined, after: ApiKey) => this.#keyChanged(before, after);
    this.#keys = new Map(providers.map((provider) => [provider.name, new KeyService(provider.name, store.keys, watch)]));
    this.faults = new Faults(
      (fault) => this.#faultHit(fault),
      (propagationAt) => this.#propagate(propagationAt),
    );
    this.#expiries = new ExpiryWatch(clock, store.keys, (key, at) => this.#tellOf('expired', key, at));
    clock.watch((reading) => this.#clockMoved(reading));
  }

  /** Whether it was dropped, or the emulator stopped: who still works with it then finds no database. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** A provider's keys. Throws for a provider that is not running. */
  keys(provider: string): KeyService {
    const keys = this.#keys.get(provider);
    if (keys === undefined) throw new RangeError(`no provider ${provider} here`);
    // One that has died meanwhile must not delay what this caller sees.
    this.faults.bury();
    return keys;
  }

  resources(provider: string): ResourceStore {
    return this.store.resources(provider);
  }

  /** Gives their seed to the providers that have none yet: all of them in a fresh database, none in one opened again. Throws SeedError. */
  async seedFresh(): Promise<void> {
    const seeded = this.store.seededProviders();
    const fresh = this.#providers.filter((provider) => !seeded.has(provider.name));
    // As a reset does it: the clock may have run for some milliseconds already.
    const now = this.clock.startsAt();
    if (fresh.length > 0) this.store.seed(await this.#recordsOf(fresh, 'everything', now), now, false);
    await this.#expiries.catchUp();
  }

  /** The world as at its start: keys and what they refer to, clock, journal, faults. `bootstrap` leaves only the first administrators. */
  async reset(extent: SeedExtent): Promise<void> {
    const now = this.clock.startsAt();
    const records = await this.#recordsOf(this.#providers, extent, now);
    // Nothing may fall between keys and clock: from here on nothing is waited for.
    this.store.seed(records, now, true);
    this.#extent = extent;
    this.#isResetting = true;
    this.clock.reset();
    this.#isResetting = false;
    this.#expiries.restart();
    this.faults.clear();
    this.journal.clear();
    this.events.emit('reset', this.clock.now(), () => ({ to: extent === 'everything' ? 'seed' : 'empty' }));
  }

  /** The credentials of the seed as it was sown last, by provider. Throws SeedError. */
  async credentials(): Promise<ReadonlyMap<string, readonly SeedCredential[]>> {
    const seeded = this.store.seededProviders();
    const entries = this.#providers.map(async (provider) => {
      // As of its sowing: some secrets have their expiry in them.
      const now = seeded.get(provider.name) ?? this.clock.now();
      const { credentials } = await this.#seedOf(provider, this.#extent, now);
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
    const seeds = this.#providers.find(({ name }) => name === provider)?.seeds;
    const surroundings = { existing: this.resources(provider), salt: randomUUID() };
    const read = await reading(provider, now, async (context) => seeds?.readKey(description, context), surroundings);
    if (read === undefined) throw new RangeError(`no provider ${provider} here`);
    return { key: await this.keys(provider).issue(read.draft, now), credential: read.credential };
  }

  /** Puts what a snapshot holds in the place of all keys and what they refer to; the clock goes on. Throws DatabaseError. */
  restore(snapshot: Buffer): void {
    this.journal.settle();
    this.store.restore(snapshot);
    this.#expiries.restart();
    this.events.emit('reset', this.clock.now(), () => ({ to: 'snapshot' }));
  }

  /** Whether a word is the secret of a key here: a journal must not show it. */
  isSecret(word: string): boolean {
    return !this.#isClosed && this.store.knowsSecret(hashSecret(word));
  }

  /** Writes a request down. */
  record(entry: NewEntry): Entry {
    const kept = this.journal.record(entry);
    const { id, at } = kept;
    // By its id: an event must not keep a body longer than the journal does.
    this.events.emit('request', at, () => this.journal.get(id) ?? { id: String(id) });
    return kept;
  }

  /** Everything that has happened by now has been told: to be waited for before events are read. */
  async settle(): Promise<void> {
    await this.#expiries.catchUp();
  }

  close(): void {
    this.#isClosed = true;
    this.#expiries.close();
    this.events.close();
    this.store.close();
  }

  #recordsOf(providers: readonly Provider[], extent: SeedExtent, now: Instant): Promise<ProviderRecords[]> {
    return Promise.all(providers.map(async (provider) => recordsOf(provider, await this.#seedOf(provider, extent, now), now)));
  }

  #seedOf(provider: Provider, extent: SeedExtent, now: Instant): Promise<ProviderSeed> {
    return reading(provider.name, now, (context) => this.#seeds.read(provider, extent, context));
  }

  #keyChanged(before: ApiKey | undefined, after: ApiKey): void {
    this.#expiries.consider(after);
    const now = this.clock.now();
    const transition = transitionOf(before, after, now);
    if (transition !== undefined) this.#tellOf(transition, after, now);
  }

  #tellOf(transition: KeyTransition, key: ApiKey, at: Instant): void {
    this.events.emit('key', at, () => ({ transition, key }));
  }

  #faultHit({ id, hits }: Fault): void {
    this.events.emit('fault', this.clock.now(), () => ({ fault: id, hits }));
  }

  #propagate(propagationAt: (provider: string) => Propagation): void {
    for (const [name, keys] of this.#keys) keys.propagate(propagationAt(name));
  }

  #clockMoved(reading: ClockReading): void {
    if (this.#isResetting) return;
    this.events.emit('clock', reading.now, () => reading);
    this.#expiries.catchUpSoon();
  }
}

function recordsOf({ name }: Provider, { keys, resources }: ProviderSeed, now: Instant): ProviderRecords {
  const drafts = keys.map((draft) => ({ key: draftKey(name, draft, now), keptSecret: draft.keepSecret ? draft.secret : null }));
  return { provider: name, keys: drafts, resources };
}
