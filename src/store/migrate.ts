import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { DatabaseError } from '../core/world-store.ts';

/** Marks a database as latchkey's (`PRAGMA application_id`): the letters "ltch". */
const applicationId = 0x6c746368;

/** The texts of the numbered `.sql` files in a folder, in order. A database's version is the number of them that it has run. */
export function readMigrations(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((file) => /^\d{4}_.+\.sql$/.test(file));
  return files.sort().map((file) => readFileSync(join(folder, file), 'utf8'));
}

/**
 * Checks, without writing, that a database is empty or latchkey's. Throws DatabaseError if it is not, and if its
 * version is above `newest`.
 */
export function assertOurs(db: Database, newest: number): void {
  const version = versionOf(db);
  const owner = Number(db.pragma('application_id', { simple: true }));
  const isEmpty = owner === 0 && version === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (owner !== applicationId && !isEmpty) throw new DatabaseError('it is not a database of latchkey');
  if (version <= newest) return;
  throw new DatabaseError(`it was written by a newer latchkey (its version is ${version}, this one knows up to ${newest})`);
}

/** Runs the migrations that a database lacks, in one transaction. Its version is in `PRAGMA user_version`. */
export function migrate(db: Database, migrations: readonly string[]): void {
  const pending = migrations.slice(versionOf(db));
  if (pending.length === 0) return;
  const run = db.transaction(() => {
    for (const sql of pending) db.exec(sql);
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${migrations.length}`);
  });
  run.immediate();
}

function versionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}
