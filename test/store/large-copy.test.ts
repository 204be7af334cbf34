import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { EmulatorError } from '../../src/core/errors.ts';
import { othersTurn } from '../../src/core/pieces.ts';
import { type ContentRules, DatabaseError, type Replacement, type SeedKey } from '../../src/core/world-store.ts';
import { migrationsFolder } from '../../src/package.ts';
import { smallDatabase } from '../../src/store/copies/database-size.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { dump } from './dump.ts';
import { keyOf } from './key-of.ts';
import { scratchFolder } from './scratch-folder.ts';
import { undoMigrations } from './undo-migrations.ts';

const pathOf = scratchFolder();
const open: SqliteWorldStore[] = [];
let serial = 0;
/** So many keys with long secrets make a database that is copied in pieces, and that is larger than what SQLite keeps of it. */
const many = 500;
const secretLength = 40_000;
let large: Buffer;

const rules: ContentRules = {
  problemOfKey: () => undefined,
  problemOfResource: () => undefined,
  problemOfWhole: () => undefined,
};
const replacement = (parts: Partial<Replacement> = {}): Replacement => ({
  rules,
  before: () => undefined,
  after: () => undefined,
  ...parts,
});

/** A store with many keys of an owner. */
function filled(owner: string, file = ':memory:'): SqliteWorldStore {
  const store = new SqliteWorldStore(file, migrationsFolder);
  open.push(store);
  const keys = Array.from({ length: many }, (_, index): SeedKey => {
    const id = `${owner}-${index}`;
    return { key: keyOf(id, { owner }), keptSecret: `kept secret of ${id}`.padEnd(secretLength, '.') };
  });
  store.seed([{ provider: 'alpha', keys, resources: [] }], 1, true);
  return store;
}

/** A path in a folder of its own, which is also that of temporary files. */
function aloneInFolder(): string {
  const folder = pathOf(`alone-${serial++}`);
  mkdirSync(folder);
  vi.stubEnv('TMPDIR', folder);
  return `${folder}/world.sqlite`;
}

/** How many turns others have until something is done. */
async function turnsUntil(done: Promise<unknown>): Promise<number> {
  let turns = 0;
  let isDone = false;
  const end = done.finally(() => {
    isDone = true;
  });
  for (; !isDone; turns++) await othersTurn();
  await end;
  return turns;
}

beforeAll(() => {
  const store = filled('new');
  large = store.snapshot();
  expect(large.length).toBeGreaterThan(smallDatabase);
});
afterEach(() => {
  for (const one of open.splice(0)) one.close();
  vi.unstubAllEnvs();
});

const places = ['memory', 'a file'];
const placeOf = (place: string, path: string) => (place === 'memory' ? ':memory:' : path);

describe.each(places)('found 6.10: a large world in %s', (place) => {
  test('is copied in pieces, and leaves nothing behind', async () => {
    const path = aloneInFolder();
    const store = filled('old', placeOf(place, path));
    const copying = store.snapshotInPieces();
    expect(await turnsUntil(copying)).toBeGreaterThanOrEqual(large.length / (1 << 20));
    expect(dump(await copying)).toEqual(dump(store.snapshot()));
    expect(readdirSync(dirname(path)).filter((name) => !name.startsWith('world.sqlite'))).toEqual([]);
  });

  test('a change waits until it is copied', async () => {
    const store = filled('old', placeOf(place, aloneInFolder()));
    const before = dump(store.snapshot());
    const copying = store.snapshotInPieces();
    const inserting = store.keys.insert(keyOf('added'), null);
    expect(dump(await copying)).toEqual(before);
    await inserting;
    expect(await store.keys.count({})).toBe(many + 1);
  });

  test('that is closed meanwhile is refused', async () => {
    const store = filled('old', placeOf(place, aloneInFolder()));
    const copying = store.snapshotInPieces();
    setImmediate(() => store.close());
    await expect(copying).rejects.toThrow(new EmulatorError('unavailable', null));
    open.length = 0;
  });

  test('takes a large snapshot, and leaves nothing behind', async () => {
    const path = aloneInFolder();
    const store = filled('old', placeOf(place, path));
    await store.restore(large, replacement());
    expect(dump(store.snapshot())).toEqual(dump(large));
    expect(store.lost()).toBeUndefined();
    await store.keys.insert(keyOf('added'), null);
    expect(readdirSync(dirname(path)).sort()).toEqual(place === 'memory' ? [] : ['world.sqlite', 'world.sqlite-wal']);
  });

  test('takes one of an older version', async () => {
    const db = new Database(large);
    db.exec(`${undoMigrations} PRAGMA user_version = 1;`);
    const older = db.serialize();
    db.close();
    const store = filled('old', placeOf(place, aloneInFolder()));
    await store.restore(older, replacement());
    expect(dump(store.snapshot())).toEqual(dump(large));
  });

  test('refuses a damaged one in the usual words, and is as it was', async () => {
    const path = aloneInFolder();
    const store = filled('old', placeOf(place, path));
    const before = dump(store.snapshot());
    const damaged = Buffer.from(large).fill(0xff, 8192 * 5, 8192 * 9);
    const problem = new DatabaseError('the snapshot cannot be used: it is damaged');
    await expect(store.restore(damaged, replacement())).rejects.toThrow(problem);
    expect(dump(store.snapshot())).toEqual(before);
    expect(readdirSync(dirname(path)).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

test('without room for a scratch file a large world in memory is copied and restored all the same', async () => {
  vi.stubEnv('TMPDIR', pathOf('not-there'));
  const store = filled('old');
  expect(dump(await store.snapshotInPieces())).toEqual(dump(store.snapshot()));
  await store.restore(large, replacement());
  expect(dump(store.snapshot())).toEqual(dump(large));
});

test('a file of which a process is killed while a large snapshot is put into it holds what it held before', async () => {
  const path = aloneInFolder();
  const store = filled('old', path);
  const before = dump(store.snapshot());
  const killed = pathOf(`killed-${serial++}.sqlite`);
  let journalled = 0;
  const restoring = store.restore(large, replacement());
  let isDone = false;
  const end = restoring.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    if (existsSync(`${path}-journal`)) {
      journalled += 1;
      for (const suffix of ['', '-journal']) copyFileSync(path + suffix, killed + suffix);
    }
    await othersTurn();
  }
  await end;
  expect(journalled).toBeGreaterThan(0);
  const opened = new SqliteWorldStore(killed, migrationsFolder);
  open.push(opened);
  expect(dump(opened.snapshot())).toEqual(before);
});
