import { type Instant, systemClock, VirtualClock } from '../clock.ts';
import type { StorageError, WorldStore } from '../core/world-store.ts';
import type { Entry } from '../journal/entry.ts';
import { defaultEntries, type JournalBounds } from '../journal/journal.ts';
import { JournalBudget } from '../journal/journal-budget.ts';
import type { Provider } from '../provider/provider.ts';
import type { SeedProblem } from '../provider/seed/error.ts';
import { KnownSecrets } from './known-secrets.ts';
import { problemsOf } from './seed-trial.ts';
import type { OwnSeeds, Seeds } from './seeds.ts';
import { World, type WorldParts } from './world.ts';
import { asWorldError, closing, WorldError, worldNotFound } from './world-error.ts';
import { defaultName, memory, WorldFiles, worldName } from './world-files.ts';
import type { WorldMaker } from './world-maker.ts';

export interface WorldsParts {
  readonly providers: readonly Provider[];
  readonly seeds: Seeds;
  /** The instant at which every clock starts; undefined is real time. */
  readonly clock: Instant | undefined;
  /** The SQLite file of the default world, with the files of the others beside it, or `:memory:`. */
  readonly db: string;
  /** How many worlds may be open at once. */
  readonly limit: number;
  /** How many entries each journal keeps, and about how many bytes all of them together. If omitted: as without settings. */
  readonly journals?: { readonly entries: number; readonly bytes: number };
  /** How long a world that was made by use or by a client may stay unused, in real time, before it is dropped; undefined: for ever. */
  readonly idleMs?: number | undefined;
  /** Throws DatabaseError if the file cannot be used. `isWhole` says that it has been checked. */
  openStore(file: string, isWhole?: boolean): WorldStore;
  /** Checks a large file before it is opened, while others have their turn; says whether it did. Throws DatabaseError. */
  checkFile?(file: string): Promise<boolean>;
  /** Called with every request that a world records. */
  onRequest?(world: World, entry: Entry): void;
  /** Called once with the name of a world whose database file is gone while it is open. */
  onLost?(world: string, error: StorageError): void;
  /** Whether another process has a file open as its database. */
  isInUse(file: string): boolean;
}

/** How often idle worlds are looked for at least. */
const longestSweepMs = 60_000;

/** How often the files of open worlds are looked for: a request that only reads does not look itself. */
const fileCheckMs = 500;

/** What the journals of all worlds may take together. */
const defaultJournalBytes = 256 << 20;

/** The worlds of an emulator. Each is made and seeded on its first use; none is dropped to make room for another. */
export class Worlds {
  readonly default: World;
  readonly #parts: WorldsParts;
  readonly #files: WorldFiles;
  /** What worlds without a seed of their own are seeded with. */
  #seeds: Seeds;
  readonly #journal: JournalBounds;
  readonly #secrets = new KnownSecrets();
  readonly #sweep: NodeJS.Timeout | undefined;
  readonly #fileCheck: NodeJS.Timeout | undefined;
  #onDrop: (name: string) => void = () => undefined;
  #isClosed = false;
  readonly #open = new Map<string, World>();
  /** Worlds that are being made: further requests for them wait for the same promise. */
  readonly #opening = new Map<string, Promise<World>>();

  /** Opens the default world, not seeded yet. Throws DatabaseError if its database cannot be used. */
  constructor(parts: WorldsParts) {
    this.#parts = parts;
    this.#files = new WorldFiles(parts.db);
    this.#seeds = parts.seeds;
    const { entries = defaultEntries, bytes = defaultJournalBytes } = parts.journals ?? {};
    this.#journal = { entries, budget: new JournalBudget(bytes) };
    this.default = this.#make(defaultName, parts.seeds);
    this.#open.set(defaultName, this.default);
    if (parts.db !== memory) this.#fileCheck = setInterval(() => this.lost(), fileCheckMs).unref();
    if (parts.idleMs !== undefined)
      this.#sweep = setInterval(() => void this.dropIdle(), Math.min(Math.max(parts.idleMs / 4, 10), longestSweepMs)).unref();
  }

  /** Whether there is a world with this name, open or not. */
  has(name: string): boolean {
    return this.#open.has(name) || this.#opening.has(name) || this.#files.has(name);
  }

