import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import { timeout, unusableDatabase } from './database.ts';
import { isEmpty, readMigrations } from './migrate.ts';
import { assertOurs, assertWholePages, distrust } from './ours.ts';
import { checkFileInThread, smallFile } from './snapshot-thread.ts';

/**
 * Checks a large file that `openDatabase` is going to open, in a thread. Says whether it did: a small or a missing one is left
 * to `openDatabase`. Throws DatabaseError if it is not ours, or damaged.
 */
export async function checkLargeFile(file: string, migrationsFolder: string): Promise<boolean> {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= smallFile) return false;
  try {
    await checkFileInThread(resolve(file), readMigrations(migrationsFolder));
    return true;
  } catch (error) {
    throw unusableDatabase(file, error);
  }
}

/** The check itself: that a file has our own tables and is whole. Throws DatabaseError, or SQLite's own error. */
export function checkFile(path: string, migrations: readonly string[]): void {
  const db = new Database(path, { timeout, fileMustExist: true });
  try {
    distrust(db);
    assertOurs(db, migrations);
    if (!isEmpty(db)) assertWholePages(db);
  } finally {
    db.close();
  }
}
