import { expect, test } from 'vitest';
import type { ApiKey } from '../../src/core/api-key.ts';
import type { KeyFilter } from '../../src/core/key-store.ts';
import { hashSecret } from '../../src/core/secret.ts';
import { keyOf } from './key-of.ts';
import { fill, idsOf, type StoreOf, scribble } from './key-store-steps.ts';

/** The tests of `find` and `count` for every key store. */
export function finding(store: StoreOf): void {
  /** Keys that each differ in one field of a filter. */
  const plain = keyOf('plain', { name: 'ci', expiresAt: 5_000 });
  const others: readonly ApiKey[] = [
    keyOf('provider', { ...named(), provider: 'beta' }),
    keyOf('tenant', { ...named(), tenant: 'south' }),
    keyOf('owner', { ...named(), owner: 'bob' }),
    keyOf('kind', { ...named(), kind: 'session' }),
    keyOf('name', { ...named(), name: 'CI' }),
    keyOf('nameless', { ...named(), name: null }),
    keyOf('suspended', { ...named(), state: 'suspended' }),
    keyOf('revoked', { ...named(), state: 'revoked', revokedAt: 1 }),
    keyOf('later', { ...named(), expiresAt: 5_001 }),
    keyOf('never', { ...named(), expiresAt: null }),
  ];
  const all = [plain, ...others];
  const but = (...ids: readonly string[]) => idsOf(all).filter((id) => !ids.includes(id));

  test.each<[KeyFilter, readonly string[]]>([
    [{}, idsOf(all)],
    [{ id: 'plain' }, ['plain']],
    [{ id: 'PLAIN' }, []],
    [{ provider: 'alpha' }, but('provider')],
    [{ provider: 'beta' }, ['provider']],
    [{ tenant: 'north' }, but('tenant')],
    [{ owner: 'ada' }, but('owner')],
    [{ owner: 'ad_' }, []],
    [{ owner: '%' }, []],
    [{ kind: 'key' }, but('kind')],
    [{ kind: 'session' }, ['kind']],
    [{ name: 'ci' }, but('name', 'nameless')],
    [{ name: 'CI' }, ['name']],
    [{ name: '' }, []],
    [{ hint: 'hint-plain' }, ['plain']],
    [{ hash: plain.hash }, ['plain']],
    [{ hash: hashSecret('unknown') }, []],
    [{ hash: 'no hash' }, []],
    [{ states: ['active'] }, but('suspended', 'revoked')],
    [{ states: ['active', 'suspended'] }, but('revoked')],
    [{ states: ['revoked', 'suspended', 'active'] }, idsOf(all)],
    [{ states: [] }, []],
    [{ expiryBefore: 5_000 }, []],
    [{ expiryBefore: 5_001 }, but('later', 'never')],
    [{ expiryBefore: 5_002 }, but('never')],
    [{ noExpiryBefore: 5_000 }, idsOf(all)],
    [{ noExpiryBefore: 5_001 }, ['later', 'never']],
    [{ noExpiryBefore: 5_002 }, ['never']],
    [
      { provider: 'alpha', tenant: 'north', owner: 'ada', kind: 'key', name: 'ci', states: ['active'] },
      ['plain', 'later', 'never'],
    ],
    [{ provider: 'alpha', hash: plain.hash, states: ['suspended'] }, []],
    [{ provider: 'beta', hash: plain.hash }, []],
    [{ provider: 'beta', id: 'plain' }, []],
  ])('%j finds the keys that match every part of it', async (filter, expected) => {
    await fill(store(), ...all);
    expect(idsOf(await store().find(filter))).toEqual(expected);
    expect(idsOf(await store().findRevealed(filter))).toEqual(expected);
    expect(await store().count(filter)).toBe(expected.length);
  });

  test('keys come in the order of insertion, regardless of their ids, names and instants', async () => {
    await fill(store(), keyOf('z', { createdAt: 9 }), keyOf('a', { createdAt: 5 }), keyOf('m', { createdAt: 7 }));
    for (const filter of [
      {},
      { provider: 'alpha' },
      { tenant: 'north' },
      { owner: 'ada' },
      { provider: 'alpha', owner: 'ada' },
    ]) {
      expect(idsOf(await store().find(filter))).toEqual(['z', 'a', 'm']);
    }
  });

  test('a window begins after a key and has a limit', async () => {
    await fill(store(), keyOf('z'), keyOf('b', { owner: 'bob' }), keyOf('y'), keyOf('x'));
    const ada = { owner: 'ada' };
    expect(idsOf(await store().find(ada, { limit: 2 }))).toEqual(['z', 'y']);
    expect(idsOf(await store().find(ada, { after: 'z' }))).toEqual(['y', 'x']);
    expect(idsOf(await store().find(ada, { after: 'z', limit: 1 }))).toEqual(['y']);
    expect(idsOf(await store().find(ada, { after: 'x' }))).toEqual([]);
    expect(idsOf(await store().find(ada, { limit: 0 }))).toEqual([]);
    expect(idsOf(await store().find(ada, { limit: 99 }))).toEqual(['z', 'y', 'x']);
  });

  test('a window may begin after a key that does not match, and is empty after an unknown id', async () => {
    await fill(store(), keyOf('z'), keyOf('b', { owner: 'bob' }), keyOf('y'));
    expect(idsOf(await store().find({ owner: 'ada' }, { after: 'b' }))).toEqual(['y']);
    expect(idsOf(await store().find({ owner: 'ada' }, { after: 'unknown' }))).toEqual([]);
  });

  test('writing into a key that was found does not change the store', async () => {
    const key = keyOf('k', { grants: { roles: ['r'] }, attributes: { deep: { a: 1 } } });
    await store().insert(key, 'kept');
    for (let round = 0; round < 2; round++) {
      const given = [
        ...(await store().find({})),
        ...(await store().findRevealed({})),
        await store().use('alpha', key.hash, () => 2_000),
      ];
      for (const one of given) {
        scribble(one ?? {}, { state: 'revoked', owner: 'eve' });
        scribble(one?.grants.roles ?? [], ['admin']);
        scribble(Object(one?.attributes['deep']), { a: 2 });
      }
      expect(await store().find({})).toEqual([{ ...key, lastUsedAt: 2_000 }]);
    }
  });

  test('writing into a key that was stored does not change the store', async () => {
    const attributes = { deep: { a: 1 } };
    await store().insert(keyOf('k', { attributes }), null);
    attributes.deep.a = 2;
    expect(await store().find({})).toEqual([keyOf('k', { attributes: { deep: { a: 1 } } })]);
  });

  function named(): Partial<ApiKey> {
    return { name: 'ci', expiresAt: 5_000 };
  }
}

