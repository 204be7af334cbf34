import { afterAll, beforeAll, describe, test } from 'vitest';
import { type MutantName, mutantNames } from '../../src/provider/mutants.ts';
import type { FuzzTarget } from '../providers/fuzz-target.ts';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { loadGuests } from '../support/guests.ts';
import { type Compared, compare } from './differential.ts';
import { latchkeys } from './latchkeys.ts';

interface Comparing extends Required<Pick<Compared, 'count' | 'seed'>> {
  /** For one mutant of one provider. */
  readonly patienceMs: number;
}

/** How many of the requests each mutant of a provider decided. */
type Decided = ReadonlyMap<MutantName, number>;

/** Defines the tests that compare the truth with each mutant of each provider; the last one of a provider is `check`. */
export async function compareEach(
  { count, seed, patienceMs }: Comparing,
  [title, check]: readonly [title: string, check: (decided: Decided) => void],
): Promise<void> {
  const latchkey = latchkeys();
  const running: { truth?: TestEmulator } = {};
  beforeAll(async () => {
    running.truth = await startTestEmulator();
  });
  afterAll(() => running.truth?.close());

  describe.each((await loadGuests()).map(({ name }) => name))('%s', async (provider) => {
    const { target }: { readonly target: FuzzTarget } = await import(`../providers/${provider}/fuzz.ts`);
    const decided = new Map<MutantName, number>();

    test.each(mutantNames)(
      '%s changes nothing but what it decides',
      async (mutant) => {
        const { truth } = running;
        if (truth === undefined) throw new Error('the truth starts in beforeAll');
        const mutated = await latchkey(mutant);
        decided.set(mutant, await compare({ truth, mutated, provider, mutant, target, count, seed }));
      },
      patienceMs,
    );

    test(title, () => check(decided));
  });
}
