import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApiKey, JsonValue } from '../../src/core/api-key.ts';
import { EmulatorError } from '../../src/core/errors.ts';
import type { Admission } from '../../src/core/key-store.ts';
import { hashSecret } from '../../src/core/secret.ts';
import { keyOf } from './key-of.ts';
import { fill, idsOf, refusedFor, refusing, type StoreOf } from './key-store-steps.ts';

/** The tests of `insert` for every key store. */
export function insertion(store: StoreOf): void {
  test('a key is read as it was stored', async () => {
    const key = keyOf('k', {
      kind: 'session',
      name: 'ci',
      state: 'revoked',
      grants: { roles: ['r'], scopes: [] },
      attributes: { text: 't', list: [1, null, { deep: true }] },
      createdAt: -1,
      updatedAt: 0,
      expiresAt: Number.MAX_SAFE_INTEGER,
      lastUsedAt: Number.MIN_SAFE_INTEGER,
      revokedAt: 5,
    });
    await store().insert(key, null);
    expect(await store().find({})).toEqual([key]);
  });

  test('a key with any text and any JSON is read as it was stored, and found by its fields', async () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom('\0', "'", '"', '%', '_', '\\', '\n', ';', '-'),
        fc.string({ unit: 'binary', maxLength: 1 }),
      ),
    });
    const attributes = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    let serial = 0;
    await fc.assert(
      fc.asyncProperty(text, text, text, attributes, async (name, owner, tenant, given) => {
        const json: { [name: string]: JsonValue } = JSON.parse(JSON.stringify(given));
        const key = keyOf(`k${serial++}`, { name, owner, tenant, hint: name, attributes: json });
        await store().insert(key, null);
        expect(await store().find({ name, owner, tenant, hint: name, id: key.id })).toEqual([key]);
      }),
      { numRuns: 200 },
    );
  });

  test('names that mean something in JavaScript are names', async () => {
    const attributes = JSON.parse('{"__proto__":{"isAdmin":true},"constructor":1}');
    await store().insert(keyOf('k', { attributes, name: '__proto__' }), null);
    const [found] = await store().find({ name: '__proto__' });
    expect(JSON.stringify(found?.attributes)).toBe('{"__proto__":{"isAdmin":true},"constructor":1}');
    expect(found?.attributes['isAdmin']).toBeUndefined();
  });

  test.each(['createdAt', 'updatedAt', 'expiresAt', 'lastUsedAt', 'revokedAt'] as const)(
    '%s is refused where it could not come out as it went in',
    async (instant) => {
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 0.5, 2 ** 53, -(2 ** 53)]) {
        const key = keyOf('k', { state: instant === 'revokedAt' ? 'revoked' : 'active', [instant]: value });
        await expect(async () => store().insert(key, null)).rejects.toThrow(RangeError);
      }
      expect(await store().count({})).toBe(0);
    },
  );

  test('a secret can be stored once per provider', async () => {
    await store().insert(keyOf('k1'), null);
    const same = keyOf('k2', { hash: keyOf('k1').hash, owner: 'bob', tenant: 'south' });
    await expect(async () => store().insert(same, null)).rejects.toThrow(refusedFor('key_name_taken'));
    await store().insert({ ...same, provider: 'beta' }, null);
    expect(idsOf(await store().find({ provider: 'alpha' }))).toEqual(['k1']);
    expect(idsOf(await store().find({ provider: 'beta' }))).toEqual(['k2']);
  });

  test('the secret of a revoked key stays taken', async () => {
    await store().insert(keyOf('k1', { state: 'revoked', revokedAt: 1 }), null);
    await expect(async () => store().insert(keyOf('k2', { hash: keyOf('k1').hash }), null)).rejects.toThrow(
      refusedFor('key_name_taken'),
    );
  });

  test('an id can be stored once over all providers, and the refusal names it', async () => {
    const key = keyOf('k1');
    await store().insert(key, null);
    const refused = async () => store().insert(keyOf('k1', { provider: 'beta', hash: hashSecret('other') }), null);
    await expect(refused).rejects.toMatchObject({ code: 'key_name_taken', detail: { name: 'k1' } });
    expect(await store().find({})).toEqual([key]);
  });

  test('names, owners and hints may repeat, unless an admission refuses that', async () => {
    await fill(store(), keyOf('k1', { name: 'ci', hint: 'h' }), keyOf('k2', { name: 'ci', hint: 'h' }));
    expect(await store().count({ name: 'ci', hint: 'h', owner: 'ada' })).toBe(2);
  });

  test('an admission is shown its siblings in order, without the new key', async () => {
    await fill(store(), keyOf('k1'), keyOf('k2', { owner: 'bob' }), keyOf('k3'), keyOf('k4'));
    const shown: string[][] = [];
    const admit = (siblings: readonly ApiKey[]) => void shown.push(idsOf(siblings));
    await store().insert(keyOf('k5'), null, { siblings: { owner: 'ada' }, admit });
    await store().insert(keyOf('k6'), null, { siblings: { owner: 'ada' }, limit: 2, admit });
    await store().insert(keyOf('k7'), null, { siblings: { owner: 'ada' }, limit: 0, admit });
    expect(shown).toEqual([['k1', 'k3', 'k4'], ['k1', 'k3'], []]);
    expect(await store().count({})).toBe(7);
  });

  test.each([
    ['an error of the core', new EmulatorError('key_limit_reached', { limit: 1 })],
    ['an error of its own', new Error('no')],
    ['no error at all', 'no'],
  ])('%s thrown by an admission comes out unchanged, and nothing is stored', async (_, thrown) => {
    const refused = async () => store().insert(keyOf('k1'), null, { siblings: {}, admit: refusing(thrown) });
    expect(await refused().catch((error: unknown) => error)).toBe(thrown);
    expect(await store().count({})).toBe(0);
    await store().insert(keyOf('k1'), null);
    expect(await store().count({})).toBe(1);
  });

  test('200 concurrent insertions give 200 keys', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `k${index}`);
    await Promise.all(ids.map((id) => store().insert(keyOf(id), null)));
    const found = idsOf(await store().find({}));
    expect(found).toHaveLength(200);
    expect(new Set(found)).toEqual(new Set(ids));
  });

  test('50 concurrent insertions under a limit of 2 store exactly 2 keys', async () => {
    const atMostTwo: Admission = {
      siblings: { owner: 'ada', states: ['active'] },
      admit: (siblings) => (siblings.length < 2 ? undefined : refusing(new EmulatorError('key_limit_reached', { limit: 2 }))()),
    };
    const attempts = Array.from({ length: 50 }, async (_, index) => store().insert(keyOf(`k${index}`), null, atMostTwo));
    const results = await Promise.allSettled(attempts);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await store().count({})).toBe(2);
  });

  test('of 50 concurrent insertions of one secret one is stored', async () => {
    const attempts = Array.from({ length: 50 }, async (_, index) =>
      store().insert(keyOf(`k${index}`, { hash: keyOf('k').hash }), null),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await store().count({})).toBe(1);
  });
}
