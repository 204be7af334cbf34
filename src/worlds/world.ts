import type { ClockReading, Instant, VirtualClock } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { MaybePromise } from '../core/at-once.ts';
import type { KeyService } from '../core/key-service.ts';
import type { UnseenChange } from '../core/propagation.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import type { WorldStore } from '../core/world-store.ts';
import { Faults } from '../faults/faults.ts';
import type { Entry, NewEntry } from '../journal/entry.ts';
import { Journal } from '../journal/journal.ts';
import type { Provider } from '../provider/provider.ts';
import type { SeedCredential, SeedExtent } from '../provider/seed/format.ts';
import { type Changes, changesHere } from './changes.ts';
import { contentRules } from './content-rules.ts';
import { Contents } from './contents.ts';
import { CurrentContents } from './current-contents.ts';
import { EventLog } from './events.ts';
import { ExpiryWatch } from './expiry-watch.ts';
import { sharedChanges } from './following.ts';
import { issueDescribed } from './issuing.ts';
import { KnownSecrets } from './known-secrets.ts';
import { Refills } from './refills.ts';
import { Seeding, type Sown } from './seeding.ts';
import type { IssuedKey } from './seeds.ts';
import type { SharedWorld } from './sharing.ts';
import { type KeyTransition, transitionOf } from './transitions.ts';
import type { WorldMaker } from './world-maker.ts';
import type { WorldParts } from './world-parts.ts';

/** One isolated universe: keys, the resources that they refer to, a clock, a journal, events and faults. */
export class World {
  readonly name: string;
  readonly clock: VirtualClock;
  readonly store: WorldStore;
  readonly #sharing: SharedWorld | undefined;
  /** How its clock, its faults and its mark are changed. */
  readonly changes: Changes;
  #madeBy: WorldMaker | undefined;
  readonly journal: Journal;
  readonly events = new EventLog();
  readonly faults: Faults;
  readonly #providers: readonly Provider[];
  readonly #seeding: Seeding;
  readonly #onRequest: WorldParts<World>['onRequest'];
  /** The secrets that its journal must not show. */
  readonly secrets: KnownSecrets;
  readonly #current: CurrentContents;
  readonly #expiries: ExpiryWatch;
  /** The last request to it, in real time; undefined if there was none since it was opened. */
  lastUsedAt: Instant | undefined = undefined;
  /** What its requests are marked with from now on, such as the name of the running test. */
  mark: string | null = null;
  readonly #refills: Refills;
  #isClosed = false;

