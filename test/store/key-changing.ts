import { expect, test } from 'vitest';
import type { ApiKey } from '../../src/core/api-key.ts';
import { EmulatorError } from '../../src/core/errors.ts';
import { hashSecret } from '../../src/core/secret.ts';
import { keyOf } from './key-of.ts';
import { fill, refusing, type StoreOf, scribble } from './key-store-steps.ts';

/** The tests of `change` for every key store. */
export function changing(store: StoreOf): void {
  test('replaces name, state, grants, attributes and instants, and gives the changed key', async () => {
    await fill(store(), keyOf('k1'), keyOf('k2'));
    const changed = keyOf('k1', {
      name: 'new',
      state: 'revoked',
      grants: { scopes: ['s'] },
      attributes: { a: 1 },
      updatedAt: 2_000,
      expiresAt: 3_000,
      lastUsedAt: 1_500,
      revokedAt: 2_000,
    });
    expect(await store().change({ id: 'k1' }, () => changed)).toEqual(changed);
    expect(await store().find({})).toEqual([changed, keyOf('k2')]);
  });

  test('changes only the first key that matches', async () => {
    await fill(store(), keyOf('k1', { owner: 'bob' }), keyOf('k2'), keyOf('k3'));
    await store().change({ owner: 'ada' }, (key) => ({ ...key, name: 'first' }));
    expect((await store().find({})).map(({ name }) => name)).toEqual([null, 'first', null]);
  });

  test('can remove the name', async () => {
    await store().insert(keyOf('k', { name: 'ci', expiresAt: 5 }), null);
    await store().change({}, (key) => ({ ...key, name: null, expiresAt: null }));
    expect(await store().find({})).toEqual([keyOf('k')]);
  });

  test('can set the last use back', async () => {
    await store().insert(keyOf('k'), null);
    await store().use('alpha', keyOf('k').hash, () => 2_000);
    await store().change({}, (key) => ({ ...key, lastUsedAt: null }));
    expect(await store().find({})).toEqual([keyOf('k')]);
  });

  test('decides nothing if no key matches', async () => {
    await store().insert(keyOf('k'), null);
    expect(await store().change({ owner: 'eve' }, () => expect.unreachable('nothing matches'))).toBeUndefined();
    expect(await store().find({})).toEqual([keyOf('k')]);
  });

  test('the same object is no change, even if it was written into', async () => {
    await store().insert(keyOf('k'), null);
    await store().change({}, (key) => {
      scribble(key, { name: 'written' });
      return key;
    });
    expect(await store().find({})).toEqual([keyOf('k')]);
  });

  test('an error thrown by a decision passes through unchanged, and nothing has changed', async () => {
    await store().insert(keyOf('k'), null);
    const thrown = new EmulatorError('transition_refused', { from: 'revoked', to: 'active' });
    expect(
      await store()
        .change({}, refusing(thrown))
        .catch((error: unknown) => error),
    ).toBe(thrown);
    expect(await store().find({})).toEqual([keyOf('k')]);
  });

  test('an instant that could not be stored exactly is refused, and nothing has changed', async () => {
    await store().insert(keyOf('k', { expiresAt: 5_000 }), null);
    await expect(store().change({}, (key) => ({ ...key, name: 'new', expiresAt: Number.NaN }))).rejects.toThrow(RangeError);
    expect(await store().find({})).toEqual([keyOf('k', { expiresAt: 5_000 })]);
  });

  test('of 50 concurrent changes none is lost', async () => {
    await store().insert(keyOf('k'), null);
    const increase = (key: ApiKey): ApiKey => ({ ...key, updatedAt: key.updatedAt + 1 });
    await Promise.all(Array.from({ length: 50 }, () => store().change({ id: 'k' }, increase)));
    expect(await store().find({})).toEqual([keyOf('k', { updatedAt: 1_050 })]);
  });
}

/** The tests of `use` for every key store. */
export function using(store: StoreOf): void {
  const { hash } = keyOf('k');

  test('stamps the key with the instant that the admission gives, and changes nothing else', async () => {
    await fill(store(), keyOf('k', { name: 'ci', expiresAt: 5_000 }), keyOf('other'));
    const used = keyOf('k', { name: 'ci', expiresAt: 5_000, lastUsedAt: 2_000 });
    expect(await store().use('alpha', hash, () => 2_000)).toEqual(used);
    expect(await store().find({})).toEqual([used, keyOf('other')]);
  });

  test('the admission sees the key as it is stored', async () => {
    await store().insert(keyOf('k'), null);
    await store().use('alpha', hash, () => 2_000);
    const seen: ApiKey[] = [];
    await store().use('alpha', hash, (key) => {
      seen.push(key);
      return 3_000;
    });
    expect(seen).toEqual([keyOf('k', { lastUsedAt: 2_000 })]);
  });

  test('instants may repeat and go back', async () => {
    await store().insert(keyOf('k'), null);
    for (const instant of [2_000, 2_000, 1_000]) {
      expect(await store().use('alpha', hash, () => instant)).toMatchObject({ lastUsedAt: instant });
      expect(await store().find({})).toMatchObject([{ lastUsedAt: instant }]);
    }
  });

  test('a refusal passes through unchanged and is not a use', async () => {
    await store().insert(keyOf('k'), null);
    const thrown = new EmulatorError('key_suspended', { owner: 'ada', name: null, expiresAt: null });
    const refused = async () => store().use('alpha', hash, refusing(thrown));
    expect(await refused().catch((error: unknown) => error)).toBe(thrown);
    expect(await store().find({})).toEqual([keyOf('k')]);
  });

  test('an instant that could not be stored exactly is refused and is not a use', async () => {
    await store().insert(keyOf('k'), null);
    await expect(async () => store().use('alpha', hash, () => Number.NaN)).rejects.toThrow(RangeError);
    expect(await store().find({})).toEqual([keyOf('k')]);
  });

  test.each([
    ['another hash', 'alpha', hashSecret('unknown')],
    ["another provider's hash", 'beta', hash],
    ['no hash', 'alpha', ''],
    ['the name of the provider in other capitals', 'Alpha', hash],
  ])('%s is not admitted', async (_, provider, presented) => {
    await store().insert(keyOf('k'), null);
    expect(await store().use(provider, presented, () => expect.unreachable('there is no such key'))).toBeUndefined();
  });

  test('one secret in two providers belongs to two keys', async () => {
    await fill(store(), keyOf('a', { hash }), keyOf('b', { hash, provider: 'beta' }));
    expect(await store().use('beta', hash, () => 2_000)).toMatchObject({ id: 'b' });
    expect(await store().find({})).toMatchObject([{ lastUsedAt: null }, { lastUsedAt: 2_000 }]);
  });

  test('a change is seen by the next use', async () => {
    await store().insert(keyOf('k'), null);
    await store().use('alpha', hash, () => 2_000);
    await store().change({}, (key) => ({ ...key, state: 'suspended' }));
    expect(await store().use('alpha', hash, () => 2_001)).toMatchObject({ state: 'suspended' });
  });
}
