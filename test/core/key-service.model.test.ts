import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import { type ApiKey, resumeKey, revokeKey, suspendKey } from '../../src/core/api-key.ts';
import { EmulatorError } from '../../src/core/errors.ts';
import { KeyService } from '../../src/core/key-service.ts';
import type { KeyState } from '../../src/core/key-state.ts';
import { worldInMemory } from '../store/world-in-memory.ts';

/** A key in the reference model. */
interface Model {
  state: KeyState;
  readonly expiresAt: number | null;
}

/** The reference model's verdict on a secret at an instant: the code of the refusal, or `accepted`. */
function verdict(key: Model | undefined, now: number): string {
  if (key === undefined) return 'key_unknown';
  if (key.state !== 'active') return `key_${key.state}`;
  return key.expiresAt === null || now <= key.expiresAt ? 'accepted' : 'key_expired';
}

const secrets = ['secret-a', 'secret-b', 'secret-c', 'secret-d'];
const secret = fc.constantFrom(...secrets);
// Lifetimes and steps are a few milliseconds, so that the clock is often exactly at an expiry or a millisecond beside it.
const action = fc.oneof(
  fc.record({ do: fc.constant('issue' as const), secret, lifetimeMs: fc.option(fc.integer({ min: -2, max: 6 })) }),
  fc.record({ do: fc.constantFrom('suspend' as const, 'resume' as const, 'revoke' as const), secret }),
  fc.record({ do: fc.constant('advance' as const), byMs: fc.integer({ min: -3, max: 4 }) }),
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

const transitions = { suspend: suspendKey, resume: resumeKey, revoke: revokeKey };
const targets = { suspend: 'suspended', resume: 'active', revoke: 'revoked' } as const;

const codeOf = (call: () => Promise<ApiKey | undefined>) =>
  call().then(
    () => 'accepted',
    (error: unknown) => (error instanceof EmulatorError ? error.code : expect.fail(String(error))),
  );

/** Does a step with the real keys and with the model, and checks that both have the same outcome. */
async function perform(step: Action, keys: KeyService, model: Map<string, Model>, clock: VirtualClock): Promise<void> {
  const now = clock.now();
  if (step.do === 'advance') return void clock.advance(step.byMs);
  const known = model.get(step.secret);
  if (step.do === 'issue') {
    const expiresAt = step.lifetimeMs === null ? null : now + step.lifetimeMs;
    const draft = { tenant: 'north', owner: 'ada', secret: step.secret, hint: '', name: step.secret, expiresAt };
    expect(await codeOf(async () => keys.issue(draft, now))).toBe(known === undefined ? 'accepted' : 'key_name_taken');
    if (known === undefined) model.set(step.secret, { state: 'active', expiresAt });
    return;
  }
  const target = targets[step.do];
  const isRefused = known?.state === 'revoked' && target !== 'revoked';
  const done = async () => keys.change({ name: step.secret }, (key) => transitions[step.do](key, now));
  expect(await codeOf(done)).toBe(isRefused ? 'transition_refused' : 'accepted');
  if (known !== undefined && !isRefused) known.state = target;
}

test('after any changes in any order, exactly the keys that are active and not expired at the instant are accepted', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (steps) => {
      const world = worldInMemory();
      const keys = new KeyService('alpha', world.keys);
      const clock = new VirtualClock(1_000_000, { now: () => 0 });
      const model = new Map<string, Model>();
      for (const step of steps) {
        await perform(step, keys, model, clock);
        const now = clock.now();
        const expected = secrets.map((one) => verdict(model.get(one), now));
        const introspected = await Promise.all(secrets.map((one) => keys.introspect(one, now)));
        expect(introspected.map(({ refusal }) => refusal?.code ?? 'accepted')).toEqual(expected);
        expect(await Promise.all(secrets.map((one) => codeOf(async () => keys.authenticate(one, now))))).toEqual(expected);
        const listed = await keys.find({ states: ['active'], noExpiryBefore: now });
        const accepted = secrets.filter((_, index) => expected[index] === 'accepted');
        expect(listed.map(({ name }) => name).sort()).toEqual(accepted);
      }
      world.close();
    }),
    { numRuns: 150 },
  );
});

test.each([0, -1, 1_893_456_000_000])(
  'a key is accepted at the instant of its expiry, %s, and refused 1 ms later',
  async (expiresAt) => {
    const world = worldInMemory();
    const keys = new KeyService('alpha', world.keys);
    await keys.issue({ tenant: 'north', owner: 'ada', secret: 's', hint: '', expiresAt }, expiresAt - 10);
    expect(await codeOf(async () => keys.authenticate('s', expiresAt))).toBe('accepted');
    expect(await codeOf(async () => keys.authenticate('s', expiresAt + 1))).toBe('key_expired');
    world.close();
  },
);
