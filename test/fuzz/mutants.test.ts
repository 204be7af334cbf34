import { expect } from 'vitest';
import type { MutantName } from '../../src/provider/mutants.ts';
import { compareEach } from '../mutants/comparing.ts';

/** Requests to each provider for each mutant, one in twenty of those that others are sent, since there are eighteen mutants. */
const count = Number(process.env['FUZZ_MUTANTS'] ?? Math.max(150, Math.ceil(Number(process.env['FUZZ_REQUESTS'] ?? 0) / 20)));
/** The same requests at every run of the gate; `FUZZ_SEED` asks for others. */
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
/** Refusals that every twentieth request or so meets. */
const frequent: ReadonlySet<MutantName> = new Set(['accept-unknown', 'accept-missing', 'accept-malformed', 'accept-revoked']);

await compareEach({ count, seed, patienceMs: 3_700_000 }, [
  'the frequent refusals were decided',
  (decided) => expect([...frequent].filter((mutant) => decided.get(mutant) === 0)).toEqual([]),
]);
