import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { dump } from '../store/dump.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests();

async function save(): Promise<Buffer> {
  const { body } = await lk.request.get('/_latchkey/snapshot').responseType('blob').expect(200);
  return body;
}

function restore(file: Buffer) {
  return lk.request.put('/_latchkey/snapshot').set('Content-Type', 'application/vnd.sqlite3').send(file);
}

describe('found 6.1: a snapshot whose tables are not ours is refused at once, and nothing of it runs', () => {
  const columnThatIsSql = 'provider, seeded_at) SELECT secret, 1 FROM api_keys WHERE secret IS NOT NULL AND ? IS NOT NULL --';
  const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)';

  test.each([
    ['a column whose name is SQL', `DROP TABLE seedings; CREATE TABLE seedings ("${columnThatIsSql}" TEXT);`, 'table "seedings"'],
    [
      'a view over an endless query in the place of a table',
      `DROP TABLE seedings; CREATE VIEW seedings AS ${endless} SELECT i AS provider, i AS seeded_at FROM n;`,
      'view "seedings"',
    ],
    ['a view beside the tables', `CREATE VIEW more AS ${endless} SELECT i FROM n;`, 'view "more"'],
    ['a trigger', 'CREATE TRIGGER more AFTER INSERT ON api_keys BEGIN DELETE FROM resources; END;', 'trigger "more"'],
    ['a further table', 'CREATE TABLE more (id);', 'table "more"'],
    ['a virtual table', 'CREATE VIRTUAL TABLE more USING fts5(word);', 'table "more"'],
    ['a further column', 'ALTER TABLE seedings ADD COLUMN more TEXT;', 'table "seedings"'],
    ['a computed column', 'ALTER TABLE resources ADD COLUMN more TEXT AS (zeroblob(1 << 29));', 'table "resources"'],
    ['an index over an expression', 'CREATE INDEX more ON api_keys (zeroblob(1 << 29));', 'index "more"'],
    ['the schema of an older version with a newer number', 'DROP INDEX api_keys_by_expiry;', 'index "api_keys_by_expiry"'],
  ])('%s', async (_, sql, foreign) => {
    const file = await save();
    const { body } = await restore(editedUnsafely(file, sql)).expect(400);
    const problem = `${foreign} is ${sql.startsWith('DROP INDEX') ? 'missing' : "another's"}`;
    expect(body).toEqual(refusedSnapshot(`its tables are not those that latchkey makes: the ${problem}`));
    expect(dump(await save())).toEqual(dump(file));
  });
});

