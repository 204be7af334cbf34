import { randomUUID } from 'node:crypto';
import { DatabaseError } from '../core/world-store.ts';
import { Connections } from '../store/postgres/connections.ts';
import { gatherChannel, gatheredChannel, Journals } from '../store/postgres/journals.ts';
import { Members } from '../store/postgres/members.ts';
import { migratePostgres } from '../store/postgres/migrations.ts';
import { Place } from '../store/postgres/place.ts';
import { SqliteWorldStore } from '../store/sqlite-world-store.ts';
import { contentOf, type Seeds } from '../worlds/seeds.ts';
import type { ServingProcess, SharedWorld, SharedWorlds } from '../worlds/sharing.ts';
import { Gathering } from './gathering.ts';
import { hearItself } from './hearing.ts';
import { Looks } from './looks.ts';
import { Membership } from './membership.ts';
import { Numbering } from './numbering.ts';
import { PostgresWorld } from './postgres-world.ts';
import { RealTime } from './real-time.ts';
import { digestsOf } from './settings.ts';

export interface PostgresParts {
  readonly url: string;
  /** The migrations of the copies, which are SQLite databases in memory. */
  readonly migrationsFolder: string;
  /** Those of the PostgreSQL. */
  readonly postgresMigrationsFolder: string;
  /** Of this latchkey, for those who ask which ones serve the worlds. */
  readonly version: string;
  /** What must be the same in all processes that serve the worlds, by the names that users know. Nothing of a value is kept but a digest. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** The worlds in a PostgreSQL that any number of processes serve. */
export class PostgresWorlds implements SharedWorlds {
  readonly #connections: Connections;
  readonly #place: Place;
  readonly #looks: Looks;
  readonly #real = new RealTime();
  readonly #parts: PostgresParts;
  readonly #served = new Set<PostgresWorld>();
  readonly #process = randomUUID();
  readonly #members: Members;
  readonly #journals: Journals;
  readonly #numbering = new Numbering(this.#real);
  readonly #gathering: Gathering;
  readonly #membership: Membership;
  #leaving: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  private constructor(connections: Connections, parts: PostgresParts) {
    this.#connections = connections;
    this.#parts = parts;
    this.#place = new Place(connections);
    this.#looks = new Looks(this.#place, (realNow) => this.#real.saw(realNow));
    this.#members = new Members(connections);
    this.#journals = new Journals(connections);
    const process = this.#process;
    this.#gathering = new Gathering({
      journals: this.#journals,
      process,
      settle: () => this.#membership.settle(),
      write: (worldId) => this.#write(worldId),
    });
    this.#membership = new Membership({
      members: this.#members,
      numbering: this.#numbering,
      process,
      version: parts.version,
      settings: digestsOf(parts.settings ?? {}),
      onRenewed: () => this.#gathering.catchUp(),
    });
  }

  /**
   * Connects, and brings the tables up to date. Throws DatabaseError, in one line, for a database that cannot be used, and where
   * processes with other settings serve its worlds.
   */
  static async open(parts: PostgresParts): Promise<PostgresWorlds> {
    const connections = new Connections(parts.url);
    try {
      await connections.check();
      await migratePostgres(connections, parts.postgresMigrationsFolder);
      const worlds = new PostgresWorlds(connections, parts);
      await worlds.#readTime();
      await worlds.#join();
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
      membership: this.#membership,
      journals: {
        journals: this.#journals,
        gathering: this.#gathering,
        numbering: this.#numbering,
        process: this.#process,
      },
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
      if (!this.#membership.isFresh) await this.#membership.renew();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : 'The database cannot be used now.';
    }
  }

  async processes(): Promise<readonly ServingProcess[]> {
    const living = await this.#members.living();
    return living.map(({ process, ...rest }) => ({ ...rest, isThis: process === this.#process }));
  }

  async reseeded(seeds: Seeds): Promise<void> {
    // What could not be told now is told within a second.
    await this.#membership.tell(digestsOf({ '--seed': contentOf(seeds) })).catch(() => undefined);
  }

  leave(): Promise<void> {
    this.#leaving ??= this.#writeAndLeave();
    return this.#leaving;
  }

  close(): Promise<void> {
    this.#closing ??= this.leave()
      .catch(() => undefined)
      .then(() => {
        this.#membership.stop();
        return this.#connections.close();
      });
    return this.#closing;
  }

  async #writeAndLeave(): Promise<void> {
    const written = await Promise.allSettled([...this.#served].map((world) => world.flush()));
    const failed = written.find((one) => one.status === 'rejected');
    // Whoever asks must not take what there is for all: its lease ends by itself.
    if (failed !== undefined) throw failed.reason;
    await this.#membership.leave();
  }

  async #join(): Promise<void> {
    try {
      await hearItself(this.#connections, [gatherChannel, gatheredChannel], (channel, said) =>
        this.#gathering.hear(channel, said),
      );
      await this.#membership.join();
    } catch (error) {
      if (error instanceof DatabaseError) throw error;
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      throw cause instanceof DatabaseError ? cause : this.#connections.unusable(cause);
    }
  }

  /** Of a world that is not open here there is nothing to write. */
  async #write(worldId: number): Promise<void> {
    await Promise.all([...this.#served].map((world) => (world.id === worldId ? world.flush() : undefined)));
  }

  async #readTime(): Promise<void> {
    this.#real.saw(await this.#place.time());
  }
}
