import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ApiKey } from '../../src/core/api-key.ts';
import { EmulatorError } from '../../src/core/errors.ts';
import type { KeyFilter } from '../../src/core/key-store.ts';
import { othersTurn } from '../../src/core/pieces.ts';
import { conditionOf } from '../../src/store/key-rows.ts';
import { countSql, endSql, firstSql, pathOf, rowsSql, visitedRows } from '../../src/store/key-scan.ts';
import type { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { keyOf } from './key-of.ts';
import { planOf } from './plan-of.ts';
import { worldInMemory } from './world-in-memory.ts';

const many = 5 * visitedRows;
let store: SqliteWorldStore;
const stored = (): ApiKey[] =>
  Array.from({ length: many }, (_, index) =>
    keyOf(`k${index}`, {
      owner: index % 2 === 0 ? 'ada' : `owner-${index}`,
      createdAt: 1_000 + (index % 7),
      expiresAt: index % 3 === 0 ? 5_000 : null,
    }),
  );
const all = stored();

beforeEach(() => {
  store = worldInMemory();
  store.seed([{ provider: 'alpha', keys: all.map((key) => ({ key, keptSecret: key.id })), resources: [] }], 0, false);
});
afterEach(() => store.close());

/** What a call gives, and how many turns others had before. */
async function watched<T>(call: Promise<T>): Promise<{ given: T; turns: number }> {
  let [turns, isDone] = [0, false];
  const done = () => {
    isDone = true;
  };
  call.then(done, done);
  for (; !isDone; turns++) await othersTurn();
  return { given: await call, turns };
}

const ids = (keys: readonly { readonly id: string }[]) => keys.map(({ id }) => id);
const idsWhere = (isMatch: (key: ApiKey) => boolean) => ids(all.filter(isMatch));

describe('found 6.10: no call visits more than a piece of the keys in one turn', () => {
  test.each<[string, KeyFilter, (key: ApiKey) => boolean]>([
    ['all keys', {}, () => true],
    ['an owner of half of them', { provider: 'alpha', owner: 'ada' }, ({ owner }) => owner === 'ada'],
    ['a tenant', { provider: 'alpha', tenant: 'north' }, () => true],
    ['what no index has', { owner: 'owner-4999' }, ({ owner }) => owner === 'owner-4999'],
    ['nothing', { states: ['suspended'] }, () => false],
  ])('find, findRevealed and count: %s', async (_name, filter, isMatch) => {
    const expected = idsWhere(isMatch);
    const found = await watched(Promise.resolve(store.keys.find(filter)));
    expect(ids(found.given)).toEqual(expected);
    expect(found.turns).toBeGreaterThan(1);
    expect((await store.keys.findRevealed(filter)).map(({ secret }) => secret)).toEqual(expected);
    expect(await store.keys.count(filter)).toBe(expected.length);
    expect(ids(await store.keys.find(filter, { limit: 1500, after: 'k10' }))).toEqual(
      expected.filter((id) => Number(id.slice(1)) > 10).slice(0, 1500),
    );
  });

  test.each(['createdAt', 'expiresAt'] as const)('long pages by %s', async (order) => {
    const inOrder = all.filter((key) => key[order] !== null).toSorted((one, other) => (one[order] ?? 0) - (other[order] ?? 0));
    const list = (limit: number) =>
      order === 'expiresAt' ? store.keys.expiring(0, null, limit) : store.keys.listBy(order, 'alpha', { from: 0 }, limit);
    for (const limit of [1, visitedRows, visitedRows + 1, many]) {
      const { given, turns } = await watched(list(limit));
      expect(ids(given)).toEqual(ids(inOrder.slice(0, limit)));
      expect(turns).toBeGreaterThanOrEqual(Math.floor(given.length / visitedRows) - 1);
    }
  });

  test('what is asked meanwhile waits: a list holds all of a change or nothing of it', async () => {
    const suspending = store.keys.changeAll({ provider: 'alpha', owner: 'ada' }, (key) => ({ ...key, state: 'suspended' }));
    const [suspended, active, , first] = await Promise.all([
      store.keys.count({ states: ['suspended'] }),
      store.keys.find({ states: ['active'] }),
      store.keys.insert(keyOf('new', { owner: 'ada' }), null),
      store.keys.find({ id: 'k0' }),
    ]);
    expect(await suspending).toHaveLength(many / 2);
    expect([suspended, active.length, first[0]?.state]).toEqual([many / 2, many / 2, 'suspended']);
    expect(await store.keys.count({ states: ['active'] })).toBe(many / 2 + 1);
  });

  test('a change of many that is refused in the middle changes nothing', async () => {
    let decided = 0;
    const changing = store.keys.changeAll({ provider: 'alpha', owner: 'ada' }, (key) => {
      decided += 1;
      if (decided === 2000) throw new EmulatorError('permission_denied', { required: 'x' });
      return { ...key, state: 'suspended' };
    });
    await expect(changing).rejects.toEqual(new EmulatorError('permission_denied', { required: 'x' }));
    expect(await store.keys.find({ provider: 'alpha', owner: 'ada' })).toEqual(all.filter(({ owner }) => owner === 'ada'));
  });

  test('a rule of admission sees all siblings, and nothing comes between it and the insertion', async () => {
    const siblings = { provider: 'alpha', owner: 'ada' };
    const seen: number[] = [];
    const admission = { siblings, admit: (keys: readonly ApiKey[]) => void seen.push(keys.length) };
    await Promise.all(['x', 'y'].map((id) => store.keys.insert(keyOf(id, { owner: 'ada' }), null, admission)));
    expect(seen).toEqual([many / 2, many / 2 + 1]);
  });

  test('the first of many is changed, wherever it is', async () => {
    await store.keys.change({ owner: 'owner-4999' }, (key) => ({ ...key, name: 'found' }));
    expect((await store.keys.find({ id: 'k4999' }))[0]?.name).toBe('found');
    expect(await store.keys.change({ owner: 'nobody' }, () => expect.unreachable('there is none'))).toBeUndefined();
  });
});

describe('found 6.10: a piece is a range of an index, in its order', () => {
  test.each<[string, KeyFilter]>([
    ['by name', { provider: 'alpha', owner: 'ada', name: 'x', kind: 'key' }],
    ['by hint', { provider: 'alpha', hint: 'x', states: ['active'] }],
    ['by owner', { provider: 'alpha', owner: 'ada', tenant: 'north', kind: 'key' }],
    ['by tenant', { provider: 'alpha', tenant: 'north', kind: 'session' }],
    ['of the table', { provider: 'alpha', states: ['active'] }],
  ])('%s: nothing is sorted, nothing outside of the range is visited', (_name, filter) => {
    const path = pathOf(filter);
    const { sql } = conditionOf(filter);
    // That of a filter without an index is not asked for.
    if (path.parts.length > 0)
      expect(planOf(firstSql(path))).toEqual([expect.stringMatching(/^SEARCH api_keys USING COVERING INDEX/)]);
    for (const text of [endSql(path), rowsSql('*', path, sql), countSql(path, sql)]) {
      const plan = planOf(text).join('; ');
      expect(plan).toMatch(/^SEARCH api_keys USING .*rowid>\?/);
      expect(plan).not.toMatch(/;|SCAN|B-TREE/);
    }
  });
});
