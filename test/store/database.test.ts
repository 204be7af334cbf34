import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DatabaseError } from '../../src/core/world-store.ts';
import { migrationsFolder } from '../../src/package.ts';
import { openDatabase } from '../../src/store/database.ts';
import { keyOf } from './key-of.ts';
import { scratchFolder } from './scratch-folder.ts';

const pathOf = scratchFolder();
let serial = 0;
let file: string;
beforeEach(() => {
  file = pathOf(`${serial++}/keys.sqlite`);
  mkdirSync(dirname(file));
});

/** Makes the file with SQLite, as another program would. */
function write(sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

/** Makes the file with latchkey. */
function writeOurs(): void {
  openDatabase(file, migrationsFolder).close();
}

/** Root may write everywhere: permissions are tested as an ordinary user. */
function asOrdinaryUser(act: () => void): void {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(1000);
  try {
    act();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

/** Checks that the file is refused with this reason in one line, and that nothing in its folder has changed. */
function expectRefusal(reason: string | RegExp): void {
  const before = contents();
  const refusal = thrownBy(() => openDatabase(file, migrationsFolder));
  expect(refusal).toBeInstanceOf(DatabaseError);
  expect(String(refusal)).toMatch(/^DatabaseError: cannot use the database [^\n]+$/);
  expect(String(refusal)).toContain(file);
  expect(String(refusal)).toMatch(reason);
  expect(contents()).toEqual(before);
}

function contents(): [string, string][] {
  const folder = dirname(file);
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ name }) => [name, readFileSync(`${folder}/${name}`, 'hex')]);
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return expect.unreachable('it throws');
}

describe('a file is marked, uses write-ahead logging, and belongs to one process', () => {
  test('when it is new, and when it is opened again', () => {
    for (let opening = 0; opening < 2; opening++) {
      const db = openDatabase(file, migrationsFolder);
      const settings = ['application_id', 'user_version', 'journal_mode', 'synchronous', 'locking_mode', 'foreign_keys'];
      expect(settings.map((name) => db.pragma(name, { simple: true }))).toEqual([0x6c746368, 4, 'wal', 1, 'exclusive', 1]);
      db.close();
    }
  });

  test('opening and closing it changes no byte', () => {
    writeOurs();
    const before = contents();
    writeOurs();
    expect(contents()).toEqual(before);
  });

  test('only the file is left after it was closed', () => {
    writeOurs();
    expect(readdirSync(dirname(file))).toEqual(['keys.sqlite']);
  });

  test('an empty file counts as new', () => {
    writeFileSync(file, '');
    writeOurs();
    expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3');
  });
});

