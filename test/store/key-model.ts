import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApiKey } from '../../src/core/api-key.ts';
import { EmulatorError } from '../../src/core/errors.ts';
import type { KeyFilter, KeyStore } from '../../src/core/key-store.ts';
import { keyOf } from './key-of.ts';
import { type OpenKeyStore, refusing } from './key-store-steps.ts';

/** The reference model: a list of keys in the order of insertion. */
type Model = ApiKey[];

const ids = ['a', 'b', 'c', 'd'];
const id = fc.constantFrom(...ids);
const provider = fc.constantFrom('alpha', 'beta');
const owner = fc.constantFrom('ada', 'bob');
const instant = fc.integer({ min: 1_000, max: 1_005 });
const owners = fc.array(fc.oneof(fc.record({ owner }), fc.record({ owner, provider })), { maxLength: 3 });
const filter: fc.Arbitrary<KeyFilter> = fc.record(
  {
    id,
    owners,
    provider,
    owner,
    name: owner,
    states: fc.subarray(['active', 'suspended', 'revoked'] as const),
    noExpiryBefore: instant,
  },
  { requiredKeys: [] },
);
const edits: Readonly<Record<string, (key: ApiKey, at: number) => ApiKey>> = {
  suspend: (key, at) => ({ ...key, state: 'suspended', updatedAt: at, revokedAt: null }),
  resume: (key, at) => ({ ...key, state: 'active', updatedAt: at, revokedAt: null }),
  revoke: (key, at) => ({ ...key, state: 'revoked', updatedAt: at, revokedAt: at }),
  rename: (key, at) => ({ ...key, name: key.owner, expiresAt: at }),
  nothing: (key) => key,
  fail: refusing(new EmulatorError('unavailable', null)),
};
const step = fc.oneof(
  fc.record({ do: fc.constant('insert' as const), id, provider, owner, sameSecretAs: id }),
  fc.record({ do: fc.constant('change' as const), filter, edit: fc.constantFrom(...Object.keys(edits)), at: instant }),
  fc.record({ do: fc.constant('changeAll' as const), filter, edit: fc.constantFrom(...Object.keys(edits)), at: instant }),
  fc.record({ do: fc.constant('use' as const), provider, id, at: fc.option(instant) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const matches = (key: ApiKey, { states, noExpiryBefore, owners, ...parts }: KeyFilter): boolean =>
  Object.entries(parts).every(([part, value]) => Reflect.get(key, part) === value) &&
  (states === undefined || states.includes(key.state)) &&
  (owners === undefined ||
    owners.some((one) => one.owner === key.owner && (one.provider === undefined || one.provider === key.provider))) &&
  (noExpiryBefore === undefined || key.expiresAt === null || key.expiresAt >= noExpiryBefore);

const outcomeOf = (call: () => Promise<unknown>) => call().catch((error: unknown) => error);

/** The keys of the model after one was replaced. */
const replaced = (model: Model, before: ApiKey, after: ApiKey): Model => model.map((key) => (key === before ? after : key));

/** Does a step with the store and with the model, and gives the new model. */
async function perform(done: Step, store: KeyStore, model: Model): Promise<Model> {
  if (done.do === 'insert') {
    const key = keyOf(done.id, { provider: done.provider, owner: done.owner, hash: keyOf(done.sameSecretAs).hash });
    const isTaken = model.some((one) => one.id === key.id || (one.hash === key.hash && one.provider === key.provider));
    const answer = await outcomeOf(async () => store.insert(key, null));
    expect(answer).toEqual(isTaken ? expect.objectContaining({ code: 'key_name_taken' }) : undefined);
    return isTaken ? model : [...model, key];
  }
  if (done.do === 'change') {
    const edit = edits[done.edit] ?? refusing(new Error('no such edit'));
    const found = model.find((key) => matches(key, done.filter));
    const answer = await outcomeOf(async () => store.change(done.filter, (key) => edit(key, done.at)));
    if (found === undefined || done.edit === 'fail') {
      expect(answer).toEqual(found && expect.objectContaining({ code: 'unavailable' }));
      return model;
    }
    const changed = edit(found, done.at);
    expect(answer).toEqual(changed);
    return replaced(model, found, changed);
  }
  if (done.do === 'changeAll') {
    const edit = edits[done.edit] ?? refusing(new Error('no such edit'));
    const isMeant = (key: ApiKey) => matches(key, done.filter);
    const answer = await outcomeOf(async () => store.changeAll(done.filter, (key) => edit(key, done.at)));
    if (done.edit === 'fail' && model.some(isMeant)) {
      expect(answer).toMatchObject({ code: 'unavailable' });
      return model;
    }
    expect(answer).toEqual(model.filter(isMeant).map((key) => edit(key, done.at)));
    return model.map((key) => (isMeant(key) ? edit(key, done.at) : key));
  }
  const { at } = done;
  const found = model.find((key) => key.hash === keyOf(done.id).hash && key.provider === done.provider);
  const answer = await outcomeOf(async () =>
    store.use(done.provider, keyOf(done.id).hash, () => at ?? refusing(new EmulatorError('unavailable', null))()),
  );
  if (found === undefined || at === null) {
    expect(answer).toEqual(found && expect.objectContaining({ code: 'unavailable' }));
    return model;
  }
  expect(answer).toEqual({ ...found, lastUsedAt: at });
  return replaced(model, found, { ...found, lastUsedAt: at });
}

/** The test of every key store against a plain list of keys. */
export function modelling(makeStore: () => OpenKeyStore | Promise<OpenKeyStore>): void {
  test('after any steps in any order it answers as a plain list of keys would', async () => {
    const filters: readonly KeyFilter[] = [{}, { owner: 'ada' }, { provider: 'alpha', states: ['active'] }];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), filter, async (steps, anyFilter) => {
        const opened = await makeStore();
        const { keys } = opened;
        let model: Model = [];
        for (const done of steps) {
          model = await perform(done, keys, model);
          for (const asked of [...filters, anyFilter]) {
            const expected = model.filter((key) => matches(key, asked));
            expect(await keys.find(asked)).toEqual(expected);
            expect(await keys.find(asked, { limit: 1 })).toEqual(expected.slice(0, 1));
            expect(await keys.findRevealed(asked)).toEqual(expected.map((key) => ({ ...key, secret: null })));
            expect(await keys.count(asked)).toBe(expected.length);
          }
        }
        await opened.close();
      }),
      { numRuns: 60 },
    );
  });
}
