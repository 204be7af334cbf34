import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toIso } from '../../src/clock.ts';
import { type ApiKey, keyKinds } from '../../src/core/api-key.ts';
import { draftKey } from '../../src/core/key-service.ts';
import { readReporting } from '../../src/worlds/seeds.ts';
import { emulatorForTests, epoch } from '../support/emulator.ts';
import { guestNames, loadGuests } from '../support/guests.ts';

const lk = emulatorForTests();

const instant = fc.integer({ min: epoch - 10 ** 10, max: epoch + 10 ** 10 }).map(toIso);
const life = {
  state: fc.constantFrom('active', 'suspended', 'revoked'),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant,
};
const name = fc.string({ minLength: 1, maxLength: 20 });
const optional = <T>(fields: { [F in keyof T]: fc.Arbitrary<T[F]> }) => fc.record(fields, { requiredKeys: [] });
const merged = (...parts: fc.Arbitrary<object>[]) => fc.tuple(...parts).map((all): object => Object.assign({}, ...all));

/** Keys of every kind that each provider has, as a seed describes them. */
const kinds: Readonly<Record<(typeof guestNames)[number], fc.Arbitrary<object>>> = {
  estuary: merged(
    fc.record({ owner: fc.constantFrom('alice', 'Bob', 'admin') }),
    optional({ ...life, name, perms: fc.constantFrom('all', 'upload'), session: fc.boolean() }),
  ),
  kps: merged(
    fc.record({ owner: fc.constantFrom('alice@example.com', 'Bob@example.com') }),
    optional({ ...life, session: fc.constantFrom('default', 'short', 'long') }),
  ),
  rockset: fc.oneof(
    merged(
      fc.record({ owner: fc.constantFrom('member@me.com', 'Reader@me.com'), name }),
      optional({ ...life, role: fc.constantFrom('member', 'read-only', 'admin'), createdByKey: name }),
    ),
    merged(fc.record({ owner: fc.constant('member@me.com'), idToken: fc.constant(true) }), optional(life)),
  ),
  whylabs: merged(
    fc.record({ organization: fc.constantFrom('0', 'org-123'), owner: fc.constantFrom('user-123', 'nobody') }),
    optional({ ...life, name, scopes: fc.subarray([':user', ':administrator', ':whylabs_system']) }),
  ),
};

describe.each(guestNames)('G16: %s', (provider) => {
  test('what a stored key is described as is read as the same key, and described the same', async () => {
    const module = (await loadGuests()).find((one) => one.name === provider) ?? expect.unreachable('it is a guest');
    const { seeds } = module.emulate(module.profiles[0] ?? '');
    const existing = lk.world.resources(provider);
    const read = async (described: unknown): Promise<ApiKey> => {
      const surroundings = { existing, salt: 'a key that is added' };
      const found = await readReporting(provider, epoch, async (context) => seeds.readKey(described, context), surroundings);
      return draftKey(provider, found?.draft ?? expect.unreachable('the description fits'), epoch);
    };
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(kinds[provider], async (described) => {
        const { id: _id, hash: _hash, hint: _hint, ...key } = await read(described);
        seen.add(key.kind);
        const words = await seeds.describeKey({ ...key, id: 'x', hash: 'x', hint: 'x' }, existing);
        expect(words).not.toHaveProperty('secret');
        const again = await read(words);
        expect(again).toEqual({ ...key, id: expect.any(String), hash: expect.any(String), hint: expect.any(String) });
        expect(await seeds.describeKey(again, existing)).toEqual(words);
      }),
      { numRuns: 100 },
    );
    // WhyLabs has no log-in.
    expect([...seen].toSorted()).toEqual(provider === 'whylabs' ? ['key'] : [...keyKinds]);
  });
});