  constructor(parts: WorldParts<World>) {
    const { name, clock, store, providers, seeds, journal = {}, sharing, hasOwnSeed = false } = parts;
    this.name = name;
    this.secrets = parts.secrets ?? new KnownSecrets();
    this.#madeBy = parts.madeBy;
    this.journal = new Journal(journal);
    if (sharing !== undefined) this.journal.share(sharing.journal);
    this.clock = clock;
    this.store = store;
    this.#sharing = sharing;
    this.#providers = providers;
    this.#seeding = new Seeding(providers, { seeds, isOwn: hasOwnSeed });
    this.#onRequest = parts.onRequest;
    const make = () => new Contents(store, providers, (before, after) => this.#keyChanged(before, after));
    this.#current = new CurrentContents(this.secrets, make);
    const gone = () => parts.onGone?.(this);
    const changes = sharing && sharedChanges(sharing, gone);
    this.faults = new Faults({
      onChange: (change, fault) => this.events.emit('fault', clock.now(), () => ({ change, fault })),
      delayChanges: (delaysAt) => this.#current.delayChanges(delaysAt),
      count: changes?.count,
    });
    this.changes = changes ?? changesHere(this);
    this.#expiries = new ExpiryWatch(clock, store.keys, (key, at) => this.#emitTransition('expired', key, at));
    clock.watch((reading) => this.#clockMoved(reading));
    const { commonSeeds = () => seeds } = parts;
    const [seeding, current, expiries] = [this.#seeding, this.#current, this.#expiries];
    this.#refills = new Refills(this, { providers, seeding, current, expiries, sharing, commonSeeds, gone });
  }

  /** Whether the world was dropped, or the emulator stopped. Its database is closed then. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Who made it, if that was asked of this process. */
  get madeBy(): WorldMaker | undefined {
    return this.#madeBy;
  }

  /** Whether other processes serve it too. */
  get isShared(): boolean {
    return this.#sharing !== undefined;
  }

  /**
   * Resolves once it is here as it was left by whatever was answered anywhere before this call; undefined if it is of this process
   * alone. Throws StorageError and WorldGoneError.
   */
  enter(): Promise<void> | undefined {
    return this.#sharing?.enter();
  }

  /** Whether it has a seed of its own. */
  get hasOwnSeed(): boolean {
    return this.#seeding.sown.isOwn;
  }

  /** What the world holds now. A request that keeps it is refused once a reset or a restore has replaced it. */
  get contents(): Contents {
    // A fault that has ended since the last request must not delay what this caller sees.
    this.faults.removeEnded();
    return this.#current.now;
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
    return this.#current.now.resources(provider);
  }

  /**
   * Seeds the providers that were never seeded: all of them in a fresh database, none in one that is opened again. One that several
   * processes serve is read, or made if there is none. Throws SeedError, StorageError, and DatabaseError if the database holds what
   * no world could have put there.
   */
  async seedFresh(): Promise<void> {
    if (this.#sharing === undefined) await this.#refills.seedHere();
    // Another process has made it.
    else if (!(await this.#refills.open(this.#sharing))) this.#madeBy = undefined;
    await this.#expiries.catchUp();
  }

  /**
   * Brings keys, resources, clock, journal and faults back to the start. `bootstrap` keeps only the first administrators. Further
   * requests have the mark, or none.
   */
  async reset(extent: SeedExtent, mark: string | null = null): Promise<void> {
    const reset = await this.preparedReset(extent);
    while (this.store.restoring !== undefined) await this.store.restoring;
    await reset(mark);
  }

  /**
   * Makes the records of a reset, of another seed if one is given, and returns what puts them into place: not to be called while
   * a snapshot is being restored. It is done when it returns, except for a world that several processes serve. Throws SeedError.
   */
  preparedReset(extent: SeedExtent, sown: Sown = this.#seeding.sown): Promise<(mark?: string | null) => MaybePromise<void>> {
    return this.#refills.prepared(extent, sown);
  }

  /** The credentials of the seed that the store was filled with, by provider. Throws SeedError. */
  credentials(): Promise<ReadonlyMap<string, readonly SeedCredential[]>> {
    return this.#seeding.credentials(this.store, this.clock.now());
  }

  /** One of them for each provider that has one in a header; cheap, however long the seed is. Throws SeedError. */
  presented(): Promise<ReadonlyMap<string, SeedCredential>> {
    return this.#seeding.presented(this.#current.now, () => this.credentials());
  }

  /**
   * Issues a key in any state, described as in a seed, at `now`. Throws SeedError for a description that does not fit or refers to
   * unknown resources, RangeError for a provider that is not running, key_name_taken for a secret that is taken, unavailable
   * if the world is reset meanwhile.
   */
  async addKey(provider: string, description: unknown, now = this.clock.now()): Promise<IssuedKey> {
    const seeds = this.#providers.find(({ name }) => name === provider)?.seeds;
    return issueDescribed(this.contents, { provider, seeds, description, now });
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
      before: () => this.secrets.keep(this.#current.now),
      // Of one that several processes serve each is told by the place.
      after: () => (this.#sharing === undefined ? this.#refills.replaced('snapshot') : undefined),
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
      await this.secrets.keep(this.#current.now);
    } finally {
      this.close();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#current.end();
    this.#expiries.close();
    this.faults.clear();
    this.events.close();
    this.journal.close();
    if (this.#sharing === undefined) this.store.close();
    else this.#sharing.close();
  }

  #keyChanged(before: ApiKey | undefined, after: ApiKey): void {
    if (before === undefined) this.secrets.note(this.#current.now, after);
    this.#expiries.consider(before, after);
    const now = this.clock.now();
    const transition = transitionOf(before, after, now);
    if (transition !== undefined) this.#emitTransition(transition, after, now);
  }

  #emitTransition(transition: KeyTransition, key: ApiKey, at: Instant): void {
    this.events.emit('key', at, () => ({ transition, key }));
  }

  #clockMoved(reading: ClockReading): void {
    if (this.#refills.isMovingClock) return;
    this.events.emit('clock', reading.now, () => reading);
    this.#expiries.catchUpSoon();
  }
}
