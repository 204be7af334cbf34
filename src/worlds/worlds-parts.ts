import type { Instant } from '../clock.ts';
import type { StorageError, WorldStore } from '../core/world-store.ts';
import type { Entry } from '../journal/entry.ts';
import type { Provider } from '../provider/provider.ts';
import type { Seeds } from './seeds.ts';
import type { SharedWorlds } from './sharing.ts';
import type { World } from './world.ts';

/** What the worlds of an emulator are made with. */
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
  /** Where several processes serve the same worlds. There are no files then but `:memory:`, and no world is dropped for being idle. */
  readonly sharing?: SharedWorlds | undefined;
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
