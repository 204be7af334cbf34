import { expect, test } from 'vitest';
import { EmulatorError } from '../../src/core/errors.ts';
import { keyOf } from './key-of.ts';
import { fill, refusing, type StoreOf } from './key-store-steps.ts';

/** The tests of `changeAll` for every key store. */
export function changingAll(store: StoreOf): void {
  test('replaces exactly the keys that match, and gives them in the order of insertion', async () => {
    await fill(store(), keyOf('k1'), keyOf('k2', { owner: 'bob' }), keyOf('k3'));
    const [first, last] = [keyOf('k1', { name: 'changed' }), keyOf('k3', { name: 'changed' })];
    expect(await store().changeAll({ owner: 'ada' }, (key) => ({ ...key, name: 'changed' }))).toEqual([first, last]);
    expect(await store().find({})).toEqual([first, keyOf('k2', { owner: 'bob' }), last]);
  });

  test('a key that the decision gives back stays as it was', async () => {
    await fill(store(), keyOf('k1'), keyOf('k2'));
    await store().changeAll({}, (key) => (key.id === 'k1' ? key : { ...key, name: 'changed' }));
    expect(await store().find({})).toEqual([keyOf('k1'), keyOf('k2', { name: 'changed' })]);
  });

  test('decides nothing if no key matches', async () => {
    await store().insert(keyOf('k'), null);
    expect(await store().changeAll({ owner: 'eve' }, () => expect.unreachable('nothing matches'))).toEqual([]);
  });

  test('an error thrown by a decision passes through unchanged, and no key has changed', async () => {
    await fill(store(), keyOf('k1'), keyOf('k2'));
    const thrown = new EmulatorError('unavailable', null);
    const refused = store().changeAll({}, (key) => (key.id === 'k1' ? { ...key, name: 'changed' } : refusing(thrown)()));
    expect(await refused.catch((error: unknown) => error)).toBe(thrown);
    expect(await store().find({})).toEqual([keyOf('k1'), keyOf('k2')]);
  });

  test('an instant that could not be stored exactly is refused, and no key has changed', async () => {
    await fill(store(), keyOf('k1'), keyOf('k2'));
    const refused = store().changeAll({}, (key) => ({ ...key, name: 'changed', expiresAt: key.id === 'k2' ? Number.NaN : 1 }));
    await expect(refused).rejects.toThrow(RangeError);
    expect(await store().find({})).toEqual([keyOf('k1'), keyOf('k2')]);
  });

  test('a change is seen by the next use, and keeps the last use', async () => {
    await store().insert(keyOf('k'), null);
    await store().use('alpha', keyOf('k').hash, () => 2_000);
    await store().changeAll({}, (key) => ({ ...key, state: 'suspended' }));
    expect(await store().use('alpha', keyOf('k').hash, ({ lastUsedAt }) => lastUsedAt ?? 0)).toMatchObject({
      state: 'suspended',
      lastUsedAt: 2_000,
    });
  });
}
