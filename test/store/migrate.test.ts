import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import { DatabaseError } from '../../src/core/world-store.ts';
import { migrationsFolder, postgresMigrationsFolder } from '../../src/package.ts';
import { openDatabase } from '../../src/store/database.ts';
import { scratchFolder } from './scratch-folder.ts';

const pathOf = scratchFolder();
let serial = 0;
let folder: string;
let file: string;
beforeEach(() => {
  folder = pathOf(`migrations-${serial}`);
  file = pathOf(`${serial++}.sqlite`);
  mkdirSync(folder);
});

const first = "CREATE TABLE notes (text TEXT NOT NULL) STRICT; INSERT INTO notes VALUES ('kept');";
const second = 'ALTER TABLE notes ADD COLUMN author TEXT;';
const broken = `${second} INSERT INTO nowhere VALUES (1);`;

function migration(name: string, sql: string): void {
  writeFileSync(join(folder, name), sql);
}

/** Opens the file, reads from it, and closes it. */
function ask<T>(question: (db: Database) => T): T {
  const db = openDatabase(file, folder);
  const answer = question(db);
  db.close();
  return answer;
}

const versionOf = (db: Database) => db.pragma('user_version', { simple: true });
const schemaOf = (db: Database) => db.prepare('SELECT sql FROM sqlite_schema').pluck().all();
const notesOf = (db: Database) => db.prepare('SELECT * FROM notes').all();

describe('migrations', () => {
  test('run in the order of their numbers, each once', () => {
    migration('0002_author.sql', second);
    migration('0001_notes.sql', first);
    expect(ask(versionOf)).toBe(2);
    expect(ask(notesOf)).toEqual([{ text: 'kept', author: null }]);
  });

  test('bring an older database to the newest version, with its contents', () => {
    migration('0001_notes.sql', first);
    ask((db) => db.exec("INSERT INTO notes VALUES ('added')"));
    migration('0002_author.sql', second);
    expect(ask(versionOf)).toBe(2);
    expect(ask(notesOf)).toEqual([
      { text: 'kept', author: null },
      { text: 'added', author: null },
    ]);
  });

  test('leave version, schema and contents as they were if one fails, so that a repaired one can run', () => {
    migration('0001_notes.sql', first);
    const [version, schema, notes] = [ask(versionOf), ask(schemaOf), ask(notesOf)];
    migration('0002_author.sql', broken);
    expect(() => openDatabase(file, folder)).toThrow(
      new DatabaseError(`cannot use the database ${file}: its tables are not those of latchkey`),
    );
    rmSync(join(folder, '0002_author.sql'));
    expect([ask(versionOf), ask(schemaOf), ask(notesOf)]).toEqual([version, schema, notes]);
    migration('0002_author.sql', second);
    expect(ask(versionOf)).toBe(2);
  });

  test('are all undone in a fresh file if the second one fails', () => {
    migration('0001_notes.sql', first);
    migration('0002_author.sql', broken);
    expect(() => openDatabase(file, folder)).toThrow(DatabaseError);
    migration('0002_author.sql', second);
    expect(ask(notesOf)).toEqual([{ text: 'kept', author: null }]);
  });

  test('are only files with a number in their name', () => {
    migration('0001_notes.sql', first);
    for (const name of ['0002_author.sql.bak', '2_author.sql', 'README.md', '.0002_author.sql']) migration(name, broken);
    expect(ask(versionOf)).toBe(1);
  });
});

test.each([migrationsFolder, postgresMigrationsFolder])('the migrations in %s are numbered from 0001 without gaps', (folder) => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  expect(files.map((name) => name.slice(0, 5))).toEqual(files.map((_, index) => `${String(index + 1).padStart(4, '0')}_`));
});
