import Database from 'better-sqlite3';
import { DatabaseError } from '../core/world-store.ts';
import { assertOurs, migrate } from './migrate.ts';

/** The first bytes of every database file. */
const fileMark = Buffer.from('SQLite format 3\0');
const headerLength = 100;
/** Offsets in the header of a database file: the size of a page, whether it is written ahead, how many pages there are. */
const pageSizeAt = 16;
const writeAheadMarks = [18, 19];
const pagesAt = 28;

/**
 * A database as a file. It says of itself that it is not written ahead: a file on its own has nothing beside it, and SQLite
 * opens no other in memory.
 */
export function toFile(db: Database.Database): Buffer {
  return onItsOwn(db.serialize());
}

/**
 * Puts what a file holds in the place of everything in a database, all or nothing.
 * Throws DatabaseError for what is no database, not latchkey's, damaged, or of a newer latchkey.
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
    // A copy: what was left on a disk says that it is written ahead, and the caller's bytes are the caller's.
    source = new Database(onItsOwn(Buffer.from(file)));
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

function onItsOwn(file: Buffer): Buffer {
  for (const mark of writeAheadMarks) file[mark] = 1;
  return file;
}

/** SQLite reads whatever it is given, and stumbles over it later. Throws DatabaseError. */
function assertWhole(file: Buffer): void {
  if (!file.subarray(0, fileMark.length).equals(fileMark)) throw new DatabaseError('it is no SQLite file');
  if (file.length < headerLength) throw new DatabaseError('it is cut off');
  const pageSize = file.readUInt16BE(pageSizeAt);
  // The largest size does not fit into its field, which then says 1.
  if (file.length < (pageSize === 1 ? 65_536 : pageSize) * file.readUInt32BE(pagesAt)) throw new DatabaseError('it is cut off');
}

/** Reads a table now, and gives what writes its rows. */
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
