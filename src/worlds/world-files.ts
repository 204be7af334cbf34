import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { DatabaseError } from '../core/world-store.ts';
import { type Seeds, sectionsOf, seedsOf } from './seeds.ts';

/** The names that a world may have. */
export const worldName = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** The name of the world that always exists. */
export const defaultName = 'default';
/** Stands for a database in memory where a file is expected. */
export const memory = ':memory:';

/** A seed that is written, and not in force yet. */
export interface StagedSeed {
  keep(): void;
  discard(): void;
}

/** The files of worlds. The default world's file is given and the others are beside it, or all worlds are in memory. */
export class WorldFiles {
  readonly #db: string;

  constructor(db: string) {
    this.#db = db;
  }

  /** The database of a world: for the world `checkout`, the file beside `keys.sqlite` is `keys.~checkout.sqlite`. */
  databaseOf(name: string): string {
    if (this.#db === memory || name === defaultName) return this.#db;
    const { start, extension } = this.#names();
    return join(dirname(this.#db), `${start}${name}${extension}`);
  }

  /** Whether a world has a file, open or not. */
  has(name: string): boolean {
    const file = this.databaseOf(name);
    return file !== memory && worldName.test(name) && existsSync(file);
  }

  /** The names of the worlds that have files, without the default one. */
  names(): string[] {
    if (this.#db === memory || !existsSync(dirname(this.#db))) return [];
    const { start, extension } = this.#names();
    const files = readdirSync(dirname(this.#db)).filter((file) => file.startsWith(start) && file.endsWith(extension));
    return files.map((file) => file.slice(start.length, -extension.length)).filter((name) => worldName.test(name));
  }

  /**
   * Call this before a world is made. Writes its own seed, if it has one, to a file that only its owner may read, since
   * it contains secrets. Throws DatabaseError if it cannot be written.
   */
  begin(name: string, sections: ReadonlyMap<string, unknown> | undefined): void {
    // A seed may be left from a world that could not be made.
    this.stageSeed(name, sections).keep();
  }

  /**
   * Writes another seed of a world beside the one that it has; undefined: it has none of its own any more. `keep` puts it into
   * place, and `discard` removes it. Throws DatabaseError if it cannot be written.
   */
  stageSeed(name: string, sections: ReadonlyMap<string, unknown> | undefined): StagedSeed {
    const file = this.#seedOf(name);
    if (file === undefined) return { keep: () => undefined, discard: () => undefined };
    const staged = `${file}.new`;
    const remove = (one: string) => attempt(file, () => rmSync(one, { force: true }));
    remove(staged);
    if (sections === undefined) return { keep: () => remove(file), discard: () => undefined };
    attempt(file, () => writeFileSync(staged, JSON.stringify(Object.fromEntries(sections)), { mode: 0o600 }));
    return { keep: () => attempt(file, () => renameSync(staged, file)), discard: () => remove(staged) };
  }

  /** Whether a world was made with a seed of its own, which is in a file. */
  hasSeed(name: string): boolean {
    const file = this.#seedOf(name);
    return file !== undefined && worldName.test(name) && existsSync(file);
  }

  /** The own seed that a world was made with, if any. Throws DatabaseError if it can no longer be read. */
  keptSeed(name: string): Seeds | undefined {
    const file = this.#seedOf(name);
    if (file === undefined || !existsSync(file)) return undefined;
    try {
      // A backup may have been put back with other permissions.
      chmodSync(file, 0o600);
      const content: object = JSON.parse(readFileSync(file, 'utf8'));
      return seedsOf(sectionsOf(content));
    } catch (error) {
      throw unusable(file, error);
    }
  }

  /** Removes the files of a world. */
  remove(name: string): void {
    const database = this.databaseOf(name);
    if (database === memory) return;
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(database + suffix, { force: true });
    const seed = this.#seedOf(name) ?? '';
    for (const one of [seed, `${seed}.new`]) rmSync(one, { force: true });
  }

  /** The file of a world's own seed, `keys.~checkout.seed.json` beside its database; undefined for a world without files. */
  #seedOf(name: string): string | undefined {
    if (this.#db === memory || name === defaultName) return undefined;
    return join(dirname(this.#db), `${this.#names().start}${name}.seed.json`);
  }

  /** The parts of a file name around the name of the world. There is always an extension: without one `x-wal` could be a world. */
  #names(): { readonly start: string; readonly extension: string } {
    const extension = extname(this.#db);
    return { start: `${basename(this.#db, extension)}.~`, extension: extension || '.sqlite' };
  }
}

function attempt(file: string, change: () => void): void {
  try {
    change();
  } catch (error) {
    throw unusable(file, error);
  }
}

function unusable(file: string, error: unknown): DatabaseError {
  return new DatabaseError(`cannot use the seed ${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
}
