import Database from 'better-sqlite3';
import { DatabaseError, StorageError } from '../core/world-store.ts';

/** Why a database cannot be used, by the beginning of SQLite's code. The longer beginnings come first. */
const reasons: readonly (readonly [code: string, reason: string])[] = [
  ['SQLITE_NOTADB', 'it is not an SQLite file'],
  ['SQLITE_CORRUPT', 'it is damaged'],
  ['SQLITE_BUSY', 'another process is using it'],
  ['SQLITE_LOCKED', 'another process is using it'],
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_READONLY', 'it cannot be written'],
  ['SQLITE_CANTOPEN', 'it cannot be written'],
  ['SQLITE_PERM', 'it cannot be written'],
  ['SQLITE_AUTH', 'it cannot be written'],
  // An exclusive lock on a file that this user may read but not write.
  ['SQLITE_IOERR_LOCK', 'it cannot be locked for writing'],
  ['SQLITE_IOERR', 'the disk refused to read or write it'],
  ['SQLITE_NOMEM', 'it is too large for the memory'],
  ['SQLITE_TOOBIG', 'it is too large'],
  ['SQLITE_CONSTRAINT', 'two of its rows contradict each other'],
  ['SQLITE_ERROR', 'its tables are not those of latchkey'],
];

/** The codes of the system, when a file is made. */
const ofSystem: Readonly<Record<string, string>> = {
  ENOTDIR: 'its folder is not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
};

/** Why a database cannot be used, in our words; undefined for an error that is neither SQLite's nor the system's. */
export function reasonOf(error: unknown): string | undefined {
  if (error instanceof DatabaseError) return error.message;
  if (error instanceof Database.SqliteError) {
    return reasons.find(([code]) => error.code.startsWith(code))?.[1] ?? 'SQLite cannot read it';
  }
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  return ofSystem[String(error.code)] ?? 'it cannot be written';
}

/** What went wrong in a database that was in use, as an error without the words of SQLite; any other error as it is. */
export function storageFailure(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const isFull = error.code === 'SQLITE_FULL' || error.code === 'SQLITE_IOERR_WRITE';
  const reason = isFull ? 'the disk is full, or the file may not grow' : (reasonOf(error) ?? '');
  return new StorageError(`The database of this world did not take the change: ${reason}.`, { cause: error });
}
