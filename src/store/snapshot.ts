import Database from 'better-sqlite3';
import { DatabaseError } from '../core/world-store.ts';
import { assertOurs, migrate } from './migrate.ts';

/** The first bytes of every SQLite file. */
const fileMark = Buffer.from('SQLite format 3\0');
const headerLength = 100;
/** Offsets in the header of an SQLite file: the size of a page, the marks of write-ahead logging, the number of pages. */
const pageSizeAt = 16;
const writeAheadMarks = [18, 19];
const pagesAt = 28;

/**
 * A database as the content of a file. The file is not marked as using write-ahead logging: it has no log beside it, and
 * SQLite would not open it in memory.
 */
export function toFile(db: Database.Database): Buffer {
  return withoutWriteAhead(db.serialize());
}

/**
 * Replaces everything in a database by the content of a file, all or nothing. Throws DatabaseError for a file that is not an
 * SQLite file, is damaged, or belongs to another program or to a newer latchkey.
 */
export function restore(db: Database.Database, file: Buffer, migrations: readonly string[]): void {
  const source = open(file, migrations);
  try {
    const tables = ['api_keys', 'resources', 'seedings'];
    const copied = tables.map((table) => copyOf(source, db, table));
    const replace = db.transaction(() => {
      for (const table of tables) db.exec(`DELETE FROM ${table}`);
      for (const insertAll of copied) insertAll();
    });
    replace.immediate();
  } catch (error) {
    throw unusable(error);
  } finally {
    source.close();
  }
}

function open(file: Buffer, migrations: readonly string[]): Database.Database {
  let source: Database.Database | undefined;
  try {
    assertWhole(file);
    // A copy: the marks of write-ahead logging are overwritten, and the buffer belongs to the caller.
    source = new Database(withoutWriteAhead(Buffer.from(file)));
    const damage = String(source.pragma('integrity_check(1)', { simple: true }));
    if (damage !== 'ok') throw new DatabaseError(`it is damaged (${damage.split('\n', 1)[0]})`);
    assertOurs(source, migrations.length);
    if (source.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'api_keys'").get() === undefined)
      throw new DatabaseError('it is empty');
    migrate(source, migrations);
    return source;
  } catch (error) {
    source?.close();
    throw unusable(error);
  }
}

function withoutWriteAhead(file: Buffer): Buffer {
  for (const mark of writeAheadMarks) file[mark] = 1;
  return file;
}

/** SQLite would notice a wrong or truncated file only while reading it. Throws DatabaseError. */
function assertWhole(file: Buffer): void {
  if (!file.subarray(0, fileMark.length).equals(fileMark)) throw new DatabaseError('it is not an SQLite file');
  if (file.length < headerLength) throw new DatabaseError('it is cut off');
  const pageSize = file.readUInt16BE(pageSizeAt);
  // The largest size, 65536, does not fit into its field and is written as 1.
  if (file.length < (pageSize === 1 ? 65_536 : pageSize) * file.readUInt32BE(pagesAt)) throw new DatabaseError('it is cut off');
}

/** Reads the rows of a table. Calling the result writes them. */
function copyOf(source: Database.Database, target: Database.Database, table: string): () => void {
  const select = source.prepare<[], unknown[]>(`SELECT * FROM ${table}`).raw();
  const rows = select.all();
  const marks = select.columns().map(() => '?');
  const columns = select.columns().map(({ name }) => name);
  const insert = target.prepare<unknown[]>(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks.join(', ')})`);
  return () => {
    for (const row of rows) insert.run(...row);
  };
}

function unusable(error: unknown): unknown {
  const isKnown = error instanceof Database.SqliteError || error instanceof DatabaseError || error instanceof TypeError;
  return isKnown ? new DatabaseError(`the snapshot cannot be used: ${error.message}`, { cause: error }) : error;
}
