import { type Instant, systemClock, VirtualClock } from '../clock.ts';
import type { MaybePromise } from '../core/at-once.ts';
import type { StorageError } from '../core/world-store.ts';
import { defaultEntries, type JournalBounds } from '../journal/journal.ts';
import { JournalBudget } from '../journal/journal-budget.ts';
import type { SeedProblem } from '../provider/seed/error.ts';
import { KnownSecrets } from './known-secrets.ts';
import { resetTo } from './reseeding.ts';
import { problemsOf } from './seed-trial.ts';
import type { OwnSeeds, Seeds } from './seeds.ts';
import type { SharedWorlds } from './sharing.ts';
import { enteredAnywhere, isIdle, keepListening, keepUp } from './upkeep.ts';
import { World } from './world.ts';
import { asWorldError, badName, closing, WorldError, worldExists, worldNotFound } from './world-error.ts';
import { defaultName, memory, WorldFiles, worldName } from './world-files.ts';
import type { WorldMaker } from './world-maker.ts';
import type { WorldParts } from './world-parts.ts';
import type { WorldsParts } from './worlds-parts.ts';

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
  readonly #endUpkeep: () => void;
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
    const lookForFiles = parts.db === memory ? undefined : () => void this.lost();
    const upkeep = { lookForFiles, dropIdle: () => void this.dropIdle(), idleMs: parts.idleMs };
    this.#endUpkeep = parts.sharing === undefined ? keepUp(upkeep) : keepListening(this);
  }

  /** Whether there is a world with this name, open or not, here or anywhere. Throws StorageError. */
  has(name: string): MaybePromise<boolean> {
    const { sharing } = this.#parts;
    if (sharing !== undefined) return sharing.names().then((names) => names.includes(name));
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
    const { sharing } = this.#parts;
    if (sharing !== undefined) await this.#forgetGone(name, sharing);
    else if (this.has(name)) throw worldExists(name);
    const world = await this.#openOnce(name, own, by);
    // Another process was faster.
    if (sharing !== undefined && world.madeBy === undefined) throw worldExists(name);
    return world;
  }

  /** Forgets a world that is open here and was dropped elsewhere. Throws WorldError if there is a world with this name anywhere. */
  async #forgetGone(name: string, sharing: SharedWorlds): Promise<void> {
    const isThere = (await sharing.names()).includes(name) || (this.#open.has(name) && (await this.listed(name)) !== undefined);
    if (isThere || this.#opening.has(name)) throw worldExists(name);
  }

  /**
   * Closes a world and removes its files. Throws WorldError for an unknown world, for the default one, which can only be reset,
   * and for one that another process has open.
   */
  async drop(name: string): Promise<void> {
    if (name === defaultName) throw new WorldError('world_is_default', 'The default world cannot be dropped: reset it.');
    await this.#opening.get(name)?.catch(() => undefined);
    const world = this.#open.get(name);
    if (this.#parts.sharing !== undefined) return this.#dropShared(name, world, this.#parts.sharing);
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

  async #dropShared(name: string, world: World | undefined, sharing: SharedWorlds): Promise<void> {
    const wasThere = await sharing.drop(name);
    if (world !== undefined) this.forget(world);
    if (!wasThere) throw worldNotFound(name);
  }

  /** Closes a world that another process has dropped. False for the default world, which nobody can drop. */
  forget(world: World): boolean {
    const { name } = world;
    if (name === defaultName) return false;
    world.close();
    if (this.#open.get(name) !== world) return true;
    this.#open.delete(name);
    this.#onDrop(name);
    return true;
  }

  /** Calls `onDrop` with the name of every world that is dropped. */
  whenDropped(onDrop: (name: string) => void): void {
    this.#onDrop = onDrop;
  }

  /** Drops the worlds that were made by use or by a client and were not used for too long, by real time `now`. */
  async dropIdle(now: Instant = systemClock.now()): Promise<void> {
    const { idleMs = Number.POSITIVE_INFINITY } = this.#parts;
    // Dropped by another call meanwhile: that is as well.
    for (const world of this.all()) if (isIdle(world, now, idleMs)) await this.drop(world.name).catch(() => undefined);
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
    if (this.#parts.sharing !== undefined) await Promise.all((await this.everyName()).map((name) => this.listed(name)));
    const worlds = this.all().filter((world) => !world.hasOwnSeed || world === also);
    await resetTo(worlds, { seeds, isOwn: false }, () => {
      this.#seeds = seeds;
      return also?.hasOwnSeed ? this.#files.stageSeed(also.name, undefined) : undefined;
    });
    await this.#parts.sharing?.reseeded(seeds);
    return worlds.map(({ name }) => name);
  }

  /**
   * Gives an open world a seed of its own, which is kept beside its database, and resets it to that. Throws SeedError, and
   * WorldError if the seed cannot be kept; it changes nothing then.
   */
  async sow(world: World, own: OwnSeeds): Promise<void> {
    const stage = () => (world.isClosed ? undefined : this.#files.stageSeed(world.name, own.sections));
    await resetTo([world], { seeds: own, isOwn: true }, stage).catch((error: unknown) => {
      throw this.#worldError(error);
    });
  }

  /** The names of all worlds there are, here or anywhere: the default first, then in alphabetical order. Throws StorageError. */
  everyName(): MaybePromise<readonly string[]> {
    const { sharing } = this.#parts;
    if (sharing === undefined) return this.names();
    return sharing.names().then((names) => [defaultName, ...names.filter((name) => name !== defaultName)]);
  }

  /**
   * A world for a list of all, as it is now: undefined if it is not open. One that several processes serve is opened, since it is in
   * use, whoever uses it. Throws StorageError.
   */
  listed(name: string): MaybePromise<World | undefined> {
    return this.#parts.sharing === undefined ? this.opened(name) : enteredAnywhere(this, name);
  }

  /** The names of all worlds of this process, including those that have files and are not open yet: the default first, then in alphabetical order. */
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
    if (this.#parts.sharing !== undefined) return new Map();
    const found = this.all().map(({ name, store }) => [name, store.lost()] as const);
    return new Map(found.flatMap(([name, error]) => (error === undefined ? [] : [[name, error] as const])));
  }

  /** Throws WorldError for a name that no world may have. */
  checkName(name: string): void {
    if (!worldName.test(name)) throw badName(name);
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
    this.#endUpkeep();
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
      throw this.#worldError(error);
    }
  }

  /** What is wrong with the files of a world; what cannot be read of one that is elsewhere is no fault of its files. */
  #worldError(error: unknown): unknown {
    return this.#parts.sharing === undefined ? asWorldError(error) : error;
  }

  #make(name: string, seeds: Seeds, origin: Pick<WorldParts, 'madeBy' | 'hasOwnSeed'> = {}, isWhole = false): World {
    const { providers, clock, openStore, onRequest, onLost } = this.#parts;
    const sharing = this.#parts.sharing?.world(name);
    const store = sharing?.store ?? openStore(this.#files.databaseOf(name), isWhole);
    store.whenLost((error) => onLost?.(name, error));
    return new World({
      name,
      clock: new VirtualClock(clock, sharing?.real),
      store,
      sharing,
      commonSeeds: () => this.#seeds,
      onGone: (world) => void this.forget(world),
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