describe('a file that cannot be used is refused in one line and left as it was', () => {
  test.each([
    ['tables of another program', 'CREATE TABLE users (id INTEGER); INSERT INTO users VALUES (1);'],
    ['tables of another program, journalled ahead', 'PRAGMA journal_mode = WAL; CREATE TABLE users (id INTEGER);'],
    ['the mark of another program', 'PRAGMA application_id = 7;'],
    ['a version of another program', 'PRAGMA user_version = 1;'],
    ['tables named as ours are', 'CREATE TABLE api_keys (id INTEGER); PRAGMA user_version = 1;'],
  ])('a database with %s', (_, sql) => {
    write(sql);
    expectRefusal(/: it is not a database of latchkey$/);
  });

  test.each(['WAL', 'DELETE'])('a database of a newer latchkey, its journal mode %s', (mode) => {
    writeOurs();
    write(`PRAGMA journal_mode = ${mode}; PRAGMA user_version = 99;`);
    expectRefusal(/: it was written by a newer latchkey \(its version is 99, this one knows up to 4\)$/);
  });

  test('a text', () => {
    writeFileSync(file, 'These are my notes, and no database.\n'.repeat(200));
    expectRefusal(/: it is not an SQLite file$/);
  });

  test.each([16, 99, 100, 511, 512, 4_095, 4_096, 8_192, 20_480])('a database of latchkey cut off after %s bytes', (length) => {
    writeOurs();
    writeFileSync(file, readFileSync(file).subarray(0, length));
    expectRefusal(/: (it is not an SQLite file|it is damaged)$/);
  });

  test('a folder', () => {
    mkdirSync(file);
    expectRefusal(/: it is a folder$/);
  });

  test('a file in a folder that does not exist', () => {
    file = `${dirname(file)}/missing/keys.sqlite`;
    expectRefusal(/: its folder does not exist$/);
  });

  test('a file below a file', () => {
    writeFileSync(file, 'a file');
    file = `${file}/keys.sqlite`;
    expect(() => openDatabase(file, migrationsFolder)).toThrow(/: its folder is not a folder$/);
    expect(readFileSync(dirname(file), 'utf8')).toBe('a file');
  });

  test.runIf(existsSync('/proc/version'))('a file in a folder that does not support writing', () => {
    expect(() => openDatabase('/proc/keys.sqlite', migrationsFolder)).toThrow(/: it cannot be written/);
  });

  test.runIf(existsSync('/proc/version'))('a file that may be read but not written', () => {
    writeOurs();
    const modes = [
      { path: dirname(dirname(file)), mode: 0o755 },
      { path: dirname(file), mode: 0o555 },
      { path: file, mode: 0o444 },
    ];
    for (const { path, mode } of modes) chmodSync(path, mode);
    asOrdinaryUser(() => expectRefusal(/: it cannot be locked for writing$/));
    chmodSync(dirname(file), 0o755);
  });

  test.each(['', ' '])('an empty name: %j', (name) => {
    expect(() => openDatabase(name, migrationsFolder)).toThrow(
      new DatabaseError(`cannot use the database ${name}: the name of a file must not be empty`),
    );
  });

  test('a file that another connection has open, which is not disturbed', () => {
    const first = openDatabase(file, migrationsFolder);
    expectRefusal(/: another process is using it$/);
    expect(first.prepare('SELECT count(*) FROM api_keys').pluck().get()).toBe(0);
    first.close();
    writeOurs();
  });

  test('a file that another program is writing', () => {
    writeOurs();
    const other = new Database(file);
    other.exec('BEGIN EXCLUSIVE; DELETE FROM seedings;');
    expectRefusal(/: another process is using it$/);
    other.close();
    writeOurs();
  });
});

describe('the schema, for writers other than the store', () => {
  const columns = { ...keyOf('k'), hash: Buffer.alloc(32), grants: '{}', attributes: '{}' };
  const insert = `INSERT INTO api_keys (hash, provider, id, tenant, owner, kind, hint, state, grants, attributes, created_at, updated_at,
    expires_at, revoked_at) VALUES (@hash, @provider, @id, @tenant, @owner, @kind, @hint, @state, @grants, @attributes, @createdAt,
    @updatedAt, @expiresAt, @revokedAt)`;
  let db: Database.Database;
  beforeEach(() => {
    db = openDatabase(':memory:', migrationsFolder);
  });
  afterEach(() => {
    db.close();
  });

  test.each([
    ['hash', Buffer.alloc(31)],
    ['hash', 'a text of thirty-two characters.'],
    ['provider', null],
    ['id', null],
    ['kind', 'token'],
    ['state', 'expired'],
    ['state', 'Active'],
    ['grants', '{'],
    ['attributes', 'null}'],
    ['createdAt', 0.5],
    ['updatedAt', null],
    ['expiresAt', 'tomorrow'],
    ['expiresAt', 1e300],
    ['revokedAt', 5],
  ])('refuses a key whose %s is %j', (column, value) => {
    expect(() => db.prepare(insert).run({ ...columns, [column]: value })).toThrow(Database.SqliteError);
    expect(db.prepare(insert).run(columns).changes).toBe(1);
  });

  test('refuses a revoked key without an instant of revocation', () => {
    expect(() => db.prepare(insert).run({ ...columns, state: 'revoked' })).toThrow(/CHECK/);
    expect(db.prepare(insert).run({ ...columns, state: 'revoked', revokedAt: 5 }).changes).toBe(1);
  });

  test('has only strict tables', () => {
    const tables = db.prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' AND strict = 1",
    );
    expect(tables.pluck().all().sort()).toEqual(['api_keys', 'resources', 'seedings']);
  });
});

test('every database in memory is separate', () => {
  const [one, two] = [openDatabase(':memory:', migrationsFolder), openDatabase(':memory:', migrationsFolder)];
  one.exec("INSERT INTO seedings VALUES ('alpha', 1)");
  expect(two.prepare('SELECT count(*) FROM seedings').pluck().get()).toBe(0);
  for (const db of [one, two]) db.close();
});
