import type { Database } from 'better-sqlite3';
import type { Instant } from '../clock.ts';
import type { KeyStore } from '../core/key-store.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import type { ProviderRecords, WorldStore } from '../core/world-store.ts';
import { atomicallyOn } from './atomically.ts';
import { openDatabase } from './database.ts';
import { insertKeySql, keyParameters } from './key-rows.ts';
import { SqliteKeyStore } from './sqlite-key-store.ts';
import { insertResourceSql, SqliteResourceStore } from './sqlite-resource-store.ts';

/** One world in one SQLite database: `:memory:` or a file. Throws DatabaseError when the file cannot be used. */
export class SqliteWorldStore implements WorldStore {
  readonly keys: KeyStore;
  readonly #db: Database;
  readonly #resources = new Map<string, ResourceStore>();

  constructor(file: string, migrationsFolder: string) {
    this.#db = openDatabase(file, migrationsFolder);
    this.keys = new SqliteKeyStore(this.#db);
  }

  resources(provider: string): ResourceStore {
    let resources = this.#resources.get(provider);
    if (resources === undefined) {
      resources = new SqliteResourceStore(this.#db, provider);
      this.#resources.set(provider, resources);
    }
    return resources;
  }

  seededProviders(): ReadonlySet<string> {
    return new Set(this.#db.prepare<[], string>('SELECT provider FROM seedings').pluck().all());
  }

  seed(records: readonly ProviderRecords[], now: Instant, emptyFirst: boolean): void {
    const insertKey = this.#db.prepare(insertKeySql);
    const insertResource = this.#db.prepare(insertResourceSql);
    const mark = this.#db.prepare('INSERT INTO seedings (provider, seeded_at) VALUES (?, ?)');
    atomicallyOn(this.#db)(() => {
      if (emptyFirst) this.#db.exec('DELETE FROM api_keys; DELETE FROM resources; DELETE FROM seedings;');
      for (const { provider, keys, resources } of records) {
        for (const { key, keptSecret } of keys) insertKey.run({ ...keyParameters(key), keptSecret });
        for (const { kind, resource } of resources) {
          insertResource.run({ ...resource, provider, kind, data: JSON.stringify(resource.data) });
        }
        mark.run(provider, now);
      }
    });
  }

  close(): void {
    this.#db.close();
  }
}
