import Database from 'better-sqlite3';
import { DatabaseError, migrate } from './migrate.ts';

/** Marks a file as latchkey's (`PRAGMA application_id`): the letters "ltch". */
const applicationId = 0x6c746368;

/**
 * Opens a database, in memory or a file, and brings it to the newest version.
 * A file belongs to one process at a time. Throws DatabaseError, one line, when it cannot be used.
 */
export function openDatabase(file: string, migrationsFolder: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { timeout: 1000 });
    claim(db);
    migrate(db, migrationsFolder);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof DatabaseError || error instanceof Database.SqliteError || error instanceof TypeError) {
      throw new DatabaseError(`cannot use the database ${file}: ${reason(error)}`, { cause: error });
    }
    throw error;
  }
}

function claim(db: Database.Database): void {
  // Exclusive: a second emulator on the same file would be a second truth. It also spares every read a lock.
  db.pragma('locking_mode = EXCLUSIVE');
  const owner = Number(db.pragma('application_id', { simple: true }));
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  if (owner !== applicationId && (owner !== 0 || tables > 0)) throw new DatabaseError('it is not a database of latchkey');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  if (owner !== applicationId) db.pragma(`application_id = ${applicationId}`);
}

function reason(error: Error): string {
  const code = error instanceof Database.SqliteError ? error.code : '';
  if (code === 'SQLITE_BUSY') return 'another process is using it';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return `it cannot be written (${error.message})`;
  return error.message;
}
