import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MutantName, mutantNames } from '../../src/provider/mutants.ts';
import { compare } from '../mutants/differential.ts';
import { latchkeys } from '../mutants/latchkeys.ts';
import type { FuzzTarget } from '../providers/fuzz-target.ts';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { loadGuests } from '../support/guests.ts';

/** Requests to each provider for each mutant, one in twenty of those that others are sent, since there are eighteen mutants. */
const count = Number(process.env['FUZZ_MUTANTS'] ?? Math.max(150, Math.ceil(Number(process.env['FUZZ_REQUESTS'] ?? 0) / 20)));
/** The same requests at every run of the gate; `FUZZ_SEED` asks for others. */
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
/** Refusals that every twentieth request or so meets. */
const frequent: ReadonlySet<MutantName> = new Set(['accept-unknown', 'accept-missing', 'accept-malformed', 'accept-revoked']);

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
    3_700_000,
  );

  test('the frequent refusals were decided', () => {
    const never = [...frequent].filter((mutant) => decided.get(mutant) === 0);
    expect(never).toEqual([]);
  });
});
