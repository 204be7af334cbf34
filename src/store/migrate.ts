import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';

/** Marks a database as latchkey's (`PRAGMA application_id`): the letters "ltch". */
const applicationId = 0x6c746368;

/** The texts of the numbered `.sql` files in a folder, in order. A database's version is the number of them that it has run. */
export function readMigrations(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((file) => /^\d{4}_.+\.sql$/.test(file));
  return files.sort().map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** Whether a database has nothing in it, not even a mark. */
export function isEmpty(db: Database): boolean {
  const marks = ['application_id', 'user_version'].map((name) => Number(db.pragma(name, { simple: true })));
  return marks.every((mark) => mark === 0) && db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
}

/** Whether a database is marked as latchkey's. */
export function isMarked(db: Database): boolean {
  return Number(db.pragma('application_id', { simple: true })) === applicationId;
}

/** The number of migrations that a database has run (`PRAGMA user_version`). */
export function versionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** Runs the migrations that a database lacks, in one transaction. */
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
