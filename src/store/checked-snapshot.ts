import Database from 'better-sqlite3';
import { DatabaseError } from '../core/world-store.ts';
import { isEmpty, migrate, versionOf } from './migrate.ts';
import { assertOurs, assertWholePages, distrust } from './ours.ts';

/** The first bytes of every SQLite file. */
const fileMark = Buffer.from('SQLite format 3\0');
const headerLength = 100;
/** Offsets in the header of an SQLite file: the size of a page, the marks of write-ahead logging, the number of pages. */
const pageSizeAt = 16;
const writeAheadMarks = [18, 19];
const pagesAt = 28;

/**
 * Checks that the content of a file, which may be anybody's and has no marks of write-ahead logging, has our own tables and is
 * whole. Returns it brought to the newest version; undefined if it is of that version already. Throws DatabaseError, or
 * SQLite's own error for a file that it cannot read.
 */
export function checkedSnapshot(file: Buffer, migrations: readonly string[]): Buffer | undefined {
  const db = new Database(file);
  try {
    return isMigrated(db, migrations) ? db.serialize() : undefined;
  } finally {
    db.close();
  }
}

/** The same for one that is in a file of ours, which is brought to the newest version itself. */
export function checkSnapshotFile(path: string, migrations: readonly string[]): void {
  const db = new Database(path, { fileMustExist: true });
  try {
    isMigrated(db, migrations);
  } finally {
    db.close();
  }
}

/** Checks it, and brings it to the newest version; says whether it had an older one. */
function isMigrated(db: Database.Database, migrations: readonly string[]): boolean {
  distrust(db);
  assertOurs(db, migrations);
  if (isEmpty(db)) throw new DatabaseError('it is empty');
  assertWholePages(db);
  const isOlder = versionOf(db) !== migrations.length;
  if (isOlder) migrate(db, migrations);
  return isOlder;
}

/** The content of a file without the marks of write-ahead logging; a copy if it has them. Throws DatabaseError if it is cut off. */
export function plainFile(file: Buffer): Buffer {
  assertNotCut(file);
  const isLogged = writeAheadMarks.some((mark) => file[mark] !== 1);
  return isLogged ? withoutWriteAhead(Buffer.from(file)) : file;
}

/** Removes the marks of write-ahead logging from the content of a file, and returns it. */
export function withoutWriteAhead(file: Buffer): Buffer {
  for (const mark of writeAheadMarks) file[mark] = 1;
  return file;
}

/** SQLite would notice a wrong or truncated file only while reading it. Throws DatabaseError. */
function assertNotCut(file: Buffer): void {
  if (!file.subarray(0, fileMark.length).equals(fileMark)) throw new DatabaseError('it is not an SQLite file');
  if (file.length < headerLength) throw new DatabaseError('it is cut off');
  const pageSize = file.readUInt16BE(pageSizeAt);
  // The largest size, 65536, does not fit into its field and is written as 1.
  if (file.length < (pageSize === 1 ? 65_536 : pageSize) * file.readUInt32BE(pagesAt)) throw new DatabaseError('it is cut off');
}
