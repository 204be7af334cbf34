import type { Database } from 'better-sqlite3';
import type { Access } from '../access.ts';
import { filesOf } from '../database.ts';

/**
 * Does work that replaces much of a database in one transaction. With write-ahead logging SQLite would copy all of it from the
 * log into the file in one go at the end. Without it, changes go into the file itself, and what was there before goes into a
 * journal beside it, from which SQLite undoes them if the process is killed. Nobody else may use the database meanwhile.
 */
export async function unlogged(db: Database, access: Access, work: () => Promise<void>): Promise<void> {
  if (db.memory) return work();
  access.expect([db.name]);
  try {
    db.pragma('journal_mode = DELETE');
    await work();
  } finally {
    logAgain(db, access);
  }
}

function logAgain(db: Database, access: Access): void {
  if (!db.open) return;
  try {
    db.pragma('journal_mode = WAL');
  } catch {
    // Such as a full disk. The file is as good without a log, only slower, and what was done is done.
  }
  access.expect(filesOf(db));
}
