import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DatabaseError } from '../../src/core/world-store.ts';
import { migrationsFolder } from '../../src/package.ts';
import { openDatabase } from '../../src/store/database.ts';
import { tableNames, tables } from '../../src/store/tables.ts';
import { startTestEmulator, type TestEmulator, type TestOptions } from '../support/emulator.ts';
import { keptLog } from '../support/log-lines.ts';
import { scratchFolder } from './scratch-folder.ts';

const pathOf = scratchFolder();
let serial = 0;
let file: string;
const running: TestEmulator[] = [];
beforeEach(() => {
  file = pathOf(`${serial++}.sqlite`);
});
afterEach(() => Promise.all(running.splice(0).map((emulator) => emulator.close())));

async function start(options: TestOptions = {}): Promise<TestEmulator> {
  const emulator = await startTestEmulator({ db: file, ...options });
  running.push(emulator);
  return emulator;
}

/** Makes a database of a latchkey that has stopped, and then changes it. */
async function edit(sql: string): Promise<void> {
  await (await startTestEmulator({ db: file })).close();
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

describe('found 6.1, 6.9: a file that is given as --db is trusted no more than a snapshot', () => {
  test.each([
    [
      'a view over an endless query',
      `DROP TABLE seedings; CREATE VIEW seedings AS
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS provider, i AS seeded_at FROM n`,
      'its tables are not those that latchkey makes: the view "seedings" is another\'s',
    ],
    [
      'our mark and another schema',
      'DROP TABLE api_keys; CREATE TABLE api_keys (id INTEGER)',
      'its tables are not those that latchkey makes: the table "api_keys" is another\'s',
    ],
    ['a version that has never been', 'PRAGMA user_version = -1', 'it is not a database of latchkey'],
    [
      'grants that are no object',
      "UPDATE api_keys SET grants = 'null' WHERE seq = 2",
      'table api_keys, row 2, column grants: must be a JSON object',
    ],
    [
      'data of another form',
      "UPDATE resources SET data = '7' WHERE seq = 1",
      'table resources, row 1, column data: the value is not of the form that latchkey stores',
    ],
    [
      'a row that the rules of its table forbid',
      "PRAGMA ignore_check_constraints = ON; UPDATE api_keys SET state = 'dead' WHERE seq = 1",
      'it is damaged',
    ],
  ])('%s: one line at the start', async (_, sql, reason) => {
    await edit(sql);
    await expect(start()).rejects.toThrow(new DatabaseError(`cannot use the database ${file}: ${reason}`));
  });

  test('a damaged page', async () => {
    await edit('PRAGMA journal_mode = DELETE');
    const db = new Database(file);
    const content = db.serialize();
    db.close();
    writeFileSync(file, content.fill(0xff, 4096 * 3, 4096 * 4));
    await expect(start()).rejects.toThrow(new DatabaseError(`cannot use the database ${file}: it is damaged`));
  });

  test('the file of a world: its requests are refused, and no others', async () => {
    const db = file;
    file = file.replace('.sqlite', '.~shop.sqlite');
    await edit("UPDATE api_keys SET grants = 'null' WHERE seq = 2");
    const ofShop = file;
    file = db;
    const { logger, lines } = keptLog('error');
    const { request } = await start({ logger });
    const message = "The files of this world cannot be used; latchkey's log says why.";
    expect((await request.get('/~shop/viewer').expect(500)).body).toMatchObject({ error: { code: 'world_unusable', message } });
    const reason = `cannot use the database ${ofShop}: table api_keys, row 2, column grants: must be a JSON object`;
    expect(lines.join()).toContain(reason);
    await request.get('/_latchkey/clock').expect(200);
  });

  test('a connection to a file does not trust what its schema says', () => {
    const db = openDatabase(file, migrationsFolder);
    expect(db.pragma('trusted_schema', { simple: true })).toBe(0);
    expect(db.pragma('cell_size_check', { simple: true })).toBe(1);
    db.close();
  });
});

test('every column of every table is copied, by its name', () => {
  const db = openDatabase(':memory:', migrationsFolder);
  const columnsOf = (table: string) => db.prepare('SELECT name FROM pragma_table_info(?) ORDER BY name').pluck().all(table);
  for (const table of tableNames) expect(columnsOf(table)).toEqual([...tables[table]].toSorted());
  const made = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
  expect(made.pluck().all()).toEqual([...tableNames].toSorted());
  db.close();
});
