import { describe, expect, test } from 'vitest';
import {
  instantIn,
  type KeyListing,
  type KeyListPlace,
  type KeyOrder,
  type KeyStore,
  keyListings,
} from '../../src/core/key-store.ts';
import { keyOf } from './key-of.ts';

const ids = (keys: readonly { id: string }[]) => keys.map(({ id }) => id);

/** Keys of all kinds, each with an instant of each order: `[createdAt, expiresAt, lastUsedAt]`. */
const listed: Readonly<Record<string, readonly [number, number | null, number | null]>> = {
  d: [4_000, null, 7_000],
  a: [1_000, 9_000, null],
  e: [4_000, 8_000, 7_000],
  c: [3_000, null, null],
  b: [2_000, 8_000, 9_000],
};

const inOrder: Readonly<Record<KeyListing, readonly string[]>> = {
  created: ['a', 'b', 'c', 'd', 'e'],
  expiry: ['e', 'b', 'a', 'd', 'c'],
  used: ['b', 'e', 'd', 'a', 'c'],
};

/** Lists of all keys in an order. */
export function listings(store: () => KeyStore): void {
  const filled = async () => {
    const keys = store();
    for (const [id, [createdAt, expiresAt, lastUsedAt]] of Object.entries(listed)) {
      const provider = id === 'c' ? 'beta' : 'alpha';
      await keys.insert(keyOf(id, { provider, createdAt, expiresAt, lastUsedAt, name: `The ${id.toUpperCase()}%_` }), null);
    }
    return keys;
  };

  describe.each(keyListings)('G7: by %s', (order) => {
    test.each([1, 2, 3, 5, 10])('in pages of %i each key comes once, in its place', async (size) => {
      const keys = await filled();
      const found: string[] = [];
      for (let place: KeyListPlace | undefined; ; ) {
        const page = await keys.list(order, {}, place, size);
        found.push(...ids(page));
        const last = page.at(-1);
        if (last === undefined || page.length < size) break;
        place = { at: instantIn(order, last), id: last.id };
      }
      expect(found).toEqual(inOrder[order]);
    });

    test('only those that match, and none after a key that is not there', async () => {
      const keys = await filled();
      const rest = inOrder[order].filter((id) => id !== 'c');
      expect(ids(await keys.list(order, { provider: 'alpha' }, undefined, 10))).toEqual(rest);
      expect(await keys.list(order, {}, { at: 4_000, id: 'nobody' }, 10)).toEqual([]);
    });

    test('a use counts at once', async () => {
      const keys = await filled();
      await keys.use('alpha', keyOf('a').hash, () => 10_000);
      const now = order === 'used' ? ['a', 'b', 'e', 'd', 'c'] : inOrder[order];
      expect(ids(await keys.list(order, {}, undefined, 10))).toEqual(now);
    });
  });

  test.each([
    ['the a', ['a']],
    ['%_', ['d', 'a', 'e', 'c', 'b']],
    ['E', ['d', 'a', 'e', 'c', 'b']],
    ['nothing', []],
  ])('a part of the text in either case, without wildcards: %j', async (text, found) => {
    const keys = await filled();
    expect(ids(await keys.find({ text }))).toEqual(found);
    expect(await keys.count({ text })).toBe(found.length);
  });
}

/** Lists in the order of an instant, which are read by pages. */
export function timelines(store: () => KeyStore): void {
  test('of expiries: the next first, ties in the order of insertion, each page after the last key of the one before', async () => {
    const keys = store();
    const expiries = { late: 3_000, b: 2_000, never: null, a: 2_000, c: 2_000, first: 1_000 };
    for (const [id, expiresAt] of Object.entries(expiries)) await keys.insert(keyOf(id, { expiresAt }), null);
    await keys.insert(keyOf('suspended', { expiresAt: 2_500, state: 'suspended' }), null);
    expect(ids(await keys.expiring(0, null, 10))).toEqual(['first', 'b', 'a', 'c', 'late']);
    expect(ids(await keys.expiring(2_000, 3_000, 2))).toEqual(['b', 'a']);
    expect(ids(await keys.expiring(2_000, null, 2, 'a'))).toEqual(['c', 'late']);
    expect(ids(await keys.expiring(2_001, null, 2))).toEqual(['late']);
    expect(await keys.expiring(0, null, 2, 'nobody')).toEqual([]);
    expect(await Promise.all([0, 2_000, 2_001, 3_001].map((from) => keys.countExpiring(from)))).toEqual([5, 4, 1, 0]);
  });

  test.each<[KeyOrder, readonly string[]]>([
    ['createdAt', ['old', 'b', 'a', 'c', 'new']],
    ['revokedAt', ['new', 'a', 'c']],
  ])('by %s: the keys of one provider that have it, sessions aside, ties in the order of insertion', async (order, listed) => {
    const keys = store();
    const created = { b: 2_000, new: 4_000, a: 2_000, c: 2_000, old: 1_000 };
    for (const [id, createdAt] of Object.entries(created)) await keys.insert(keyOf(id, { createdAt }), null);
    await keys.insert(keyOf('session', { kind: 'session' }), null);
    await keys.insert(keyOf('other', { provider: 'beta' }), null);
    for (const [index, id] of ['new', 'c', 'a', 'session', 'other'].entries()) {
      const revokedAt = index === 0 ? 4_500 : 5_000;
      await keys.change({ id }, (key) => ({ ...key, state: 'revoked', revokedAt }));
    }
    expect(ids(await keys.listBy(order, 'alpha', { from: 0 }, 10))).toEqual(listed);
    expect(await keys.countBy(order, 'alpha')).toBe(listed.length);
    const second = (await keys.listBy(order, 'alpha', { from: 0 }, 2)).at(-1);
    const from = (order === 'createdAt' ? second?.createdAt : second?.revokedAt) ?? 0;
    expect(ids(await keys.listBy(order, 'alpha', { from, after: second?.id }, 10))).toEqual(listed.slice(2));
    expect(await keys.listBy(order, 'alpha', { from, after: 'nobody' }, 10)).toEqual([]);
  });
}
