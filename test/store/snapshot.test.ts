import { readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resourceKind } from '../../src/core/resource-store.ts';
import { DatabaseError } from '../../src/core/world-store.ts';
import { migrationsFolder } from '../../src/package.ts';
import { readMigrations } from '../../src/store/migrate.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { dump } from './dump.ts';
import { keyOf } from './key-of.ts';
import { people, person } from './people.ts';
import { scratchFolder } from './scratch-folder.ts';
import { undoMigrations } from './undo-migrations.ts';

const pathOf = scratchFolder();
const opened: SqliteWorldStore[] = [];
let files = 0;
let world: SqliteWorldStore;

/** Rules that let everything pass: those of worlds have tests of their own. */
const rules = { problemOfKey: () => undefined, problemOfResource: () => undefined, problemOfWhole: () => undefined };

function restore(store: SqliteWorldStore, file: Buffer): Promise<void> {
  return store.restore(file, { rules, before: () => undefined, after: () => undefined });
}

function open(file = ':memory:'): SqliteWorldStore {
  const store = new SqliteWorldStore(file, migrationsFolder);
  opened.push(store);
  return store;
}

beforeEach(async () => {
  world = open();
  await fill(world);
});
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
});

/** Keys in several states, a kept secret, a pending use, resources, and a gap in the order. */
async function fill(store: SqliteWorldStore): Promise<void> {
  store.seed([{ provider: 'alpha', keys: [{ key: keyOf('a'), keptSecret: 'kept a' }], resources: [] }], 1_000, false);
  await store.keys.insert(keyOf('b', { expiresAt: 5_000, grants: { roles: ['x'] } }), null);
  await store.keys.insert(keyOf('c', { provider: 'beta' }), 'kept c');
  await store.keys.change({ id: 'b' }, (key) => ({ ...key, state: 'revoked', revokedAt: 2_000 }));
  await store.resources('alpha').put(people, person('1', { name: 'ada' }));
  await store.resources('alpha').put(people, person('2'));
  await store.resources('alpha').remove(people, '1');
  await store.resources('beta').put(resourceKind<number>('count'), { ...person('1'), data: 7 });
  await store.keys.use('alpha', keyOf('a').hash, () => 3_000);
}