/** The tests of `findRevealed` for every key store. */
export function revealing(store: StoreOf): void {
  test('gives the secret of a key if it was kept, else null', async () => {
    await store().insert(keyOf('kept'), 'the secret itself');
    await store().insert(keyOf('hashed'), null);
    expect(await store().findRevealed({})).toEqual([
      { ...keyOf('kept'), secret: 'the secret itself' },
      { ...keyOf('hashed'), secret: null },
    ]);
  });

  test('no other method gives the secret', async () => {
    await store().insert(keyOf('kept'), 'the secret itself');
    const { hash } = keyOf('kept');
    const shown: unknown[] = [await store().find({}), await store().use('alpha', hash, () => 2_000)];
    await store().change({}, (key) => {
      shown.push(key);
      return { ...key, name: 'new' };
    });
    await store().insert(keyOf('other'), null, { siblings: {}, admit: (siblings) => void shown.push(siblings) });
    expect(JSON.stringify(shown)).not.toContain('the secret itself');
  });

  test('a change keeps the secret', async () => {
    await store().insert(keyOf('kept'), 'the secret itself');
    await store().change({}, (key) => ({ ...key, name: 'new' }));
    expect(await store().findRevealed({})).toEqual([{ ...keyOf('kept'), name: 'new', secret: 'the secret itself' }]);
  });
}
