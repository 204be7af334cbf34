import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChosenMutant } from '../../src/provider/mutants.ts';
import { controlOperations } from '../control/operations.ts';
import { emulatorForTests, startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { certain, type Step, steps } from './control-steps.ts';
import { Witness } from './lies.ts';

/** Sequences of calls; `npm run fuzz` tries more. */
const count = Math.max(30, Number(process.env['FUZZ_REQUESTS'] ?? 0) / 20);
/** Calls that this latchkey refuses whatever they say: it has no https, and no mutant. */
const never = ['getTls', 'getMutant'];

const lk = emulatorForTests();

/** What a sequence of calls in a world of its own makes a latchkey say that is not true. */
async function liesAfter(emulator: Pick<TestEmulator, 'url' | 'worlds'>, sequence: readonly Step[], done = new Set<string>()) {
  const world = `w${worldsMade++}`;
  const witness = new Witness(emulator.url, world, done);
  await witness.begin();
  for (const step of sequence) await witness.take(step);
  const lies = await witness.conclude();
  for (const name of emulator.worlds.names()) if (name !== 'default') await emulator.worlds.drop(name);
  return lies;
}
let worldsMade = 0;

test('proof 3.1, test 4: whatever the control plane is asked, it is not made to accept what is refused', async () => {
  const done = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      expect(await liesAfter(lk, sequence, done)).toEqual([]);
    }),
    {
      numRuns: count,
      examples: certain,
      seed: Number(process.env['FUZZ_SEED'] ?? 1),
      interruptAfterTimeLimit: 600_000,
      markInterruptAsFailure: true,
    },
  );
  // Calls that are always refused would show nothing.
  const expected = controlOperations.map(({ id }) => id).filter((id) => !never.includes(id));
  expect([...done].toSorted()).toEqual(expected.toSorted());
}, 620_000);

test.each<ChosenMutant>([
  { name: 'accept-unknown', provider: 'estuary' },
  { name: 'accept-missing', provider: null },
  { name: 'accept-malformed', provider: 'kps' },
  { name: 'accept-revoked', provider: null },
  { name: 'accept-suspended', provider: 'rockset' },
  { name: 'ignore-role', provider: 'kps' },
  // Another provider's key has not the form that WhyLabs' have: there it is malformed.
  { name: 'accept-other-provider', provider: 'estuary' },
])('it would be seen: $name of $provider', async (mutant) => {
  const liar = await startTestEmulator({ mutant });
  try {
    // One after another: each drops all worlds at its end.
    const found: string[] = [];
    for (const [sequence] of certain) found.push(...(await liesAfter(liar, sequence)));
    // By what is accepted, not by what it says of itself.
    expect(found.filter((lie) => /^(\/.* answers .* with 200|introspection takes)/.test(lie))).not.toEqual([]);
  } finally {
    await liar.close();
  }
});
