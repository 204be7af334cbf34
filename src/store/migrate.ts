import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';

/** A database that cannot be opened, with one clear line why. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/**
 * Brings a database to the newest version: numbered `.sql` files, forward only, all in one transaction,
 * the version in `PRAGMA user_version`. Throws DatabaseError for a database of a newer version.
 */
export function migrate(db: Database, folder: string): void {
  const files = readdirSync(folder)
    .filter((file) => /^\d{4}_.+\.sql$/.test(file))
    .sort();
  db.transaction(() => {
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > files.length) {
      throw new DatabaseError(
        `it was written by a newer latchkey (its version is ${version}, this one knows up to ${files.length})`,
      );
    }
    for (const file of files.slice(version)) db.exec(readFileSync(join(folder, file), 'utf8'));
    db.pragma(`user_version = ${files.length}`);
  }).immediate();
}
