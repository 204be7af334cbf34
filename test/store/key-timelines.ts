import { expect, test } from 'vitest';
import type { KeyOrder, KeyStore } from '../../src/core/key-store.ts';
import { keyOf } from './key-of.ts';

const ids = (keys: readonly { id: string }[]) => keys.map(({ id }) => id);

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
