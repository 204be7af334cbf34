import { VirtualClock } from '../clock.ts';
import { DatabaseError, type WorldStore } from '../core/world-store.ts';
import type { Provider } from '../provider/provider.ts';
import type { OwnSeeds, Seeds } from './seeds.ts';
import { World } from './world.ts';
import { defaultName, WorldFiles, worldName } from './world-files.ts';

/** A world that cannot be had, with the reason in words. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
  readonly code:
    | 'world_name_invalid'
    | 'world_limit_reached'
    | 'world_not_found'
    | 'world_exists'
    | 'world_is_default'
    | 'world_unusable';

  constructor(code: WorldError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface WorldsParts {
  readonly providers: readonly Provider[];
  readonly seeds: Seeds;
  /** What every clock shows at the start; undefined is real time. */
  readonly clock: number | undefined;
  /** An SQLite file for the default world, beside which the others have theirs, or `:memory:`. */
  readonly db: string;
  readonly limit: number;
  openStore(file: string): WorldStore;
}

/** The worlds of an emulator: each is made, and seeded, when somebody first asks for it. None is ever given up to make room. */
export class Worlds {
  readonly default: World;
  readonly #parts: WorldsParts;
  readonly #files: WorldFiles;
  readonly #open = new Map<string, World>();
  /** Worlds that are being made: whoever asks meanwhile waits for the same one. */
  readonly #opening = new Map<string, Promise<World>>();

  /** Throws DatabaseError where the default world's database cannot be used. It is not seeded yet. */
  constructor(parts: WorldsParts) {
    this.#parts = parts;
    this.#files = new WorldFiles(parts.db);
    this.default = this.#make(defaultName, parts.seeds);
    this.#open.set(defaultName, this.default);
  }

  /** A world that is open, without waiting. */
  opened(name: string): World | undefined {
    return this.#open.get(name);
  }

  /** A world, made and seeded if need be. Throws WorldError for a bad name, for one too many, and for a file that cannot be used. */
  async open(name: string): Promise<World> {
    return this.#openOnce(name, undefined);
  }

  /**
   * A new world, with a seed of its own where one is given, which outlives a restart as the world does. Throws WorldError, also
   * where there is one of that name; SeedError.
   */
  async create(name: string, own?: OwnSeeds): Promise<World> {
    if (this.#open.has(name) || this.#opening.has(name) || this.#files.has(name)) {
      throw new WorldError('world_exists', `There is a world ${name} already.`);
    }
    return this.#openOnce(name, own);
  }

  /** Ends a world and forgets it, its file too. Throws WorldError where there is none; the default world can only be reset. */
  async drop(name: string): Promise<void> {
    if (name === defaultName) throw new WorldError('world_is_default', 'The default world cannot be dropped: reset it.');
    await this.#opening.get(name)?.catch(() => undefined);
    const world = this.#open.get(name);
    if (world === undefined && !this.#files.has(name)) throw new WorldError('world_not_found', `There is no world ${name}.`);
    this.#open.delete(name);
    world?.close();
    this.#files.remove(name);
  }

  /** The names of all worlds, those too that lie in a file and were not asked for yet; in order of the alphabet, the default first. */
  names(): string[] {
    const names = new Set([...this.#open.keys(), ...this.#files.names()]);
    names.delete(defaultName);
    return [defaultName, ...[...names].sort()];
  }

  all(): World[] {
    return [...this.#open.values()];
  }

  close(): void {
    for (const world of this.#open.values()) world.close();
  }

  async #openOnce(name: string, own: OwnSeeds | undefined): Promise<World> {
    const known = this.#open.get(name) ?? this.#opening.get(name);
    if (known !== undefined) return known;
    this.#refuse(name);
    const opening = this.#openNew(name, own);
    this.#opening.set(name, opening);
    return opening.finally(() => this.#opening.delete(name));
  }

  async #openNew(name: string, own: OwnSeeds | undefined): Promise<World> {
    const isNew = !this.#files.has(name);
    let world: World | undefined;
    try {
      if (isNew) this.#files.begin(name, own?.sections);
      world = this.#make(name, own ?? this.#files.keptSeed(name) ?? this.#parts.seeds);
      await world.seedFresh();
      this.#open.set(name, world);
      return world;
    } catch (error) {
      world?.close();
      // What was never whole must not be taken for a world at the next start.
      if (isNew) this.#files.remove(name);
      throw error instanceof DatabaseError ? new WorldError('world_unusable', error.message, { cause: error }) : error;
    }
  }

  #make(name: string, seeds: Seeds): World {
    const { providers, clock, openStore } = this.#parts;
    return new World(name, new VirtualClock(clock), openStore(this.#files.databaseOf(name)), providers, seeds);
  }

  #refuse(name: string): void {
    if (!worldName.test(name)) {
      throw new WorldError(
        'world_name_invalid',
        `${JSON.stringify(name)} cannot be the name of a world: up to 63 small letters, digits and dashes, no dash first.`,
      );
    }
    const { limit } = this.#parts;
    // For a moment a world may be among both.
    if (new Set([...this.#open.keys(), ...this.#opening.keys()]).size < limit) return;
    throw new WorldError('world_limit_reached', `There are ${limit} worlds, which is the most (--max-worlds). Drop one first.`);
  }
}
