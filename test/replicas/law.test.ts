import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiKey } from '../../src/core/api-key.ts';
import { resourceKind } from '../../src/core/resource-store.ts';
import { StorageError } from '../../src/core/world-store.ts';
import { migrationsFolder, postgresMigrationsFolder } from '../../src/package.ts';
import { PostgresWorlds } from '../../src/replicas/index.ts';
import { type Filling, type SharedWorld, WorldGoneError, type WorldState } from '../../src/worlds/sharing.ts';
import { keyOf } from '../store/key-of.ts';
import { type EmptyDatabase, makeEmptyDatabase } from '../support/empty-database.ts';
import { testServer } from '../support/postgres.ts';
import { emptyFilling } from './empty-filling.ts';

const people = resourceKind<{ readonly age: number }>('person');
const person = (id: string, age: number) => ({ id, tenant: 'org', name: id, createdAt: 0, data: { age } });

describe('two processes on one PostgreSQL', () => {
  let database: EmptyDatabase;
  let processes: PostgresWorlds[];
  let made = 0;

  beforeAll(async () => {
    database = await makeEmptyDatabase(testServer());
    const { url } = database;
    const open = () => PostgresWorlds.open({ url, migrationsFolder, postgresMigrationsFolder, version: '1.0.0' });
    // At once: one of them makes the tables.
    processes = await Promise.all([open(), open()]);
  });

  afterAll(async () => {
    await Promise.all(processes.map((process) => process.close()));
    await database.drop();
  });

  async function twoOf(filling: Filling = emptyFilling): Promise<[SharedWorld, SharedWorld]> {
    const name = `world-${made++}`;
    const [one, other] = processes.map((process) => process.world(name));
    if (one === undefined || other === undefined) throw new Error('there are two processes');
    await Promise.all([one.open(async () => filling), other.open(async () => filling)]);
    return [one, other];
  }

  /** What a process knows of a key after a request to it begins. */
  async function seenAt(world: SharedWorld, id = 'k'): Promise<ApiKey | undefined> {
    await world.enter();
    const [key] = await world.store.keys.find({ id });
    return key;
  }

  test('a world that both use first at once is made once', async () => {
    const filling: Filling = {
      ...emptyFilling,
      records: [{ provider: 'alpha', keys: [{ key: keyOf('seeded'), keptSecret: 's' }], resources: [] }],
    };
    const [one, other] = await twoOf(filling);
    expect(await one.store.keys.findRevealed({})).toEqual([{ ...keyOf('seeded'), secret: 's' }]);
    expect(await other.store.keys.findRevealed({})).toEqual([{ ...keyOf('seeded'), secret: 's' }]);
    expect([...other.store.seededProviders()]).toEqual([['alpha', 0]]);
  });

  test('what one answered, the other knows at the next request: issue, suspension, revocation, use', async () => {
    const [one, other] = await twoOf();
    await one.store.keys.insert(keyOf('k'), 'secret');
    expect(await seenAt(other)).toEqual(keyOf('k'));
    await other.store.keys.change({ id: 'k' }, (key) => ({ ...key, state: 'suspended', updatedAt: 1 }));
    expect(await seenAt(one)).toEqual(keyOf('k', { state: 'suspended', updatedAt: 1 }));
    await one.store.keys.changeAll({}, (key) => ({ ...key, state: 'active', updatedAt: 2 }));
    expect(await seenAt(other)).toEqual(keyOf('k', { updatedAt: 2 }));
    await other.store.keys.use('alpha', keyOf('k').hash, () => 7);
    expect(await seenAt(one)).toEqual(keyOf('k', { updatedAt: 2, lastUsedAt: 7 }));
    await other.store.keys.change({ id: 'k' }, (key) => ({ ...key, state: 'revoked', revokedAt: 9 }));
    expect(await seenAt(one)).toEqual(keyOf('k', { updatedAt: 2, lastUsedAt: 7, state: 'revoked', revokedAt: 9 }));
    expect(await one.store.keys.findRevealed({})).toMatchObject([{ id: 'k', secret: 'secret' }]);
  });

  test('a change writes the uses that wait, and one that is refused loses none', async () => {
    const [one, other] = await twoOf();
    const { hash } = keyOf('k');
    await one.store.keys.insert(keyOf('k'), null);
    for (const at of [1, 2]) await one.store.keys.use('alpha', hash, () => at);
    await one.store.keys.change({ id: 'k' }, (key) => ({ ...key, updatedAt: 2 }));
    expect(await seenAt(other)).toEqual(keyOf('k', { updatedAt: 2, lastUsedAt: 2 }));
    await one.store.keys.use('alpha', hash, () => 3);
    const refused = one.store.keys.change({ id: 'k' }, () => {
      throw new RangeError('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    await one.store.keys.changeAll({ id: 'none' }, (key) => key);
    expect(await seenAt(other)).toEqual(keyOf('k', { updatedAt: 2, lastUsedAt: 3 }));
  });

  test('the same of resources: added, changed, replaced, removed, and added again', async () => {
    const [one, other] = await twoOf();
    const [here, there] = [one.store.resources('alpha'), other.store.resources('alpha')];
    const seen = async () => {
      await other.enter();
      return there.list(people);
    };
    await here.add(people, person('ada', 1));
    await here.add(people, person('bob', 1));
    expect(await seen()).toEqual([person('ada', 1), person('bob', 1)]);
    await here.change(people, 'ada', ({ age }) => ({ age: age + 1 }));
    expect(await seen()).toEqual([person('ada', 2), person('bob', 1)]);
    expect(await here.remove(people, 'ada')).toBe(true);
    expect(await seen()).toEqual([person('bob', 1)]);
    await here.add(people, person('ada', 3));
    expect(await seen()).toEqual([person('bob', 1), person('ada', 3)]);
    await expect(there.add(people, person('ada', 4))).rejects.toMatchObject({ name: 'ResourceNameTakenError' });
  });

  test('of fifty changes at either at once none is lost, and none is made twice', async () => {
    const [one, other] = await twoOf();
    await one.store.resources('alpha').add(people, person('ada', 0));
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        [one, other][index % 2]?.store.resources('alpha').change(people, 'ada', ({ age }) => ({ age: age + 1 })),
      ),
    );
    await other.enter();
    expect(await other.store.resources('alpha').get(people, 'ada')).toEqual(person('ada', 50));
  });

  test('of two keys that may not both be there, one is issued', async () => {
    const [one, other] = await twoOf();
    const rule = {
      siblings: { owner: 'ada' },
      admit: (siblings: readonly ApiKey[]) => {
        if (siblings.length > 0) throw new RangeError('one key for each owner');
      },
    };
    const issued = await Promise.allSettled([
      one.store.keys.insert(keyOf('a'), null, rule),
      other.store.keys.insert(keyOf('b'), null, rule),
    ]);
    expect(issued.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await one.enter();
    expect(await one.store.keys.count({})).toBe(1);
  });

  test('what a rule refused is nowhere', async () => {
    const [one, other] = await twoOf();
    await one.store.keys.insert(keyOf('k'), null);
    const refusing = one.store.keys.change({ id: 'k' }, () => {
      throw new RangeError('no');
    });
    await expect(refusing).rejects.toThrow(RangeError);
    expect([await seenAt(one), await seenAt(other)]).toEqual([keyOf('k'), keyOf('k')]);
  });

  test('a follower is told of keys and of the state in the order in which they were changed', async () => {
    const [one, other] = await twoOf();
    const told: string[] = [];
    other.follow({
      keyChanged: (_before, { id }) => told.push(id),
      replaced: () => undefined,
      stateChanged: ({ mark }) => told.push(`state ${mark}`),
    });
    await one.store.keys.insert(keyOf('before'), null);
    await one.change((state) => [{ ...state, mark: 'm' }, null]);
    await one.store.keys.insert(keyOf('after'), null);
    // Uses are no changes that a follower may take for later ones.
    await one.store.keys.use('alpha', keyOf('before').hash, () => 7);
    await other.enter();
    expect(told).toEqual(['before', 'state m', 'after']);
  });

  test('what a request does that began before everything was replaced reaches nothing', async () => {
    const [one, other] = await twoOf();
    await one.store.keys.insert(keyOf('k'), null);
    await other.enter();
    await one.fill('seed', emptyFilling);
    const late = [other.store.keys.insert(keyOf('late'), null), other.store.resources('alpha').add(people, person('ada', 1))];
    expect(await Promise.allSettled(late)).toMatchObject([
      { status: 'rejected', reason: { code: 'unavailable' } },
      { status: 'rejected', reason: { code: 'unavailable' } },
    ]);
    await other.enter();
    await other.store.keys.insert(keyOf('new'), null);
    expect(await seenAt(one, 'late')).toBeUndefined();
    expect(await seenAt(one, 'new')).toEqual(keyOf('new'));
  });

  test('a use that waits when another process replaces everything is a use of no key', async () => {
    const filling: Filling = {
      ...emptyFilling,
      records: [{ provider: 'alpha', keys: [{ key: keyOf('k', { lastUsedAt: 1 }), keptSecret: null }], resources: [] }],
    };
    const [one, other] = await twoOf(filling);
    for (const world of [one, other])
      world.follow({ keyChanged: () => undefined, replaced: () => undefined, stateChanged: () => undefined });
    await other.store.keys.use('alpha', keyOf('k').hash, () => 7);
    await one.fill('seed', filling);
    await other.enter();
    // A change writes the uses that wait.
    await other.store.keys.change({ id: 'k' }, (key) => ({ ...key, updatedAt: 5 }));
    expect(await seenAt(one)).toEqual(keyOf('k', { lastUsedAt: 1, updatedAt: 5 }));
  });

  test('a last use that waits is not lost to a change at another process', async () => {
    const [one, other] = await twoOf();
    await one.store.keys.insert(keyOf('k'), null);
    await other.enter();
    await other.store.keys.use('alpha', keyOf('k').hash, () => 1);
    await one.enter();
    await other.store.keys.use('alpha', keyOf('k').hash, () => 7);
    await one.store.keys.change({ id: 'k' }, (key) => ({ ...key, state: 'suspended', updatedAt: 5 }));
    const left = keyOf('k', { state: 'suspended', updatedAt: 5, lastUsedAt: 7 });
    expect(await seenAt(other)).toEqual(left);
    await other.store.keys.change({ id: 'k' }, (key) => ({ ...key, name: 'n' }));
    expect(await seenAt(one)).toEqual({ ...left, name: 'n' });
  });

  test('the state too, and its followers are told: at both', async () => {
    const [one, other] = await twoOf();
    const told: WorldState[] = [];
    other.follow({ keyChanged: () => undefined, replaced: () => undefined, stateChanged: (state) => told.push(state) });
    const answer = await one.change((state) => [{ ...state, mark: 'a test' }, 'marked'] as const);
    expect([answer, told]).toEqual(['marked', []]);
    await other.enter();
    expect(told).toEqual([{ ...emptyFilling.state, mark: 'a test' }]);
  });

  test('a follower is told of each key that another process issued or changed, and of none twice', async () => {
    const [one, other] = await twoOf();
    const told: [string | undefined, string][] = [];
    other.follow({
      keyChanged: (before, after) => told.push([before?.state, after.state]),
      replaced: () => undefined,
      stateChanged: () => undefined,
    });
    await one.store.keys.insert(keyOf('k'), null);
    await other.enter();
    await one.store.keys.change({ id: 'k' }, (key) => ({ ...key, state: 'revoked', revokedAt: 5, updatedAt: 5 }));
    await other.enter();
    await other.enter();
    expect(told).toEqual([
      [undefined, 'active'],
      ['active', 'revoked'],
    ]);
  });

  test('everything is replaced at both at once, by a seed or by a snapshot', async () => {
    const [one, other] = await twoOf();
    const told: string[] = [];
    other.follow({ keyChanged: () => undefined, replaced: (by) => told.push(by), stateChanged: () => undefined });
    await one.store.keys.insert(keyOf('old'), 's');
    const snapshot = await one.store.snapshotInPieces();
    await one.fill('seed', {
      ...emptyFilling,
      records: [{ provider: 'alpha', keys: [{ key: keyOf('new'), keptSecret: null }], resources: [] }],
    });
    expect([await seenAt(other, 'old'), await seenAt(other, 'new')]).toEqual([undefined, keyOf('new')]);
    const rules = { problemOfKey: () => undefined, problemOfResource: () => undefined, problemOfWhole: () => undefined };
    await one.store.restore(snapshot, { rules, before: () => undefined, after: () => undefined });
    expect([await seenAt(other, 'old'), await seenAt(other, 'new')]).toEqual([keyOf('old'), undefined]);
    expect(told).toEqual(['seed', 'snapshot']);
  });

  test('a world that one has dropped is gone at the other, and one of its name is another one', async () => {
    const [one, other] = await twoOf();
    const [process, otherProcess] = processes;
    const name = `world-${made - 1}`;
    await one.store.keys.insert(keyOf('k'), null);
    expect(await process?.drop(name)).toBe(true);
    expect(await process?.drop(name)).toBe(false);
    await expect(other.enter()).rejects.toThrow(WorldGoneError);
    await expect(other.store.keys.insert(keyOf('l'), null)).rejects.toThrow(WorldGoneError);
    const again = otherProcess?.world(name);
    expect(await again?.open(async () => emptyFilling)).toBe(true);
    await expect(one.enter()).rejects.toThrow(WorldGoneError);
    expect(await again?.store.keys.count({})).toBe(0);
  });

  test('a copy that is a thousand changes behind is read anew', { timeout: 60_000 }, async () => {
    const [one, other] = await twoOf();
    await one.store.resources('alpha').add(people, person('ada', 0));
    for (let done = 0; done < 1250; done++)
      await one.store.resources('alpha').change(people, 'ada', ({ age }) => ({ age: age + 1 }));
    await other.enter();
    expect(await other.store.resources('alpha').list(people)).toEqual([person('ada', 1250)]);
  });

  test('without the database nothing is answered', async () => {
    const lost = await makeEmptyDatabase(testServer());
    const process = await PostgresWorlds.open({ url: lost.url, migrationsFolder, postgresMigrationsFolder, version: '1.0.0' });
    const world = process.world('w');
    await world.open(async () => emptyFilling);
    await lost.drop();
    await expect(world.enter()).rejects.toThrow(StorageError);
    await expect(world.store.keys.insert(keyOf('k'), null)).rejects.toThrow(StorageError);
    await expect(world.change((state) => [{ ...state, mark: 'm' }, null])).rejects.toThrow(StorageError);
    expect(await process.problem()).toBe('The database cannot be used now: there is no such database.');
    await process.close();
  });
});
