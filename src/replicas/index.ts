import { Connections } from '../store/postgres/connections.ts';
import { migratePostgres } from '../store/postgres/migrations.ts';
import { Place } from '../store/postgres/place.ts';
import { SqliteWorldStore } from '../store/sqlite-world-store.ts';
import type { SharedWorld, SharedWorlds } from '../worlds/sharing.ts';
import { Looks } from './looks.ts';
import { PostgresWorld } from './postgres-world.ts';
import { RealTime } from './real-time.ts';

export interface PostgresParts {
  readonly url: string;
  /** The migrations of the copies, which are SQLite databases in memory. */
  readonly migrationsFolder: string;
  /** Those of the PostgreSQL. */
  readonly postgresMigrationsFolder: string;
}

/** The worlds in a PostgreSQL that any number of processes serve. */
export class PostgresWorlds implements SharedWorlds {
  readonly #connections: Connections;
  readonly #place: Place;
  readonly #looks: Looks;
  readonly #real = new RealTime();
  readonly #parts: PostgresParts;
  readonly #served = new Set<PostgresWorld>();

  private constructor(connections: Connections, parts: PostgresParts) {
    this.#connections = connections;
    this.#parts = parts;
    this.#place = new Place(connections);
    this.#looks = new Looks(this.#place, (realNow) => this.#real.saw(realNow));
  }

  /** Connects, and brings the tables up to date. Throws DatabaseError, in one line, for a database that cannot be used. */
  static async open(parts: PostgresParts): Promise<PostgresWorlds> {
    const connections = new Connections(parts.url);
    try {
      await connections.check();
      await migratePostgres(connections, parts.postgresMigrationsFolder);
      const worlds = new PostgresWorlds(connections, parts);
      await worlds.#readTime();
      return worlds;
    } catch (error) {
      await connections.close();
      throw error;
    }
  }

  world(name: string): SharedWorld {
    const { migrationsFolder } = this.#parts;
    const world: PostgresWorld = new PostgresWorld({
      name,
      place: this.#place,
      looks: this.#looks,
      real: this.#real,
      onClose: () => this.#served.delete(world),
      openStore: () => new SqliteWorldStore(':memory:', migrationsFolder),
    });
    this.#served.add(world);
    return world;
  }

  names(): Promise<readonly string[]> {
    return this.#place.names();
  }

  drop(name: string): Promise<boolean> {
    return this.#place.drop(name);
  }

  async problem(): Promise<string | undefined> {
    try {
      await this.#readTime();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : 'The database cannot be used now.';
    }
  }

  async settle(): Promise<void> {
    await Promise.all([...this.#served].map((world) => world.flush()));
  }

  async close(): Promise<void> {
    await this.#connections.close();
  }

  async #readTime(): Promise<void> {
    this.#real.saw(await this.#place.time());
  }
}
