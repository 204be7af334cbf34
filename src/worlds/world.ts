import { randomUUID } from 'node:crypto';
import type { ClockReading, Instant, VirtualClock } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { draftKey, KeyService } from '../core/key-service.ts';
import { Propagation, type UnseenChange } from '../core/propagation.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import { hashSecret } from '../core/secret.ts';
import type { ProviderRecords, WorldStore } from '../core/world-store.ts';
import type { Fault } from '../faults/fault.ts';
import { type DelaysAt, Faults } from '../faults/faults.ts';
import type { Entry, NewEntry } from '../journal/entry.ts';
import { Journal } from '../journal/journal.ts';
import type { Provider } from '../provider/provider.ts';
import type { ProviderSeed, SeedCredential, SeedExtent } from '../provider/seed/format.ts';
import { contentRules } from './content-rules.ts';
import { EventLog } from './events.ts';
import { ExpiryWatch } from './expiry-watch.ts';
import { readReporting, type Seeds } from './seeds.ts';
import { type KeyTransition, transitionOf } from './transitions.ts';

/** What a world is made of. */
export interface WorldParts {
  readonly name: string;
  readonly clock: VirtualClock;
  /** Closed with the world. */
  readonly store: WorldStore;
  readonly providers: readonly Provider[];
  readonly seeds: Seeds;
  /** Called with every request that is recorded. */
  onRequest?(world: World, entry: Entry): void;
}

/** A key that the control plane added, and the credential that presents it. */
export interface AddedKey {
  readonly key: ApiKey;
  readonly credential: SeedCredential;
}

/** One isolated universe: keys, the resources that they refer to, a clock, a journal, events and faults. */
export class World {
  readonly name: string;
  readonly clock: VirtualClock;
  readonly store: WorldStore;
  readonly journal = new Journal();
  readonly events = new EventLog();
  readonly faults: Faults;
  readonly #providers: readonly Provider[];
  #seeds: Seeds;
  readonly #onRequest: WorldParts['onRequest'];
  readonly #keys = new Map<string, KeyService>();
  readonly #propagations = new Map<string, Propagation>();
  readonly #expiries: ExpiryWatch;
  /** How much of the seed the world was last filled with. */
  #extent: SeedExtent = 'everything';
  #isResetting = false;
  #isClosed = false;