describe('found 6.9: what a snapshot holds is judged as a seed is, before anything is replaced', () => {
  const year10000 = 253_402_300_800_000;
  const instant = 'must be an instant of the years 0000 to 9999';
  const partOfSecret = 'must be a part of the secret, at most half of it';
  const form = 'is not of the form that latchkey stores';

  test.each([
    ["UPDATE api_keys SET grants = 'null' WHERE seq = 1", 'table api_keys, row 1, column grants: must be a JSON object'],
    ["UPDATE api_keys SET attributes = '[1]' WHERE seq = 2", 'table api_keys, row 2, column attributes: must be a JSON object'],
    [
      `UPDATE api_keys SET grants = '{"scopes":"upload"}' WHERE seq = 1`,
      'table api_keys, row 1, column grants: must hold lists of texts, `roles` and `scopes`',
    ],
    [
      `UPDATE api_keys SET grants = '{"rights":["all"]}' WHERE seq = 1`,
      'table api_keys, row 1, column grants: must hold lists of texts, `roles` and `scopes`',
    ],
    ['UPDATE api_keys SET expires_at = 9007199254740991 WHERE seq = 1', `table api_keys, row 1, column expires_at: ${instant}`],
    [`UPDATE api_keys SET created_at = ${year10000} WHERE seq = 3`, `table api_keys, row 3, column created_at: ${instant}`],
    ['UPDATE api_keys SET updated_at = -62167219200001 WHERE seq = 3', `table api_keys, row 3, column updated_at: ${instant}`],
    [
      'UPDATE api_keys SET last_used_at = 9223372036854775807 WHERE seq = 1',
      `table api_keys, row 1, column last_used_at: ${instant}`,
    ],
    ["UPDATE api_keys SET id = '' WHERE seq = 1", 'table api_keys, row 1, column id: must not be empty'],
    ['UPDATE api_keys SET hint = secret WHERE seq = 1', `table api_keys, row 1, column hint: ${partOfSecret}`],
    ["UPDATE api_keys SET hint = 'x' WHERE seq = 1", `table api_keys, row 1, column hint: ${partOfSecret}`],
    [
      "UPDATE api_keys SET hash = unhex('2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'), hint = 'x', secret = NULL WHERE seq = 1",
      `table api_keys, row 1, column hint: ${partOfSecret}`,
    ],
    [
      "UPDATE api_keys SET secret = 'another' WHERE seq = 1",
      'table api_keys, row 1, column secret: is not the one that the hash stands for',
    ],
    [
      'UPDATE api_keys SET seq = 9223372036854775807 WHERE seq = 1',
      'table api_keys, row 9223372036854776000, column seq: must be between 1 and 281474976710656',
    ],
    ['UPDATE resources SET seq = -1 WHERE seq = 1', 'table resources, row -1, column seq: must be between 1 and 281474976710656'],
    ["UPDATE resources SET data = '7' WHERE seq = 1", `table resources, row 1, column data: the value ${form}`],
    [
      "UPDATE resources SET data = json_set(data, '$.level', 'high') WHERE seq = 1",
      `table resources, row 1, column data: /level ${form}`,
    ],
    [
      "UPDATE resources SET data = json_remove(data, '$.email') WHERE seq = 1",
      `table resources, row 1, column data: /email ${form}`,
    ],
    [`UPDATE resources SET created_at = ${year10000} WHERE seq = 1`, `table resources, row 1, column created_at: ${instant}`],
    ["UPDATE resources SET kind = 'usr' WHERE seq = 1", 'table resources, row 1, column kind: estuary stores no "usr"'],
    [
      "DELETE FROM resources WHERE provider = 'kps' AND kind = 'deployment'",
      'table resources lacks the deployment "deployment" of kps',
    ],
    [
      `UPDATE seedings SET seeded_at = ${year10000} WHERE provider = 'kps'`,
      `table seedings, row "kps", column seeded_at: ${instant}`,
    ],
  ])('%s', async (sql, problem) => {
    const file = await save();
    const { body } = await restore(edited(file, sql)).expect(400);
    expect(body).toEqual(refusedSnapshot(problem));
    expect(dump(await save())).toEqual(dump(file));
  });

  test('rows that contradict the rules of their table are damage', async () => {
    const file = await save();
    const { body } = await restore(
      edited(file, "PRAGMA ignore_check_constraints = ON; UPDATE api_keys SET state = 'dead'"),
    ).expect(400);
    expect(body).toEqual(refusedSnapshot('it is damaged'));
    expect(dump(await save())).toEqual(dump(file));
  });
});

function refusedSnapshot(problem: string): object {
  return { error: { code: 'request_invalid', message: `the snapshot cannot be used: ${problem}`, details: null } };
}

/** The same where SQLite would refuse the edit: it evaluates new columns and indexes at once. */
function editedUnsafely(snapshot: Buffer, sql: string): Buffer {
  const db = new Database(snapshot);
  if (sql.includes('zeroblob')) db.exec('DELETE FROM resources; DELETE FROM api_keys;');
  db.exec(sql);
  const file = db.serialize();
  db.close();
  return file;
}

/** A snapshot after it was edited with SQLite. */
function edited(snapshot: Buffer, sql: string): Buffer {
  const db = new Database(snapshot);
  db.exec(sql);
  const file = db.serialize();
  db.close();
  return file;
}
