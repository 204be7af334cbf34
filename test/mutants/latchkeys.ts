import { afterAll } from 'vitest';
import type { MutantReportLike } from '../../src/http/gate.ts';
import type { ChosenMutant } from '../../src/provider/mutants.ts';
import { epoch, startTestEmulator, type TestEmulator } from '../support/emulator.ts';

/**
 * Latchkeys with mutants, for the tests of one file: each is started when it is first asked for, and is as at its start then and
 * whenever it is asked for again, except for what its mutant has done.
 */
export function latchkeys(): (name: ChosenMutant['name'], provider?: string | null) => Promise<TestEmulator> {
  const running = new Map<string, Promise<TestEmulator>>();
  afterAll(async () => {
    for (const starting of running.values()) await (await starting).close();
  });
  return async (name, provider = null) => {
    const id = `${name}@${provider}`;
    const starting = running.get(id) ?? startTestEmulator({ mutant: { name, provider } });
    running.set(id, starting);
    const lk = await starting;
    await lk.world.reset('everything');
    lk.world.clock.freeze();
    lk.world.clock.set(epoch);
    return lk;
  };
}

/** What the gate of a latchkey says of its mutant. */
export async function reportOf({ gate }: TestEmulator): Promise<MutantReportLike> {
  return (await gate.report?.()) ?? { mutant: 'none set', provider: null, acted: Number.NaN, evidence: [], reachable: [] };
}

/** How often the truth came to a decision that a mutant changes. */
export async function reachedIn(lk: TestEmulator, mutant: string, provider: string): Promise<number> {
  const { reachable } = await reportOf(lk);
  return reachable.find((one) => one.mutant === mutant && one.provider === provider)?.times ?? 0;
}