  /** A world that is open already. */
  opened(name: string): World | undefined {
    return this.#open.get(name);
  }

  /** Opens a world, made and seeded if it is new. Throws WorldError for a bad name, beyond the limit, and for an unusable file. */
  async open(name: string, by: WorldMaker = 'use'): Promise<World> {
    return this.#openOnce(name, undefined, by);
  }

  /**
   * Makes a world, with a seed of its own if one is given, which is kept beside the world's database.
   * Throws WorldError as `open` does and for a name that is taken, SeedError.
   */
  async create(name: string, own?: OwnSeeds, by: WorldMaker = 'call'): Promise<World> {
    if (this.has(name)) {
      throw new WorldError('world_exists', `The world ${name} exists already.`);
    }
    return this.#openOnce(name, own, by);
  }

  /**
   * Closes a world and removes its files. Throws WorldError for an unknown world, for the default one, which can only be reset,
   * and for one that another process has open.
   */
  async drop(name: string): Promise<void> {
    if (name === defaultName) throw new WorldError('world_is_default', 'The default world cannot be dropped: reset it.');
    await this.#opening.get(name)?.catch(() => undefined);
    const world = this.#open.get(name);
    if (world === undefined && !this.#files.has(name)) throw worldNotFound(name);
    if (world === undefined && this.#parts.isInUse(this.#files.databaseOf(name))) {
      throw new WorldError('world_in_use', `Another process is using the world ${name}: drop it there, or stop that process.`);
    }
    await world?.end();
    // Dropped by another call meanwhile.
    if (this.#open.get(name) !== world) return this.drop(name);
    this.#open.delete(name);
    this.#files.remove(name);
    this.#onDrop(name);
  }

  /** Calls `onDrop` with the name of every world that is dropped. */
  whenDropped(onDrop: (name: string) => void): void {
    this.#onDrop = onDrop;
  }

  /** Drops the worlds that were made by use or by a client and were not used for too long, by real time `now`. */
  async dropIdle(now: Instant = systemClock.now()): Promise<void> {
    const { idleMs = Number.POSITIVE_INFINITY } = this.#parts;
    const isIdle = ({ name, madeBy, lastUsedAt = now, events }: World) =>
      name !== defaultName && (madeBy === 'use' || madeBy === 'client') && !events.isHeard && now - lastUsedAt >= idleMs;
    // Dropped by another call meanwhile: that is as well.
    for (const { name } of this.all().filter(isIdle)) await this.drop(name).catch(() => undefined);
  }

  /** Whether a world has a seed of its own. */
  hasOwnSeed(name: string): boolean {
    return this.#open.get(name)?.hasOwnSeed ?? this.#files.hasSeed(name);
  }

  /**
   * Replaces the seed, and resets every open world that has no seed of its own to it; `also` gives its own seed up for it. Returns
   * the names of the worlds that were reset. Throws SeedError if the seed does not fit, and changes nothing then.
   */
  async reseed(seeds: Seeds, also?: World): Promise<readonly string[]> {
    // A world that is being made may have read the old seed.
    await Promise.allSettled(this.#opening.values());
    const worlds = this.all().filter((world) => !world.hasOwnSeed || world === also);
    const resets = await Promise.all(worlds.map((world) => world.preparedReset('everything', { seeds, isOwn: false })));
    while (worlds.some(({ store }) => store.restoring !== undefined))
      await Promise.all(worlds.map(({ store }) => store.restoring));
    const staged = also?.hasOwnSeed ? this.#files.stageSeed(also.name, undefined) : undefined;
    this.#seeds = seeds;
    for (const reset of resets) reset();
    staged?.keep();
    return worlds.map(({ name }) => name);
  }

  /**
   * Gives an open world a seed of its own, which is kept beside its database, and resets it to that. Throws SeedError, and
   * WorldError if the seed cannot be kept; it changes nothing then.
   */
  async sow(world: World, own: OwnSeeds): Promise<void> {
    const reset = await world.preparedReset('everything', { seeds: own, isOwn: true });
    while (world.store.restoring !== undefined) await world.store.restoring;
    if (world.isClosed) return;
    try {
      const staged = this.#files.stageSeed(world.name, own.sections);
      try {
        reset();
      } catch (error) {
        staged.discard();
        throw error;
      }
      staged.keep();
    } catch (error) {
      throw asWorldError(error);
    }
  }

  /** The names of all worlds, including those that have files and are not open yet: the default first, then in alphabetical order. */
  names(): string[] {
    const names = new Set([...this.#open.keys(), ...this.#files.names()]);
    names.delete(defaultName);
    return [defaultName, ...[...names].sort()];
  }

  /** The worlds that are open. */
  all(): World[] {
    return [...this.#open.values()];
  }

  /** Looks for the database files of the open worlds: those that are gone, by the name of the world. */
  lost(): ReadonlyMap<string, StorageError> {
    const found = this.all().map(({ name, store }) => [name, store.lost()] as const);
    return new Map(found.flatMap(([name, error]) => (error === undefined ? [] : [[name, error] as const])));
  }

  /** Throws WorldError for a name that no world may have. */
  checkName(name: string): void {
    if (worldName.test(name)) return;
    throw new WorldError(
      'world_name_invalid',
      `${JSON.stringify(name)} is not a valid name of a world: use 1 to 63 lower-case letters, digits and dashes, and no dash at the start.`,
    );
  }

  /** The problems in the sections of a seed for a new world, each with its path below the seed. */
  problemsOfSeed(sections: ReadonlyMap<string, unknown>): Promise<readonly SeedProblem[]> {
    const { providers, openStore } = this.#parts;
    const trial = {
      names: providers.map(({ name }) => name),
      providerOf: (section: string) => providers.find(({ name }) => name === section),
      openStore: () => openStore(memory),
    };
    return problemsOf(sections, trial, this.default.clock.startsAt());
  }

  /** Closes every world; resolves once those that were being opened are closed too. No world can be opened after that. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#sweep);
    clearInterval(this.#fileCheck);
    for (const world of this.#open.values()) world.close();
    await Promise.allSettled(this.#opening.values());
  }

  async #openOnce(name: string, own: OwnSeeds | undefined, by: WorldMaker): Promise<World> {
    const known = this.#open.get(name) ?? this.#opening.get(name);
    if (known !== undefined) return known;
    if (this.#isClosed) throw closing();
    this.#checkRoom(name);
    const opening = this.#openNew(name, own, by);
    this.#opening.set(name, opening);
    return opening.finally(() => this.#opening.delete(name));
  }

  async #openNew(name: string, own: OwnSeeds | undefined, by: WorldMaker): Promise<World> {
    const isNew = !this.#files.has(name);
    let world: World | undefined;
    try {
      if (isNew) this.#files.begin(name, own?.sections);
      const kept = own ?? this.#files.keptSeed(name);
      const isWhole = await this.#parts.checkFile?.(this.#files.databaseOf(name));
      const origin = { madeBy: isNew ? by : undefined, hasOwnSeed: kept !== undefined };
      world = this.#make(name, kept ?? this.#seeds, origin, isWhole);
      world.lastUsedAt = systemClock.now();
      await world.seedFresh();
      if (this.#isClosed) throw closing();
      this.#open.set(name, world);
      return world;
    } catch (error) {
      world?.close();
      // At the next start, incomplete files must not be taken for a world, nor one that nobody has seen.
      if (isNew) this.#files.remove(name);
      throw asWorldError(error);
    }
  }

  #make(name: string, seeds: Seeds, origin: Pick<WorldParts, 'madeBy' | 'hasOwnSeed'> = {}, isWhole = false): World {
    const { providers, clock, openStore, onRequest, onLost } = this.#parts;
    const store = openStore(this.#files.databaseOf(name), isWhole);
    store.whenLost((error) => onLost?.(name, error));
    return new World({
      name,
      clock: new VirtualClock(clock),
      store,
      providers,
      seeds,
      ...origin,
      journal: this.#journal,
      secrets: this.#secrets,
      ...(onRequest && { onRequest }),
    });
  }

  /** Throws WorldError for a name that no world may have, and if the limit is reached. */
  #checkRoom(name: string): void {
    this.checkName(name);
    const { limit } = this.#parts;
    // A world that was just made is in both maps for a moment.
    if (new Set([...this.#open.keys(), ...this.#opening.keys()]).size < limit) return;
    throw new WorldError('world_limit_reached', `All ${limit} worlds that --max-worlds allows are open. Drop one first.`);
  }
}
