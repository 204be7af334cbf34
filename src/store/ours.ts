import Database, { type Database as Connection } from 'better-sqlite3';
import { DatabaseError } from '../core/world-store.ts';
import { isEmpty, isMarked, migrate, versionOf } from './migrate.ts';

/** An object of a schema. */
type SchemaObject = readonly [type: string, name: string, table: string, sql: string | null];

const schemaSql = 'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type DESC, name';
/** By the migrations that made it: comparing a file must not run them each time. */
const schemas = new Map<string, string>();

/**
 * Prepares a connection for a file that may be anybody's: nothing in its schema may call functions with effects, and what
 * is read from its pages is checked. Call it before anything else.
 */
export function distrust(db: Connection): void {
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('mmap_size = 0');
}

/**
 * Checks, without writing, that a database is empty or latchkey's: that its tables and indexes are exactly those that our
 * own migrations make, with nothing beside them. No statement of a foreign schema has run when this returns or throws.
 * Throws DatabaseError.
 */
export function assertOurs(db: Connection, migrations: readonly string[]): void {
  if (isEmpty(db)) return;
  const version = versionOf(db);
  if (!isMarked(db) || version < 1) throw new DatabaseError('it is not a database of latchkey');
  if (version > migrations.length) {
    const known = `its version is ${version}, this one knows up to ${migrations.length}`;
    throw new DatabaseError(`it was written by a newer latchkey (${known})`);
  }
  if (schemaOf(db) !== expectedSchema(migrations.slice(0, version))) {
    throw new DatabaseError(`its tables are not those that latchkey makes: ${firstDifference(db, migrations.slice(0, version))}`);
  }
}

/** Checks every page, every index and every rule of the tables. Throws DatabaseError. Takes about half a second for 100,000 keys. */
export function assertWholePages(db: Connection): void {
  let damage: unknown;
  try {
    damage = db.pragma('integrity_check(1)', { simple: true });
  } catch (error) {
    throw new DatabaseError('it is damaged', { cause: error });
  }
  if (damage !== 'ok') throw new DatabaseError('it is damaged', { cause: damage });
}

function objectsOf(db: Connection): SchemaObject[] {
  return db.prepare<[], [string, string, string, string | null]>(schemaSql).raw().all();
}

function schemaOf(db: Connection): string {
  return JSON.stringify(objectsOf(db));
}

function expectedSchema(migrations: readonly string[]): string {
  const made = migrations.join('\0');
  const known = schemas.get(made);
  if (known !== undefined) return known;
  const db = new Database(':memory:');
  migrate(db, migrations);
  const schema = schemaOf(db);
  db.close();
  schemas.set(made, schema);
  return schema;
}

/** The first object that is missing or that is not ours, by its name. */
function firstDifference(db: Connection, migrations: readonly string[]): string {
  const expected: SchemaObject[] = JSON.parse(expectedSchema(migrations));
  const found = objectsOf(db);
  if (found.length === 0) return 'it has none';
  const isIn = (objects: readonly SchemaObject[], [, , , sql]: SchemaObject, name: string) =>
    objects.some((other) => other[1] === name && other[3] === sql);
  const foreign = found.find((object) => !isIn(expected, object, object[1]));
  if (foreign !== undefined) return `the ${foreign[0]} ${JSON.stringify(foreign[1].slice(0, 80))} is another's`;
  const missing = expected.find((object) => !isIn(found, object, object[1]));
  return missing === undefined ? 'their order differs' : `the ${missing[0]} "${missing[1]}" is missing`;
}
