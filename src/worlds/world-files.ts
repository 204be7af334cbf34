import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { DatabaseError } from '../core/world-store.ts';
import { type Seeds, sectionsOf, seedsOf } from './seeds.ts';

/** What a world may be called. */
export const worldName = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** The world that there always is. */
export const defaultName = 'default';
const memory = ':memory:';

/** The files of worlds: the default world's is given, the others have theirs beside it, or all are in memory. */
export class WorldFiles {
  readonly #db: string;

  constructor(db: string) {
    this.#db = db;
  }

  /** `keys.sqlite` has `keys.~checkout.sqlite` beside it. */
  databaseOf(name: string): string {
    if (this.#db === memory || name === defaultName) return this.#db;
    const { start, extension } = this.#names();
    return join(dirname(this.#db), `${start}${name}${extension}`);
  }

  /** Whether a world lies in a file, open or not. */
  has(name: string): boolean {
    const file = this.databaseOf(name);
    return file !== memory && worldName.test(name) && existsSync(file);
  }

  /** The worlds that lie in files, but for the default one. */
  names(): string[] {
    if (this.#db === memory || !existsSync(dirname(this.#db))) return [];
    const { start, extension } = this.#names();
    const files = readdirSync(dirname(this.#db)).filter((file) => file.startsWith(start) && file.endsWith(extension));
    return files.map((file) => file.slice(start.length, -extension.length)).filter((name) => worldName.test(name));
  }

  /**
   * Before a world is made: keeps its seed, where it has one of its own. That is as its user gave it, secrets and all: nobody
   * else may read it. Throws DatabaseError where it cannot be written.
   */
  begin(name: string, sections: ReadonlyMap<string, unknown> | undefined): void {
    const file = this.#seedOf(name);
    if (file === undefined) return;
    try {
      // One may be left of a world that was never whole.
      rmSync(file, { force: true });
      if (sections !== undefined) writeFileSync(file, JSON.stringify(Object.fromEntries(sections)), { mode: 0o600 });
    } catch (error) {
      throw unusable(file, error);
    }
  }

  /** The seed of its own that a world was made with. Throws DatabaseError where that cannot be read any more. */
  keptSeed(name: string): Seeds | undefined {
    const file = this.#seedOf(name);
    if (file === undefined || !existsSync(file)) return undefined;
    try {
      const content: object = JSON.parse(readFileSync(file, 'utf8'));
      return seedsOf(sectionsOf(content));
    } catch (error) {
      throw unusable(file, error);
    }
  }

  /** Leaves nothing of a world. */
  remove(name: string): void {
    const database = this.databaseOf(name);
    if (database === memory) return;
    for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true });
    rmSync(this.#seedOf(name) ?? '', { force: true });
  }

  /** `keys.~checkout.seed.json`, beside its database; undefined where nothing is kept. */
  #seedOf(name: string): string | undefined {
    if (this.#db === memory || name === defaultName) return undefined;
    return join(dirname(this.#db), `${this.#names().start}${name}.seed.json`);
  }

  /** What comes before and after the name of a world in that of its file: always an extension, or `x-wal` could be a world. */
  #names(): { readonly start: string; readonly extension: string } {
    const extension = extname(this.#db);
    return { start: `${basename(this.#db, extension)}.~`, extension: extension || '.sqlite' };
  }
}

function unusable(file: string, error: unknown): DatabaseError {
  return new DatabaseError(`cannot use the seed ${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
}
