import type { Database } from 'better-sqlite3';
import { closedMeanwhile } from './closed-meanwhile.ts';

/**
 * Does work of several turns in one transaction, all or nothing. Nobody else may use the database meanwhile. Throws
 * DatabaseError if it is closed before all is done.
 */
export async function inTransaction(db: Database, work: () => Promise<void>): Promise<void> {
  db.exec('BEGIN IMMEDIATE');
  try {
    await work();
    if (!db.open) throw closedMeanwhile();
    db.exec('COMMIT');
  } catch (error) {
    // SQLite has undone the changes already after some errors, such as a full disk.
    if (db.open && db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
