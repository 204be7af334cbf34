import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { DatabaseError } from '../core/world-store.ts';
import { isEmpty, migrate, readMigrations } from './migrate.ts';
import { assertOurs, assertWholePages, distrust } from './ours.ts';
import { reasonOf } from './reasons.ts';

/** Stands for a database in memory where a file is expected. */
const memory = ':memory:';
/** How long a file that another process is using is waited for. */
export const timeout = 1000;

/**
 * Opens a database, in memory or in a file, and migrates it to the newest version. A file belongs to one process at a time,
 * and only its owner may read it. Throws DatabaseError if it cannot be used; a file of another program or of a newer latchkey
 * is left as it was. `isWhole` says that its pages have been checked already.
 */
export function openDatabase(file: string, migrationsFolder: string, isWhole = false): Database.Database {
  let db: Database.Database | undefined;
  try {
    const migrations = readMigrations(migrationsFolder);
    db = connect(file);
    // Exclusive: two emulators on one file would contradict each other. It also spares every read a lock.
    db.pragma('locking_mode = EXCLUSIVE');
    distrust(db);
    assertOurs(db, migrations);
    if (!isWhole && !isEmpty(db)) assertWholePages(db);
    if (file !== memory) keepPrivate(file);
    configure(db);
    migrate(db, migrations);
    return db;
  } catch (error) {
    db?.close();
    throw unusableDatabase(file, error);
  }
}

/** The files of an open database, those that SQLite keeps beside it included; none for one in memory. */
export function filesOf(db: Database.Database): readonly string[] {
  return db.memory ? [] : [db.name, `${db.name}-wal`].filter((file) => existsSync(file));
}

/** Whether another process has a file open as its database. False for a file that is no database. */
export function isInUse(file: string): boolean {
  if (!existsSync(file)) return false;
  let db: Database.Database | undefined;
  try {
    db = new Database(resolve(file), { timeout: 0, fileMustExist: true });
    db.exec('BEGIN EXCLUSIVE; ROLLBACK');
    return false;
  } catch (error) {
    return error instanceof Database.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
  } finally {
    db?.close();
  }
}

/** What makes a database unusable, as an error in our words; any other error as it is. */
export function unusableDatabase(file: string, error: unknown): unknown {
  const reason = reasonOf(error);
  return reason === undefined ? error : new DatabaseError(`cannot use the database ${file}: ${reason}`, { cause: error });
}

function connect(file: string): Database.Database {
  // SQLite takes an empty name for a temporary file.
  if (file.trim() === '') throw new DatabaseError('the name of a file must not be empty');
  if (file === memory) return new Database(memory);
  makePrivate(file);
  // An absolute path: SQLite would take a name that begins with `file:` apart.
  return new Database(resolve(file), { timeout });
}

/**
 * Makes a new file that only its owner may read; SQLite gives the files beside it the same mode. A file that is there is not
 * opened: closing it again would give up the locks that this process may have on it.
 */
function makePrivate(file: string): void {
  if (!existsSync(dirname(resolve(file)))) throw new DatabaseError('its folder does not exist');
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new DatabaseError('it is a folder');
  if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600));
}

/** Takes the permissions of others away from the files of a database that is ours. */
function keepPrivate(file: string): void {
  for (const one of ['', '-wal', '-shm', '-journal'].map((suffix) => file + suffix)) {
    const mode = statSync(one, { throwIfNoEntry: false })?.mode ?? 0;
    if ((mode & 0o077) !== 0) chmodSync(one, mode & 0o700);
  }
}

function configure(db: Database.Database): void {
  // In memory SQLite sometimes goes through its whole table of pages after an insertion: larger pages are fewer.
  if (db.memory) db.pragma('page_size = 8192');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
}
