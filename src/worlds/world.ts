import { randomUUID } from 'node:crypto';
import type { ClockReading, Instant, VirtualClock } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { KeyService } from '../core/key-service.ts';
import { noDelays, type UnseenChange } from '../core/propagation.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import type { ProviderRecords, WorldStore } from '../core/world-store.ts';
import { type DelaysAt, Faults } from '../faults/faults.ts';
import type { Entry, NewEntry } from '../journal/entry.ts';
import { Journal, type JournalBounds } from '../journal/journal.ts';
import type { Provider } from '../provider/provider.ts';
import type { SeedCredential, SeedExtent } from '../provider/seed/format.ts';
import { contentRules } from './content-rules.ts';
import { Contents } from './contents.ts';
import { EventLog } from './events.ts';
import { ExpiryWatch } from './expiry-watch.ts';
import { KnownSecrets } from './known-secrets.ts';
import { Seeding, type Sown } from './seeding.ts';
import { type IssuedKey, readReporting, type Seeds } from './seeds.ts';
import { type KeyTransition, transitionOf } from './transitions.ts';
import type { WorldMaker } from './world-maker.ts';

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
  /** How much its journal keeps. */
  readonly journal?: JournalBounds;
  /** Who made it: its first request, a call of the control plane, a client of the library. If omitted: it was there before. */
  readonly madeBy?: WorldMaker | undefined;
  /** Whether it has a seed of its own. */
  readonly hasOwnSeed?: boolean;
  /** The secrets of all worlds. If omitted: of this one alone. */
  readonly secrets?: KnownSecrets;
}

/** One isolated universe: keys, the resources that they refer to, a clock, a journal, events and faults. */
export class World {
  readonly name: string;
  readonly clock: VirtualClock;
  readonly store: WorldStore;
  readonly madeBy: WorldMaker | undefined;
  readonly journal: Journal;
  readonly events = new EventLog();
  readonly faults: Faults;
  readonly #providers: readonly Provider[];
  readonly #seeding: Seeding;
  readonly #onRequest: WorldParts['onRequest'];
  #contents: Contents;
  /** The secrets that its journal must not show. */
  readonly secrets: KnownSecrets;
  #delaysAt: DelaysAt = () => noDelays;
  readonly #expiries: ExpiryWatch;
  /** The last request to it, in real time; undefined if there was none since it was opened. */
  lastUsedAt: Instant | undefined = undefined;
  /** What its requests are marked with from now on, such as the name of the running test. */
  mark: string | null = null;
  #isResetting = false;
  #isClosed = false;

