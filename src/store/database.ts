import Database from 'better-sqlite3';
import { DatabaseError } from '../core/world-store.ts';
import { assertOurs, migrate, readMigrations } from './migrate.ts';

/**
 * Opens a database, in memory or in a file, and migrates it to the newest version. A file belongs to one process at a time.
 * Throws DatabaseError if it cannot be used; a file of another program or of a newer latchkey is left as it was.
 */
export function openDatabase(file: string, migrationsFolder: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    // SQLite takes an empty name for a temporary file.
    if (file.trim() === '') throw new DatabaseError('the name of a file must not be empty');
    const migrations = readMigrations(migrationsFolder);
    db = new Database(file, { timeout: 1000 });
    // Exclusive: two emulators on one file would contradict each other. It also spares every read a lock.
    db.pragma('locking_mode = EXCLUSIVE');
    assertOurs(db, migrations.length);
    configure(db);
    migrate(db, migrations);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof DatabaseError || error instanceof Database.SqliteError || error instanceof TypeError) {
      throw new DatabaseError(`cannot use the database ${file}: ${reason(error)}`, { cause: error });
    }
    throw error;
  }
}

function configure(db: Database.Database): void {
  // In memory SQLite sometimes goes through its whole table of pages after an insertion: larger pages are fewer.
  if (db.memory) db.pragma('page_size = 8192');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
}

function reason(error: Error): string {
  const code = error instanceof Database.SqliteError ? error.code : '';
  if (code === 'SQLITE_BUSY') return 'another process is using it';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return `it cannot be written (${error.message})`;
  // An exclusive lock on a file that this user may read but not write.
  if (code === 'SQLITE_IOERR_LOCK') return `it cannot be locked for writing (${error.message})`;
  return error.message;
}
