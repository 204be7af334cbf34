import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mutantNames } from '../../src/provider/mutants.ts';
import type { FuzzTarget } from '../providers/fuzz-target.ts';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { loadGuests } from '../support/guests.ts';
import { compare } from './differential.ts';
import { latchkeys } from './latchkeys.ts';

/** Requests to each provider for each mutant: a few, always the same. `test/fuzz/mutants.test.ts` sends more, and others. */
const [count, seed] = [8, 20261129];
/** They share the truth, so that none may begin before the one before it has ended, however busy the machine is. */
const patienceMs = 180_000;

const latchkey = latchkeys();
const running: { truth?: TestEmulator } = {};
beforeAll(async () => {
  running.truth = await startTestEmulator();
});
afterAll(() => running.truth?.close());

describe.each((await loadGuests()).map(({ name }) => name))('%s', async (provider) => {
  const { target }: { readonly target: FuzzTarget } = await import(`../providers/${provider}/fuzz.ts`);
  const decided: number[] = [];

  test.each(mutantNames)(
    '%s changes nothing but what it decides',
    async (mutant) => {
      const { truth } = running;
      if (truth === undefined) throw new Error('the truth starts in beforeAll');
      const mutated = await latchkey(mutant);
      decided.push(await compare({ truth, mutated, provider, mutant, target, count, seed }));
    },
    patienceMs,
  );

  test('some of these requests were decided', () => {
    expect(Math.max(...decided)).toBeGreaterThan(0);
  });
});