  constructor(parts: WorldParts) {
    const { name, clock, store, providers, seeds, journal = {}, madeBy, hasOwnSeed = false, onRequest } = parts;
    this.name = name;
    this.secrets = parts.secrets ?? new KnownSecrets();
    this.madeBy = madeBy;
    this.journal = new Journal(journal);
    this.clock = clock;
    this.store = store;
    this.#providers = providers;
    this.#seeding = new Seeding(providers, { seeds, isOwn: hasOwnSeed });
    this.#onRequest = onRequest;
    this.#contents = this.#newContents();
    this.faults = new Faults(
      (change, { ...fault }) => this.events.emit('fault', clock.now(), () => ({ change, fault })),
      (delaysAt) => this.#delayChanges(delaysAt),
    );
    this.#expiries = new ExpiryWatch(clock, store.keys, (key, at) => this.#emitTransition('expired', key, at));
    clock.watch((reading) => this.#clockMoved(reading));
  }

  /** Whether the world was dropped, or the emulator stopped. Its database is closed then. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Whether it has a seed of its own. */
  get hasOwnSeed(): boolean {
    return this.#seeding.sown.isOwn;
  }

  /** What the world holds now. A request that keeps it is refused once a reset or a restore has replaced it. */
  get contents(): Contents {
    // A fault that has ended since the last request must not delay what this caller sees.
    this.faults.removeEnded();
    return this.#contents;
  }

  /** The present keys of a provider. Throws RangeError for a provider that is not running. */
  keys(provider: string): KeyService {
    return this.contents.keys(provider);
  }

  /** The changes that a fault keeps a provider from seeing at an instant. */
  unseenChanges(provider: string, now: Instant): readonly UnseenChange[] {
    return this.contents.unseenChanges(provider, now);
  }

  /** What the present keys of a provider refer to. Throws RangeError for a provider that is not running. */
  resources(provider: string): ResourceStore {
    return this.#contents.resources(provider);
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
    if (fresh.length > 0) this.store.seed(await this.#seeding.recordsFor(fresh, now), now, false);
    this.secrets.expect(this.#contents);
    await this.#expiries.catchUp();
  }

  /**
   * Brings keys, resources, clock, journal and faults back to the start. `bootstrap` keeps only the first administrators. Further
   * requests have the mark, or none.
   */
  async reset(extent: SeedExtent, mark: string | null = null): Promise<void> {
    const reset = await this.preparedReset(extent);
    while (this.store.restoring !== undefined) await this.store.restoring;
    reset();
    this.mark = mark;
  }

  /**
   * Makes the records of a reset, of another seed if one is given, and returns what puts them into place: not to be called while
   * a snapshot is being restored. Throws SeedError.
   */
  async preparedReset(extent: SeedExtent, sown: Sown = this.#seeding.sown): Promise<() => void> {
    const now = this.clock.startsAt();
    const records = await this.#seeding.records(sown, extent, now);
    await this.secrets.keep(this.#contents);
    return () => {
      // The world may have been dropped meanwhile.
      if (this.#isClosed) return;
      this.#refill(records, extent, now);
      this.#seeding.filled(sown, extent);
    };
  }

  #refill(records: ProviderRecords[], extent: SeedExtent, now: Instant): void {
    this.secrets.keepNow(this.#contents);
    // No request may see the new keys with the old clock, so nothing is awaited here.
    this.store.seed(records, now, true);
    this.#replaceContents();
    this.#isResetting = true;
    this.clock.reset();
    this.#isResetting = false;
    this.#expiries.restart();
    this.faults.clear();
    this.journal.clear();
    this.mark = null;
    this.events.emit('reset', this.clock.now(), () => ({ to: extent === 'everything' ? 'seed' : 'empty' }));
  }

  /** The credentials of the seed that the store was filled with, by provider. Throws SeedError. */
  credentials(): Promise<ReadonlyMap<string, readonly SeedCredential[]>> {
    return this.#seeding.credentials(this.store, this.clock.now());
  }

  /** One of them for each provider that has one in a header; cheap, however long the seed is. Throws SeedError. */
  presented(): Promise<ReadonlyMap<string, SeedCredential>> {
    return this.#seeding.presented(this.#contents, () => this.credentials());
  }

  /**
   * Issues a key in any state, described as in a seed, at `now`. Throws SeedError for a description that does not fit or refers to
   * unknown resources, RangeError for a provider that is not running, key_name_taken for a secret that is taken, unavailable
   * if the world is reset meanwhile.
   */
  async addKey(provider: string, description: unknown, now = this.clock.now()): Promise<IssuedKey> {
    const { contents } = this;
    const keys = contents.keys(provider);
    const seeds = this.#providers.find(({ name }) => name === provider)?.seeds;
    const surroundings = { existing: contents.resources(provider), salt: randomUUID() };
    const read = await readReporting(provider, now, async (context) => seeds?.readKey(description, context), surroundings);
    if (read === undefined) throw new RangeError(`no provider ${provider} is running`);
    return { key: await keys.issue(read.draft, now), credential: read.credential };
  }

  /** Everything that is stored, as an SQLite file. */
  snapshot(): Promise<Buffer> {
    return this.store.snapshotInPieces();
  }

  /**
   * Replaces all keys and resources by those of a snapshot, all or nothing; the clock goes on. Requests that need a key wait
   * until it is done. Throws DatabaseError.
   */
  async restore(snapshot: Buffer): Promise<void> {
    await this.store.restore(snapshot, {
      rules: contentRules(this.#providers),
      // The journal takes secrets out of its texts when they are read, which may be after the keys are gone.
      before: () => this.secrets.keep(this.#contents),
      after: () => this.#restored(),
    });
  }

  /** Adds a request to the journal and emits its event. */
  record(entry: NewEntry): Entry {
    const kept = this.journal.record(entry);
    this.events.emit('request', kept.at, this.#accountOfRequest, kept.id);
    this.#onRequest?.(this, kept);
    return kept;
  }

  /** By its id: an event must not keep a body longer than the journal does. */
  readonly #accountOfRequest = (id: number): object => this.journal.get(id) ?? { id: String(id) };

  /** Resolves once the events of every expiry up to now were emitted. */
  catchUp(): Promise<void> {
    return this.#expiries.catchUp();
  }

  /** Closes the world for good. Its secrets stay known: the journals of other worlds may have them. */
  async end(): Promise<void> {
    try {
      await this.secrets.keep(this.#contents);
    } finally {
      this.close();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#contents.end();
    this.secrets.leave(this.#contents);
    this.#expiries.close();
    this.faults.clear();
    this.events.close();
    this.journal.close();
    this.store.close();
  }

  #restored(): void {
    this.#replaceContents();
    this.#expiries.restart();
    this.events.emit('reset', this.clock.now(), () => ({ to: 'snapshot' }));
  }

  #keyChanged(before: ApiKey | undefined, after: ApiKey): void {
    if (before === undefined) this.secrets.note(this.#contents, after);
    this.#expiries.consider(before, after);
    const now = this.clock.now();
    const transition = transitionOf(before, after, now);
    if (transition !== undefined) this.#emitTransition(transition, after, now);
  }

  #emitTransition(transition: KeyTransition, key: ApiKey, at: Instant): void {
    this.events.emit('key', at, () => ({ transition, key }));
  }

  #delayChanges(delaysAt: DelaysAt): void {
    this.#delaysAt = delaysAt;
    this.#contents.delayChanges(delaysAt);
  }

  #newContents(): Contents {
    const contents = new Contents(this.store, this.#providers, (before, after) => this.#keyChanged(before, after));
    this.secrets.expect(contents);
    return contents;
  }

  /** Call this whenever everything in the store was replaced: what was remembered of it ends, and faults act on what is new. */
  #replaceContents(): void {
    this.#contents.end();
    this.secrets.leave(this.#contents);
    this.#contents = this.#newContents();
    this.#contents.delayChanges(this.#delaysAt);
  }

  #clockMoved(reading: ClockReading): void {
    if (this.#isResetting) return;
    this.events.emit('clock', reading.now, () => reading);
    this.#expiries.catchUpSoon();
  }
}
