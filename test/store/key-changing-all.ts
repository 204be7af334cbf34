import { expect, test } from 'vitest';
import { EmulatorError } from '../../src/core/errors.ts';
import { keyOf } from './key-of.ts';
import { fill, refusing, type StoreOf } from './key-store-steps.ts';

/** What `changeAll` of every key store must do. */
export function changingAll(store: StoreOf): void {
  test('replaces every key that matches and no other, and gives them in the order of insertion', async () => {
    await fill(store(), keyOf('k1'), keyOf('k2', { owner: 'bob' }), keyOf('k3'));
    const [first, last] = [keyOf('k1', { name: 'changed' }), keyOf('k3', { name: 'changed' })];
    expect(await store().changeAll({ owner: 'ada' }, (key) => ({ ...key, name: 'changed' }))).toEqual([first, last]);
    expect(await store().find({})).toEqual([first, keyOf('k2', { owner: 'bob' }), last]);
  });

  test('a key that is given back as it was stays as it was', async () => {
    await fill(store(), keyOf('k1'), keyOf('k2'));
    await store().changeAll({}, (key) => (key.id === 'k1' ? key : { ...key, name: 'changed' }));
    expect(await store().find({})).toEqual([keyOf('k1'), keyOf('k2', { name: 'changed' })]);
  });

  test('where nothing matches nothing is decided', async () => {
    await store().insert(keyOf('k'), null);
    expect(await store().changeAll({ owner: 'eve' }, () => expect.unreachable('nothing matches'))).toEqual([]);
  });

  test('what a decision throws comes out unchanged, and not one of them has changed', async () => {
    await fill(store(), keyOf('k1'), keyOf('k2'));
    const thrown = new EmulatorError('unavailable', null);
    const refused = store().changeAll({}, (key) => (key.id === 'k1' ? { ...key, name: 'changed' } : refusing(thrown)()));
    expect(await refused.catch((error: unknown) => error)).toBe(thrown);
    expect(await store().find({})).toEqual([keyOf('k1'), keyOf('k2')]);
  });

  test('an instant that could not come out as it went in is refused, and not one of them has changed', async () => {
    await fill(store(), keyOf('k1'), keyOf('k2'));
    const refused = store().changeAll({}, (key) => ({ ...key, name: 'changed', expiresAt: key.id === 'k2' ? Number.NaN : 1 }));
    await expect(refused).rejects.toThrow(RangeError);
    expect(await store().find({})).toEqual([keyOf('k1'), keyOf('k2')]);
  });

  test('a change is seen by the next use, and keeps the last one', async () => {
    await store().insert(keyOf('k'), null);
    await store().use('alpha', keyOf('k').hash, () => 2_000);
    await store().changeAll({}, (key) => ({ ...key, state: 'suspended' }));
    expect(await store().use('alpha', keyOf('k').hash, ({ lastUsedAt }) => lastUsedAt ?? 0)).toMatchObject({
      state: 'suspended',
      lastUsedAt: 2_000,
    });
  });
}