describe('a snapshot', () => {
  test('is a file that any SQLite can open and read', () => {
    const path = pathOf(`plain-${files++}.sqlite`);
    writeFileSync(path, world.snapshot());
    const db = new Database(path, { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('journal_mode', { simple: true })).toBe('delete');
    expect(db.prepare('SELECT id, state FROM api_keys ORDER BY seq').raw().all()).toEqual([
      ['a', 'active'],
      ['b', 'revoked'],
      ['c', 'active'],
    ]);
    db.close();
  });

  test('contains pending uses', () => {
    expect(dump(world.snapshot())['api_keys']).toMatchObject([{ last_used_at: 3_000 }, {}, {}]);
  });

  test('of a world in a file is like that of one in memory, and the file stays in use', async () => {
    const inFile = open(pathOf(`world-${files++}.sqlite`));
    await fill(inFile);
    expect(dump(inFile.snapshot())).toEqual(dump(world.snapshot()));
    await inFile.keys.insert(keyOf('d'), null);
    expect(dump(inFile.snapshot())['api_keys']).toHaveLength(4);
  });

  test('restored into a fresh world gives the same rows', async () => {
    for (const target of [open(), open(pathOf(`fresh-${files++}.sqlite`))]) {
      await restore(target, world.snapshot());
      expect(dump(target.snapshot())).toEqual(dump(world.snapshot()));
    }
  });

  test('restored into a used world leaves nothing of what was stored or remembered there', async () => {
    const target = open();
    await target.keys.insert(keyOf('z'), null);
    await target.resources('alpha').put(people, person('9', { name: 'zoe' }));
    const use = (id: string) => target.keys.use('alpha', keyOf(id).hash, () => 4_000);
    const read = async () => [
      await use('z'),
      await target.keys.find({ owner: 'ada', provider: 'alpha' }),
      await target.keys.findRevealed({ provider: 'alpha' }),
      await target.resources('alpha').get(people, '9'),
      await target.resources('alpha').getByName(people, 'zoe'),
    ];
    await read();
    await restore(target, world.snapshot());
    const [a, b] = await world.keys.findRevealed({ provider: 'alpha' });
    const withoutSecret = (key = a) => ({ ...key, secret: undefined });
    expect(await read()).toEqual([undefined, [withoutSecret(), withoutSecret(b)], [a, b], undefined, undefined]);
  });

  test('restored into a world keeps its order for further keys', async () => {
    const target = open();
    await restore(target, world.snapshot());
    await target.keys.insert(keyOf('0'), null);
    expect((await target.keys.find({})).map(({ id }) => id)).toEqual(['a', 'b', 'c', '0']);
  });

  test('restored into a file is there when the file is opened again', async () => {
    const path = pathOf(`kept-${files++}.sqlite`);
    const first = new SqliteWorldStore(path, migrationsFolder);
    await restore(first, world.snapshot());
    first.close();
    expect(dump(open(path).snapshot())).toEqual(dump(world.snapshot()));
  });

  test('may be the database file of a latchkey that was stopped', async () => {
    const path = pathOf(`left-${files++}.sqlite`);
    const first = new SqliteWorldStore(path, migrationsFolder);
    await fill(first);
    first.close();
    const file = readFileSync(path);
    const before = Buffer.from(file);
    const target = open();
    await restore(target, file);
    expect(dump(target.snapshot())).toEqual(dump(world.snapshot()));
    expect(file.equals(before)).toBe(true);
  });

  test('of an older version is migrated', async () => {
    const older = world.snapshot();
    const target = open();
    await restore(target, edited(older, `${undoMigrations} PRAGMA user_version = 1;`));
    expect(dump(target.snapshot())).toEqual(dump(older));
  });
});

/** A snapshot after it was changed with any SQLite. */
function edited(snapshot: Buffer, sql: string): Buffer {
  const db = new Database(snapshot);
  db.exec(sql);
  const file = db.serialize();
  db.close();
  return file;
}

/** The database of another program. */
function foreign(sql: string): Buffer {
  const db = new Database(':memory:');
  db.exec(sql);
  const file = db.serialize();
  db.close();
  return file;
}

function damagedAt(page: number): Buffer {
  const file = world.snapshot();
  const pageSize = file.readUInt16BE(16);
  return file.fill(0xff, page * pageSize, (page + 1) * pageSize);
}

const version = readMigrations(migrationsFolder).length;
const ours = 'PRAGMA application_id = 0x6c746368;';

describe('a file that cannot be restored is refused in one line, and nothing has changed', () => {
  test.each<[string, () => Buffer, string | RegExp]>([
    ['nothing', () => Buffer.alloc(0), 'it is not an SQLite file'],
    ['a text', () => Buffer.from('These are my notes.\n'.repeat(500)), 'it is not an SQLite file'],
    ['the beginning of its first words', () => Buffer.from('SQLite format'), 'it is not an SQLite file'],
    ['its first words alone', () => Buffer.from('SQLite format 3\0'), 'it is cut off'],
    ['its first page alone', () => world.snapshot().subarray(0, 8192), 'it is cut off'],
    ['a file that lacks its last byte', () => world.snapshot().subarray(0, -1), 'it is cut off'],
    [
      'a file of larger pages that was cut off',
      () => foreign('PRAGMA page_size = 65536; VACUUM;').subarray(0, 200),
      'it is cut off',
    ],
    ['a table of another program', () => foreign('CREATE TABLE users (id);'), 'it is not a database of latchkey'],
    ['an empty database', () => foreign('VACUUM;'), 'it is empty'],
    [
      'the mark of latchkey and no more',
      () => foreign(`${ours} PRAGMA user_version = ${version};`),
      'its tables are not those that latchkey makes: it has none',
    ],
    [
      'a newer version',
      () => edited(world.snapshot(), 'PRAGMA user_version = 99;'),
      `it was written by a newer latchkey (its version is 99, this one knows up to ${version})`,
    ],
    [
      'a table that is missing',
      () => edited(world.snapshot(), 'DROP TABLE resources;'),
      'its tables are not those that latchkey makes: the table "resources" is missing',
    ],
    [
      'a key that violates the schema',
      () =>
        edited(
          world.snapshot(),
          "CREATE TABLE k AS SELECT * FROM api_keys; DROP TABLE api_keys; ALTER TABLE k RENAME TO api_keys; UPDATE api_keys SET state = 'dead';",
        ),
      'its tables are not those that latchkey makes: the table "api_keys" is another\'s',
    ],
  ])('%s', async (_, makeFile, reason) => {
    const before = dump(world.snapshot());
    await world.keys.use('alpha', keyOf('a').hash, () => 4_000);
    const refusal = await refusalOf(makeFile());
    expect(refusal).toMatch(/^the snapshot cannot be used: [^\n]+$/);
    expect(refusal.replace('the snapshot cannot be used: ', '')).toMatch(reason);
    const [first, ...rest] = before['api_keys'] ?? [];
    expect(dump(world.snapshot())).toEqual({ ...before, api_keys: [{ ...Object(first), last_used_at: 4_000 }, ...rest] });
    expect(await world.keys.use('alpha', keyOf('a').hash, () => 5_000)).toMatchObject({ id: 'a' });
  });

  test('a snapshot with any one page damaged', async () => {
    const before = dump(world.snapshot());
    const pages = world.snapshot().readUInt32BE(28);
    expect(pages).toBeGreaterThan(5);
    for (let page = 0; page < pages; page++) {
      expect(await refusalOf(damagedAt(page)), `page ${page}`).toMatch(/^the snapshot cannot be used: [^\n]+$/);
      expect(dump(world.snapshot())).toEqual(before);
    }
  });

  async function refusalOf(file: Buffer): Promise<string> {
    try {
      await restore(world, file);
    } catch (error) {
      expect(error).toBeInstanceOf(DatabaseError);
      return error instanceof Error ? error.message : '';
    }
    return expect.unreachable('it is refused');
  }
});