  constructor({ name, clock, store, providers, seeds, onRequest }: WorldParts) {
    this.name = name;
    this.clock = clock;
    this.store = store;
    this.#providers = providers;
    this.#seeds = seeds;
    this.#onRequest = onRequest;
    const watch = (before: ApiKey | undefined, after: ApiKey) => this.#keyChanged(before, after);
    for (const provider of providers) {
      const visibility = new Propagation();
      this.#propagations.set(provider.name, visibility);
      this.#keys.set(provider.name, new KeyService(provider.name, store.keys, { watch, visibility }));
    }
    this.faults = new Faults(
      (fault) => this.#faultHit(fault),
      (delaysAt) => this.#delayChanges(delaysAt),
    );
    this.#expiries = new ExpiryWatch(clock, store.keys, (key, at) => this.#emitTransition('expired', key, at));
    clock.watch((reading) => this.#clockMoved(reading));
  }

  /** Whether the world was dropped, or the emulator stopped. Its database is closed then. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The keys of a provider. Throws RangeError for a provider that is not running. */
  keys(provider: string): KeyService {
    const keys = this.#keys.get(provider);
    if (keys === undefined) throw new RangeError(`no provider ${provider} is running`);
    // A fault that has ended since the last request must not delay what this caller sees.
    this.faults.removeEnded();
    return keys;
  }

  /** The changes that a fault keeps a provider from seeing at an instant. */
  unseenChanges(provider: string, now: Instant): readonly UnseenChange[] {
    this.faults.removeEnded();
    return this.#propagations.get(provider)?.unseen(now) ?? [];
  }

  resources(provider: string): ResourceStore {
    return this.store.resources(provider);
  }

  /**
   * Seeds the providers that were never seeded: all of them in a fresh database, none in one that is opened again.
   * Throws SeedError, and DatabaseError if the database holds what no world could have put there.
   */
  async seedFresh(): Promise<void> {
    await this.store.check(contentRules(this.#providers));
    const seeded = this.store.seededProviders();
    const fresh = this.#providers.filter((provider) => !seeded.has(provider.name));
    // The start setting, as in a reset: the clock may have run for some milliseconds already.
    const now = this.clock.startsAt();
    if (fresh.length > 0)
      this.store.seed(await this.#recordsOf(fresh, { seeds: this.#seeds, extent: 'everything' }, now), now, false);
    await this.#expiries.catchUp();
  }

  /** Brings keys, resources, clock, journal and faults back to the start. `bootstrap` keeps only the first administrators. */
  async reset(extent: SeedExtent): Promise<void> {
    const reset = await this.preparedReset(extent);
    while (this.store.restoring !== undefined) await this.store.restoring;
    reset();
  }

  /** Makes the records of a reset, of another seed if one is given, and returns what puts them into place, which must not be called while a snapshot is being restored. Throws SeedError. */
  async preparedReset(extent: SeedExtent, seeds: Seeds = this.#seeds): Promise<() => void> {
    const now = this.clock.startsAt();
    const records = await this.#recordsOf(this.#providers, { seeds, extent }, now);
    return () => {
      // The world may have been dropped meanwhile.
      if (this.#isClosed) return;
      this.#seeds = seeds;
      this.#refill(records, extent, now);
    };
  }

  #refill(records: ProviderRecords[], extent: SeedExtent, now: Instant): void {
    // No request may see the new keys with the old clock, so nothing is awaited here.
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

  /** The credentials of the seed that the world was last filled with, by provider. Throws SeedError. */
  async credentials(): Promise<ReadonlyMap<string, readonly SeedCredential[]>> {
    while (this.store.restoring !== undefined) await this.store.restoring;
    const seeded = this.store.seededProviders();
    const entries = this.#providers.map(async (provider) => {
      // The instant of seeding: some secrets contain their expiry, which is counted from it.
      const now = seeded.get(provider.name) ?? this.clock.now();
      const { credentials } = await seedOf(provider, { seeds: this.#seeds, extent: this.#extent }, now);
      return [provider.name, credentials] as const;
    });
    return new Map(await Promise.all(entries));
  }

  /**
   * Issues a key in any state, described as in a seed. Throws SeedError for a description that does not fit or refers to
   * unknown resources, RangeError for a provider that is not running, key_name_taken for a secret that is taken.
   */
  async addKey(provider: string, description: unknown): Promise<AddedKey> {
    const now = this.clock.now();
    const seeds = this.#providers.find(({ name }) => name === provider)?.seeds;
    const surroundings = { existing: this.resources(provider), salt: randomUUID() };
    const read = await readReporting(provider, now, async (context) => seeds?.readKey(description, context), surroundings);
    if (read === undefined) throw new RangeError(`no provider ${provider} is running`);
    return { key: await this.keys(provider).issue(read.draft, now), credential: read.credential };
  }

  /** Everything that is stored, as an SQLite file. */
  async snapshot(): Promise<Buffer> {
    while (this.store.restoring !== undefined) await this.store.restoring;
    return this.store.snapshot();
  }

  /**
   * Replaces all keys and resources by those of a snapshot, all or nothing; the clock goes on. Requests that need a key wait
   * until it is done. Throws DatabaseError.
   */
  async restore(snapshot: Buffer): Promise<void> {
    await this.journal.settle();
    await this.store.restore(snapshot, {
      rules: contentRules(this.#providers),
      // What was recorded since: its secrets are about to be unknown.
      before: () => this.journal.makeTexts(),
      after: () => this.#restored(),
    });
  }

  /** Whether a word is the secret of a key of this world, which the journal must not show. */
  isSecret(word: string): boolean {
    return !this.#isClosed && this.store.knowsSecret(hashSecret(word));
  }

  /** Adds a request to the journal and emits its event. */
  record(entry: NewEntry): Entry {
    const kept = this.journal.record(entry);
    const { id, at } = kept;
    // By its id: an event must not keep a body longer than the journal does.
    this.events.emit('request', at, () => this.journal.get(id) ?? { id: String(id) });
    this.#onRequest?.(this, kept);
    return kept;
  }

  /** Resolves once the events of every expiry up to now were emitted. */
  catchUp(): Promise<void> {
    return this.#expiries.catchUp();
  }

  close(): void {
    this.#isClosed = true;
    this.#expiries.close();
    this.events.close();
    this.store.close();
  }

  #recordsOf(providers: readonly Provider[], filling: Filling, now: Instant): Promise<ProviderRecords[]> {
    return Promise.all(providers.map(async (provider) => recordsOf(provider, await seedOf(provider, filling, now), now)));
  }

  #restored(): void {
    this.#expiries.restart();
    this.events.emit('reset', this.clock.now(), () => ({ to: 'snapshot' }));
  }

  #keyChanged(before: ApiKey | undefined, after: ApiKey): void {
    this.#expiries.consider(after);
    const now = this.clock.now();
    const transition = transitionOf(before, after, now);
    if (transition !== undefined) this.#emitTransition(transition, after, now);
  }

  #emitTransition(transition: KeyTransition, key: ApiKey, at: Instant): void {
    this.events.emit('key', at, () => ({ transition, key }));
  }

  #faultHit({ id, hits }: Fault): void {
    this.events.emit('fault', this.clock.now(), () => ({ fault: id, hits }));
  }

  #delayChanges(delaysAt: DelaysAt): void {
    for (const [provider, propagation] of this.#propagations) propagation.delayBy(delaysAt(provider));
  }

  #clockMoved(reading: ClockReading): void {
    if (this.#isResetting) return;
    this.events.emit('clock', reading.now, () => reading);
    this.#expiries.catchUpSoon();
  }
}

/** What a world is filled with. */
interface Filling {
  readonly seeds: Seeds;
  readonly extent: SeedExtent;
}

function seedOf(provider: Provider, { seeds, extent }: Filling, now: Instant): Promise<ProviderSeed> {
  return readReporting(provider.name, now, (context) => seeds.read(provider, extent, context));
}

function recordsOf({ name }: Provider, { keys, resources }: ProviderSeed, now: Instant): ProviderRecords {
  const seedKeys = keys.map((draft) => ({
    key: draftKey(name, draft, now),
    keptSecret: draft.keepSecret ? draft.secret : null,
  }));
  return { provider: name, keys: seedKeys, resources };
}
