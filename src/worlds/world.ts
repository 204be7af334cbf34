import { randomUUID } from 'node:crypto';
import type { ClockReading, Instant, VirtualClock } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { KeyService } from '../core/key-service.ts';
import { noDelays, type UnseenChange } from '../core/propagation.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import { hashSecret } from '../core/secret.ts';
import { SecretHashes } from '../core/secret-hashes.ts';
import type { ProviderRecords, WorldStore } from '../core/world-store.ts';
import type { Fault } from '../faults/fault.ts';
import { type DelaysAt, Faults } from '../faults/faults.ts';
import type { Entry, NewEntry } from '../journal/entry.ts';
import { Journal, type JournalBounds } from '../journal/journal.ts';
import type { Provider } from '../provider/provider.ts';
import type { SeedCredential, SeedExtent } from '../provider/seed/format.ts';
import { contentRules } from './content-rules.ts';
import { Contents } from './contents.ts';
import { EventLog } from './events.ts';
import { ExpiryWatch } from './expiry-watch.ts';
import { credentialsOf, recordsOf } from './filling.ts';
import { readReporting, type Seeds } from './seeds.ts';
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
  /** Whether a secret with this hash is known in another world. */
  isSecretElsewhere?(hash: string): boolean;
}

/** One isolated universe: keys, the resources that they refer to, a clock, a journal, events and faults. */
export class World {
  readonly name: string;
  readonly clock: VirtualClock;
  readonly store: WorldStore;
  readonly madeBy: WorldMaker | undefined;
  readonly hasOwnSeed: boolean;
  readonly journal: Journal;
  readonly events = new EventLog();
  readonly faults: Faults;
  readonly #providers: readonly Provider[];
  #seeds: Seeds;
  readonly #onRequest: WorldParts['onRequest'];
  #contents: Contents;
  /** Those of keys that a restore replaced. */
  #formerSecrets = new SecretHashes();
  readonly #isSecretElsewhere: (hash: string) => boolean;
  #delaysAt: DelaysAt = () => noDelays;
  readonly #expiries: ExpiryWatch;
  /** How much of the seed the world was last filled with. */
  #extent: SeedExtent = 'everything';
  /** The last request to it, in real time; undefined if there was none since it was opened. */
  lastUsedAt: Instant | undefined = undefined;
  #isResetting = false;
  #isClosed = false;

  constructor(parts: WorldParts) {
    const { name, clock, store, providers, seeds, journal = {}, madeBy, hasOwnSeed = false, onRequest } = parts;
    const { isSecretElsewhere = () => false } = parts;
    this.name = name;
    this.#isSecretElsewhere = isSecretElsewhere;
    this.madeBy = madeBy;
    this.hasOwnSeed = hasOwnSeed;
    this.journal = new Journal(journal);
    this.clock = clock;
    this.store = store;
    this.#providers = providers;
    this.#seeds = seeds;
    this.#onRequest = onRequest;
    this.#contents = this.#newContents();
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
    if (fresh.length > 0) this.store.seed(await recordsOf(fresh, { seeds: this.#seeds, extent: 'everything' }, now), now, false);
    await this.#expiries.catchUp();
  }

  /** Brings keys, resources, clock, journal and faults back to the start. `bootstrap` keeps only the first administrators. */
  async reset(extent: SeedExtent): Promise<void> {
    const reset = await this.preparedReset(extent);
    while (this.store.restoring !== undefined) await this.store.restoring;
    reset();
  }

  /**
   * Makes the records of a reset, of another seed if one is given, and returns what puts them into place: not to be called while
   * a snapshot is being restored. Throws SeedError.
   */
  async preparedReset(extent: SeedExtent, seeds: Seeds = this.#seeds): Promise<() => void> {
    const now = this.clock.startsAt();
    const records = await recordsOf(this.#providers, { seeds, extent }, now);
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
    this.#replaceContents();
    this.#extent = extent;
    this.#isResetting = true;
    this.clock.reset();
    this.#isResetting = false;
    this.#expiries.restart();
    this.faults.clear();
    this.journal.clear();
    this.#formerSecrets = new SecretHashes();
    this.events.emit('reset', this.clock.now(), () => ({ to: extent === 'everything' ? 'seed' : 'empty' }));
  }

  /** The credentials of the seed that the store was filled with, by provider. Throws SeedError. */
  async credentials(): Promise<ReadonlyMap<string, readonly SeedCredential[]>> {
    while (this.store.restoring !== undefined) await this.store.restoring;
    const seeded = this.store.seededProviders();
    const filled = { seeds: this.#seeds, extent: this.#extent, knowsSecret: (hash: string) => this.store.knowsSecret(hash) };
    const entries = this.#providers.map(async (provider) => {
      // The instant of seeding: some secrets contain their expiry, which is counted from it.
      const now = seeded.get(provider.name) ?? this.clock.now();
      return [provider.name, await credentialsOf(provider, filled, now)] as const;
    });
    return new Map(await Promise.all(entries));
  }

  /**
   * Issues a key in any state, described as in a seed. Throws SeedError for a description that does not fit or refers to
   * unknown resources, RangeError for a provider that is not running, key_name_taken for a secret that is taken, unavailable
   * if the world is reset meanwhile.
   */
  async addKey(provider: string, description: unknown): Promise<{ readonly key: ApiKey; readonly credential: SeedCredential }> {
    const now = this.clock.now();
    const { contents } = this;
    const keys = contents.keys(provider);
    const seeds = this.#providers.find(({ name }) => name === provider)?.seeds;
    const surroundings = { existing: contents.resources(provider), salt: randomUUID() };
    const read = await readReporting(provider, now, async (context) => seeds?.readKey(description, context), surroundings);
    if (read === undefined) throw new RangeError(`no provider ${provider} is running`);
    return { key: await keys.issue(read.draft, now), credential: read.credential };
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
    await this.store.restore(snapshot, {
      rules: contentRules(this.#providers),
      // The journal takes secrets out of its texts when they are read, which may be after the keys are gone.
      before: () => {
        if (this.journal.bytes > 0) this.#formerSecrets.addAll(this.#contents.secrets());
      },
      after: () => this.#restored(),
    });
  }

  /** Whether a word is the secret of a key, here or in another world: the journal must not show it. */
  isSecret(word: string): boolean {
    const hash = hashSecret(word);
    return this.knowsSecret(hash) || this.#isSecretElsewhere(hash);
  }

  /** Whether a key of this world has, or had when a request of the journal came, a secret with this hash. */
  knowsSecret(hash: string): boolean {
    return this.#contents.secrets().has(hash) || this.#formerSecrets.has(hash);
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

  close(): void {
    this.#isClosed = true;
    this.#contents.end();
    this.#expiries.close();
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
    this.#delaysAt = delaysAt;
    this.#contents.delayChanges(delaysAt);
  }

  #newContents(): Contents {
    return new Contents(this.store, this.#providers, (before, after) => this.#keyChanged(before, after));
  }

  /** Call this whenever everything in the store was replaced: what was remembered of it ends, and faults act on what is new. */
  #replaceContents(): void {
    this.#contents.end();
    this.#contents = this.#newContents();
    this.#contents.delayChanges(this.#delaysAt);
  }

  #clockMoved(reading: ClockReading): void {
    if (this.#isResetting) return;
    this.events.emit('clock', reading.now, () => reading);
    this.#expiries.catchUpSoon();
  }
}
