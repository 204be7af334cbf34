import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { DatabaseError } from '../core/world-store.ts';

/** Marks a database as latchkey's (`PRAGMA application_id`): the letters "ltch". */
const applicationId = 0x6c746368;

/** The texts of a folder's numbered `.sql` files in their order. The version of a database is how many it has been through. */
export function readMigrations(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((file) => /^\d{4}_.+\.sql$/.test(file));
  return files.sort().map((file) => readFileSync(join(folder, file), 'utf8'));
}

/**
 * Makes sure, without writing, that a database is an empty one or latchkey's, and none of a newer latchkey.
 * Throws DatabaseError.
 */
export function assertOurs(db: Database, newest: number): void {
  const version = versionOf(db);
  const owner = Number(db.pragma('application_id', { simple: true }));
  const isEmpty = owner === 0 && version === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (owner !== applicationId && !isEmpty) throw new DatabaseError('it is not a database of latchkey');
  if (version <= newest) return;
  throw new DatabaseError(`it was written by a newer latchkey (its version is ${version}, this one knows up to ${newest})`);
}

/** Brings a database to the newest version: forward only, all in one transaction; the version is in `PRAGMA user_version`. */
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
