import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ApiKey, revokeKey, suspendKey } from '../../src/core/api-key.ts';
import { EmulatorError } from '../../src/core/errors.ts';
import { type KeyDraft, KeyService } from '../../src/core/key-service.ts';
import { hashSecret } from '../../src/core/secret.ts';
import type { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { worldInMemory } from '../store/world-in-memory.ts';

const secret = 'ada-secret-0123456789';
const draft: KeyDraft = { tenant: 'north', owner: 'ada', secret, hint: 'ada-', name: 'ci' };
const refusal = (code: string) => expect.objectContaining({ name: 'EmulatorError', code });

let world: SqliteWorldStore;
let keys: KeyService;
beforeEach(() => {
  world = worldInMemory();
  keys = new KeyService('alpha', world.keys);
});
afterEach(() => world.close());

describe('issue', () => {
  test('fields that are left out take their defaults', async () => {
    const key = await keys.issue({ tenant: 'north', owner: 'ada', secret, hint: 'ada-' }, 1_000);
    expect(key).toEqual<ApiKey>({
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      provider: 'alpha',
      tenant: 'north',
      owner: 'ada',
      kind: 'key',
      name: null,
      hint: 'ada-',
      hash: hashSecret(secret),
      state: 'active',
      grants: {},
      attributes: {},
      createdAt: 1_000,
      updatedAt: 1_000,
      expiresAt: null,
      lastUsedAt: null,
      revokedAt: null,
    });
    expect(await keys.find({})).toEqual([key]);
  });

  test('fields that are given are stored', async () => {
    const given = {
      id: 'k-1',
      kind: 'session',
      state: 'suspended',
      grants: { roles: ['r'], scopes: [] },
      expiresAt: 2_000,
    } as const;
    const key = await keys.issue({ ...draft, ...given, attributes: { note: 'n' } }, 1_000);
    expect(key).toMatchObject({ ...given, name: 'ci', attributes: { note: 'n' } });
    expect(await keys.findFirst({ id: 'k-1' })).toEqual(key);
  });

  test('a key may have been created and used before its issue', async () => {
    const key = await keys.issue({ ...draft, createdAt: 500, lastUsedAt: 700 }, 1_000);
    expect(key).toMatchObject({ createdAt: 500, updatedAt: 500, lastUsedAt: 700 });
    expect(await keys.find({})).toEqual([key]);
  });

  test('a key that is issued as revoked is revoked at that instant', async () => {
    expect(await keys.issue({ ...draft, state: 'revoked' }, 1_000)).toMatchObject({ state: 'revoked', revokedAt: 1_000 });
  });

  test('a secret can be issued once per provider', async () => {
    await keys.issue(draft, 1_000);
    await expect(async () => keys.issue({ ...draft, name: 'other' }, 1_000)).rejects.toThrow(refusal('key_name_taken'));
    await new KeyService('beta', world.keys).issue(draft, 1_000);
    expect(await world.keys.count({})).toBe(2);
  });

  test('an admission is shown siblings of its own provider, no more than its limit', async () => {
    const others = new KeyService('beta', world.keys);
    await others.issue({ ...draft, name: 'foreign' }, 1_000);
    for (const name of ['one', 'two', 'three']) await keys.issue({ ...draft, secret: `${secret}-${name}`, name }, 1_000);
    const seen: (string | null)[][] = [];
    const admit = (siblings: readonly ApiKey[]) => void seen.push(siblings.map(({ name }) => name));
    await keys.issue({ ...draft, secret: 'four' }, 1_000, { siblings: { owner: 'ada' }, admit });
    await keys.issue({ ...draft, secret: 'five' }, 1_000, { siblings: { owner: 'ada' }, limit: 2, admit });
    expect(seen).toEqual([
      ['one', 'two', 'three'],
      ['one', 'two'],
    ]);
  });

  test('an error thrown by an admission passes through, and nothing is issued', async () => {
    const full = new EmulatorError('key_limit_reached', { limit: 0 });
    const admit = () => {
      throw full;
    };
    await expect(async () => keys.issue(draft, 1_000, { siblings: {}, admit })).rejects.toBe(full);
    await expect(async () => keys.authenticate(secret, 1_000)).rejects.toThrow(refusal('key_unknown'));
  });

  test('an expiry that is not an instant is refused, since it would never come', async () => {
    await expect(async () => keys.issue({ ...draft, expiresAt: Number.NaN }, 1_000)).rejects.toThrow(RangeError);
    await expect(async () => keys.issue({ ...draft, expiresAt: 2 ** 53 }, 1_000)).rejects.toThrow(RangeError);
    expect(await keys.find({})).toEqual([]);
  });
});

describe('authenticate', () => {
  test('gives the key with that instant as its last use', async () => {
    const key = await keys.issue(draft, 1_000);
    const used = await keys.authenticate(secret, 1_500);
    expect(used).toEqual({ ...key, lastUsedAt: 1_500 });
    expect(await keys.find({})).toEqual([used]);
  });

  test.each([
    ['unknown', 'another-secret'],
    ['empty', ''],
    ['a hash', hashSecret(secret)],
    ['in other capitals', secret.toUpperCase()],
    ['with a space after it', `${secret} `],
  ])('a secret that is %s is unknown', async (_, presented) => {
    await keys.issue(draft, 1_000);
    await expect(async () => keys.authenticate(presented, 1_000)).rejects.toThrow(refusal('key_unknown'));
  });

  test("another provider's key is unknown", async () => {
    await new KeyService('beta', world.keys).issue(draft, 1_000);
    await expect(async () => keys.authenticate(secret, 1_000)).rejects.toThrow(refusal('key_unknown'));
  });

  test('a refusal is not a use', async () => {
    await keys.issue({ ...draft, expiresAt: 1_999 }, 1_000);
    await expect(async () => keys.authenticate(secret, 2_000)).rejects.toThrow(refusal('key_expired'));
    expect(await keys.findFirst({})).toMatchObject({ lastUsedAt: null });
  });

  test('an expired key is accepted again when the clock is moved back', async () => {
    await keys.issue({ ...draft, expiresAt: 2_000 }, 1_000);
    await expect(async () => keys.authenticate(secret, 2_001)).rejects.toThrow(refusal('key_expired'));
    expect(await keys.authenticate(secret, 2_000)).toMatchObject({ lastUsedAt: 2_000 });
  });
});

describe('introspect', () => {
  test('gives the outcome of authenticate, and is not a use', async () => {
    const key = await keys.issue({ ...draft, expiresAt: 2_000 }, 1_000);
    expect(await keys.introspect(secret, 2_000)).toEqual({ key });
    expect(await keys.introspect(secret, 2_001)).toEqual({ key, refusal: refusal('key_expired') });
    expect(await keys.introspect('unknown', 2_000)).toEqual({ refusal: refusal('key_unknown') });
  });
});

describe('change', () => {
  test('applies a decision and gives the changed key', async () => {
    await keys.issue(draft, 1_000);
    const suspended = await keys.change({ name: 'ci' }, (key) => suspendKey(key, 1_500));
    expect(suspended).toMatchObject({ state: 'suspended', updatedAt: 1_500 });
    expect(await keys.find({})).toEqual([suspended]);
    await expect(async () => keys.authenticate(secret, 2_000)).rejects.toThrow(refusal('key_suspended'));
  });

  test('decides nothing if no key matches', async () => {
    const decide = () => expect.unreachable('there is no such key');
    expect(await keys.change({ name: 'ci' }, decide)).toBeUndefined();
  });

  test("another provider's key is out of reach for every filter", async () => {
    await new KeyService('beta', world.keys).issue(draft, 1_000);
    const reaching = { owner: 'ada', provider: 'beta' };
    expect(await keys.find(reaching)).toEqual([]);
    expect(await keys.change(reaching, (key) => revokeKey(key, 1_500))).toBeUndefined();
    expect(await world.keys.count({ states: ['active'] })).toBe(1);
  });

  test('no decision brings a revoked key back', async () => {
    await keys.issue({ ...draft, state: 'revoked' }, 1_000);
    const revive = (key: ApiKey): ApiKey => ({ ...key, state: 'active', revokedAt: null });
    await expect(keys.change({}, revive)).rejects.toThrow(refusal('transition_refused'));
    await expect(async () => keys.authenticate(secret, 1_000)).rejects.toThrow(refusal('key_revoked'));
  });

  test.each(['id', 'provider', 'tenant', 'owner', 'hint', 'hash'] as const)('the %s of a key never changes', async (field) => {
    const key = await keys.issue(draft, 1_000);
    await expect(keys.change({}, (found) => ({ ...found, [field]: 'other' }))).rejects.toThrow(TypeError);
    expect(await keys.find({})).toEqual([key]);
  });
});

describe('changeAll', () => {
  test("applies a decision to every key that matches, but not to another provider's", async () => {
    await keys.issue(draft, 1_000);
    await keys.issue({ ...draft, secret: 'another' }, 1_000);
    await new KeyService('beta', world.keys).issue(draft, 1_000);
    expect(await keys.changeAll({ owner: 'ada' }, (key) => revokeKey(key, 1_500))).toMatchObject([
      { provider: 'alpha', state: 'revoked' },
      { provider: 'alpha', state: 'revoked' },
    ]);
    expect(await world.keys.count({ states: ['active'] })).toBe(1);
  });

  test('changes no key if one decision is refused', async () => {
    await keys.issue(draft, 1_000);
    await keys.issue({ ...draft, secret: 'another', state: 'revoked' }, 1_000);
    const reviveAll = keys.changeAll({}, (key) => ({ ...key, state: 'active', name: 'changed' }));
    await expect(reviveAll).rejects.toThrow(refusal('transition_refused'));
    expect(await keys.find({ name: 'changed' })).toEqual([]);
  });
});

describe('a secret that was kept', () => {
  test('is only in the keys that findRevealed gives', async () => {
    const key = await keys.issue({ ...draft, keepSecret: true }, 1_000);
    expect(await keys.findRevealed({})).toEqual([{ ...key, secret }]);
    expect(await keys.find({})).toEqual([key]);
    expect(await keys.authenticate(secret, 1_000)).not.toHaveProperty('secret');
  });

  test('is kept only if the draft says so', async () => {
    await keys.issue(draft, 1_000);
    expect(await keys.findRevealed({})).toMatchObject([{ secret: null }]);
  });
});

test('its keys are listed and counted in the order of one of their instants, those of other providers left out', async () => {
  const others = new KeyService('beta', world.keys);
  const first = await keys.issue({ ...draft, name: 'first' }, 1_000);
  await others.issue({ ...draft, secret: 'of-another-provider' }, 1_500);
  const second = await keys.issue({ ...draft, secret: 'another-secret-0123', name: 'second' }, 2_000);
  expect(await keys.listBy('createdAt', { from: 0, after: undefined }, 10)).toEqual([first, second]);
  expect(await keys.listBy('createdAt', { from: 1_001, after: undefined }, 10)).toEqual([second]);
  expect([await keys.countBy('createdAt'), await others.countBy('createdAt')]).toEqual([2, 1]);
});
