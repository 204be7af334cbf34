import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../clock.ts';
import {
  type ContentRules,
  type ProviderRecords,
  type Replacement,
  type SecretPrint,
  StorageError,
  type WorldStore,
} from '../core/world-store.ts';
import { Access } from './access.ts';
import { closedMeanwhile } from './closed-meanwhile.ts';
import { checkContent } from './content.ts';
import { sizeOf, smallDatabase } from './copies/database-size.ts';
import { RowCopy } from './copies/row-copy.ts';
import { unlogged } from './copies/unlogged.ts';
import { filesOf, openDatabase, unusableDatabase } from './database.ts';
import { readMigrations } from './migrate.ts';
import { openSnapshot, replaceAll, toFile, unusable } from './snapshot.ts';
import { SqliteKeyStore } from './sqlite-key-store.ts';
import { SqliteResourceStore } from './sqlite-resource-store.ts';
import { emptyAllSql } from './tables.ts';

/** How many hashes are read in one turn. */
const printsAtOnce = 2000;

/** One world in one SQLite database, a file or `:memory:`. The constructor throws DatabaseError if the file cannot be used. */
export class SqliteWorldStore implements WorldStore {
  readonly keys: SqliteKeyStore;
  readonly #db: Database;
  readonly #access: Access;
  readonly #file: string;
  readonly #migrationsFolder: string;
  /** Prepared on its first use: most worlds never need it. */
  #secretByHash: Statement<[string], number> | undefined;
  /** While the records of a snapshot are being put in: what the tables hold is neither the old nor the new. */
  #isReplacing = false;
  readonly #resources = new Map<string, SqliteResourceStore>();

  /** `isWhole` says that the pages of the file have been checked already. */
  constructor(file: string, migrationsFolder: string, isWhole = false) {
    this.#migrationsFolder = migrationsFolder;
    this.#file = file;
    this.#db = openDatabase(file, migrationsFolder, isWhole);
    this.#access = new Access(this.#db, filesOf(this.#db));
    this.keys = new SqliteKeyStore(this.#db, this.#access);
  }

  get restoring(): Promise<void> | undefined {
    return this.#access.restoring;
  }

  lost(): StorageError | undefined {
    return this.#access.lost();
  }

  whenLost(tell: (error: StorageError) => void): void {
    this.#access.whenLost(tell);
  }

  knowsSecret(hash: string): boolean {
    if (this.#isReplacing) return true;
    this.#secretByHash ??= this.#db.prepare<[string], number>('SELECT 1 FROM api_keys WHERE hash = unhex(?) LIMIT 1').pluck();
    return this.#secretByHash.get(hash) !== undefined;
  }

  *secretPrints(): Iterable<readonly SecretPrint[]> {
    const page = this.#db.prepare<[number, number], SecretPrint & { readonly seq: number }>(
      'SELECT seq, lower(hex(hash)) AS hash, hint FROM api_keys WHERE seq > ? ORDER BY seq LIMIT ?',
    );
    for (let after = 0; ; ) {
      if (!this.#db.open) throw closedMeanwhile();
      const rows = page.all(after, printsAtOnce);
      yield rows;
      if (rows.length < printsAtOnce) return;
      after = rows.at(-1)?.seq ?? after;
    }
  }

  resources(provider: string): SqliteResourceStore {
    let resources = this.#resources.get(provider);
    if (resources === undefined) {
      resources = new SqliteResourceStore(this.#db, provider, this.#access);
      this.#resources.set(provider, resources);
    }
    return resources;
  }

  /** Its rows, for a world whose truth is elsewhere. */
  rows(): RowCopy {
    return new RowCopy(this.#db, this.#access, {
      before: () => this.keys.flush(),
      after: () => this.#forget(),
    });
  }

  seededProviders(): ReadonlyMap<string, Instant> {
    this.#access.assertThere();
    return new Map(this.#db.prepare<[], [string, Instant]>('SELECT provider, seeded_at FROM seedings').raw().all());
  }

  seed(records: readonly ProviderRecords[], now: Instant, emptyFirst: boolean): void {
    // Outside the transaction, so that the uses are kept if it is rolled back.
    this.keys.flush();
    const mark = this.#db.prepare('INSERT INTO seedings (provider, seeded_at) VALUES (?, ?) ON CONFLICT DO NOTHING');
    const seed = this.#db.transaction(() => {
      if (emptyFirst) this.#empty();
      for (const { provider, keys, resources } of records) {
        const store = this.resources(provider);
        for (const { key, keptSecret } of keys) this.keys.add(key, keptSecret);
        for (const { kind, resource } of resources) store.write({ kind }, resource);
        mark.run(provider, now);
      }
    });
    this.#access.write(() => seed.immediate());
  }

  snapshot(): Buffer {
    this.keys.flush();
    this.#access.settle();
    return toFile(this.#db);
  }

  async snapshotInPieces(): Promise<Buffer> {
    while (!this.#access.isFree) await this.#access.turn();
    if (sizeOf(this.#db) <= smallDatabase) return this.snapshot();
    const copy = await this.#access.alone(async () => {
      this.keys.flush();
      // Loaded when it is needed: most runs make no large copy.
      const { largeCopy } = await import('./copies/large-copy.ts');
      return largeCopy(this.#db);
    });
    return copy ?? this.snapshot();
  }

  async restore(snapshot: Buffer, { rules, before, after }: Replacement): Promise<void> {
    const isLarge = snapshot.length > smallDatabase;
    const scratch = isLarge ? await (await import('./copies/scratch-file.ts')).scratchFile(this.#db) : undefined;
    let source: Database | undefined;
    try {
      const opened = await openSnapshot(snapshot, readMigrations(this.#migrationsFolder), scratch);
      source = opened;
      await checkContent(opened, rules);
      this.keys.insertWaiting();
      await this.#access.alone(async () => {
        await before();
        if (!this.#db.open) throw closedMeanwhile();
        this.keys.flush();
        const replace = () => this.#replaceBy(opened);
        await (isLarge ? unlogged(this.#db, this.#access, replace) : replace());
        after();
      });
    } catch (error) {
      throw unusable(error);
    } finally {
      source?.close();
      await scratch?.remove();
    }
  }

  async check(rules: ContentRules): Promise<void> {
    try {
      await checkContent(this.#db, rules);
    } catch (error) {
      throw unusableDatabase(this.#file, error);
    }
  }

  async #replaceBy(source: Database): Promise<void> {
    this.#isReplacing = true;
    try {
      await replaceAll(this.#db, source);
    } finally {
      this.#isReplacing = false;
      this.#forget();
    }
  }

  #empty(): void {
    this.#db.exec(emptyAllSql);
    this.#forget();
  }

  #forget(): void {
    this.keys.replaced();
    for (const resources of this.#resources.values()) resources.forget();
  }

  close(): void {
    try {
      this.keys.flush();
    } catch (error) {
      // Requests were told of it. What is lost is when keys were used last, as with a process that is killed.
      if (!(error instanceof StorageError)) throw error;
    } finally {
      this.#db.close();
    }
  }
}
