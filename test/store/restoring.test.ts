import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { othersTurn, pieceSize } from '../../src/core/pieces.ts';
import type { ContentRules, Replacement, SeedKey } from '../../src/core/world-store.ts';
import { DatabaseError } from '../../src/core/world-store.ts';
import { migrationsFolder } from '../../src/package.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { dump } from './dump.ts';
import { keyOf } from './key-of.ts';
import { people, person } from './people.ts';
import { scratchFolder } from './scratch-folder.ts';
import { undoMigrations } from './undo-migrations.ts';

const pathOf = scratchFolder();
const open: SqliteWorldStore[] = [];
let serial = 0;
/** So many keys make a file that is checked in a thread. */
const many = 3_000;
/** So many wait at once: each that does is woken whenever another one is done. */
const mostWaiting = 15;
let large: Buffer;
let world: SqliteWorldStore;

function store(file = ':memory:'): SqliteWorldStore {
  const opened = new SqliteWorldStore(file, migrationsFolder);
  open.push(opened);
  return opened;
}

const noRules: ContentRules = {
  problemOfKey: () => undefined,
  problemOfResource: () => undefined,
  problemOfWhole: () => undefined,
};
const replacement = (parts: Partial<Replacement> = {}): Replacement => ({
  rules: noRules,
  before: () => undefined,
  after: () => undefined,
  ...parts,
});

/** A world of so many keys of an owner. */
function fill(target: SqliteWorldStore, owner: string, count: number): SqliteWorldStore {
  const keys = Array.from({ length: count }, (_, index): SeedKey => {
    const id = `${owner}-${index}`;
    return { key: keyOf(id, { owner }), keptSecret: `kept secret of ${id}`.padEnd(200, '.') };
  });
  target.seed([{ provider: 'alpha', keys, resources: [{ kind: 'person', resource: person(owner) }] }], 1, true);
  return target;
}

beforeEach(() => {
  large = fill(store(), 'new', many).snapshot();
  expect(large.length).toBeGreaterThan(1 << 20);
  world = fill(store(), 'old', many);
});
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

describe('found 6.10: a large snapshot', () => {
  test.each([':memory:', 'a file'])(
    'into %s: what is asked meanwhile sees all of the old or all of the new, never a part',
    async (place) => {
      const target = fill(store(place === ':memory:' ? place : pathOf(`restored-${serial++}.sqlite`)), 'old', many);
      const counts = { old: 0, new: 0 };
      let isDone = false;
      const restoring = target.restore(large, replacement()).finally(() => {
        isDone = true;
      });
      const asked: Promise<void>[] = [];
      let waiting = 0;
      const ask = async () => {
        waiting += 1;
        const found = await target.keys.find({});
        waiting -= 1;
        const owners = [...new Set(found.map(({ owner }) => owner))];
        expect([owners.length, found.length]).toEqual([1, many]);
        counts[owners[0] === 'old' ? 'old' : 'new'] += 1;
      };
      while (!isDone) {
        if (waiting < mostWaiting) asked.push(ask());
        await othersTurn();
      }
      await restoring;
      await Promise.all(asked);
      expect(counts.old).toBeGreaterThan(0);
      // One for each piece, at least: they waited while the snapshot was put into place.
      expect(counts.new).toBeGreaterThanOrEqual(many / pieceSize - 1);
      expect(dump(target.snapshot())).toEqual(dump(large));
    },
  );

  test('keeps every kind of request waiting, and what it then does is done to the new', async () => {
    let asked: unknown[] = [];
    await world.restore(
      large,
      replacement({
        before: () => {
          const { keys } = world;
          const resources = world.resources('alpha');
          asked = [
            keys.insert(keyOf('added', { owner: 'new' }), null),
            keys.count({}),
            keys.findRevealed({ id: 'old-1' }),
            keys.expiring(0, null, 5),
            keys.change({ id: 'new-1' }, (key) => ({ ...key, state: 'suspended' })),
            keys.changeAll({ id: 'new-2' }, (key) => ({ ...key, state: 'suspended' })),
            keys.use('alpha', keyOf('old-1').hash, () => 5_000),
            keys.use('alpha', keyOf('new-1').hash, () => 5_000),
            resources.list(people),
            resources.put(people, person('added')),
            resources.remove(people, 'new'),
            resources.listAll(),
          ];
        },
      }),
    );
    const [, count, revealed, , changed, changedAll, usedOld, usedNew, listed, , removed, all] = await Promise.all(asked);
    // An insertion waits for the end of its turn: whoever counts in the same one may come first.
    expect([many, many + 1]).toContain(count);
    expect([await world.keys.count({}), revealed, usedOld, removed]).toEqual([many + 1, [], undefined, true]);
    expect([changed, usedNew]).toMatchObject([
      { owner: 'new', state: 'suspended' },
      { owner: 'new', lastUsedAt: 5_000 },
    ]);
    expect(changedAll).toMatchObject([{ id: 'new-2', state: 'suspended' }]);
    expect([listed, all]).toMatchObject([[{ id: 'new' }], [{ resource: { id: 'added' } }]]);
  });

  test('every word counts as a secret while the tables are neither the old nor the new', async () => {
    const { hash } = keyOf('nobody');
    const seen: boolean[] = [];
    let isDone = false;
    const restoring = world.restore(large, replacement()).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      seen.push(world.knowsSecret(hash));
      await othersTurn();
    }
    await restoring;
    expect(new Set(seen)).toEqual(new Set([false, true]));
    expect([world.knowsSecret(hash), world.knowsSecret(keyOf('new-1').hash)]).toEqual([false, true]);
  });

  test('two at once: one after the other, and the last one stays', async () => {
    const small = fill(store(), 'small', 5).snapshot();
    await Promise.all([world.restore(small, replacement()), world.restore(large, replacement())]);
    expect(dump(world.snapshot())).toEqual(dump(large));
  });

  test('is refused in the same words as a small one when it is damaged, and nothing has changed', async () => {
    const before = dump(world.snapshot());
    const damaged = Buffer.from(large).fill(0xff, 8192 * 20, 8192 * 21);
    await expect(world.restore(damaged, replacement())).rejects.toThrow(
      new DatabaseError('the snapshot cannot be used: it is damaged'),
    );
    expect(dump(world.snapshot())).toEqual(before);
  });

  test('of an older version is migrated in the thread', async () => {
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(large);
    db.exec(`${undoMigrations} PRAGMA user_version = 1;`);
    const older = db.serialize();
    db.close();
    await world.restore(older, replacement());
    expect(dump(world.snapshot())).toEqual(dump(large));
  });

  test('whose last record breaks a rule changes nothing', async () => {
    const before = dump(world.snapshot());
    const rules = { ...noRules, problemOfKey: ({ id }: { id: string }) => (id === `new-${many - 1}` ? 'id: no' : undefined) };
    await expect(world.restore(large, replacement({ rules }))).rejects.toThrow(
      new DatabaseError(`the snapshot cannot be used: table api_keys, row ${many}, column id: no`),
    );
    expect(dump(world.snapshot())).toEqual(before);
  });

  test('of a world in a file that is closed meanwhile: the file is as it was before', async () => {
    const path = pathOf(`closed-${serial++}.sqlite`);
    const target = fill(new SqliteWorldStore(path, migrationsFolder), 'old', 10);
    const before = dump(target.snapshot());
    const restoring = target.restore(large, replacement({ before: () => void setImmediate(() => target.close()) }));
    await expect(restoring).rejects.toThrow(
      new DatabaseError('the snapshot cannot be used: the world was closed before it was in place'),
    );
    expect(dump(store(path).snapshot())).toEqual(before);
  });
});
