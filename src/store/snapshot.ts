import Database from 'better-sqlite3';
import { DatabaseError } from '../core/world-store.ts';
import { assertOurs, migrate } from './migrate.ts';

/** Offsets in the header of a database file at which it says that it is written ahead. */
const writeAheadMarks = [18, 19];

/**
 * A database as a file. It says of itself that it is not written ahead: a file on its own has nothing beside it, and SQLite
 * opens no other in memory.
 */
export function toFile(db: Database.Database): Buffer {
  const file = db.serialize();
  for (const mark of writeAheadMarks) file[mark] = 1;
  return file;
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
    // SQLite reads whatever it is given, and stumbles over it later.
    if (!file.subarray(0, 16).equals(Buffer.from('SQLite format 3\0'))) throw new DatabaseError('it is no SQLite file');
    source = new Database(file);
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
