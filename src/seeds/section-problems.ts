import { type Instant, VirtualClock } from '../clock.ts';
import { EmulatorError } from '../core/errors.ts';
import { ResourceNameTakenError } from '../core/resource-store.ts';
import type { Emulation } from '../http/provider.ts';
import { SeedError, type SeedProblem } from '../http/seed-error.ts';
import { migrationsFolder } from '../paths.ts';
import { SqliteWorldStore } from '../store/sqlite-world-store.ts';
import { World } from '../worlds/world.ts';
import type { Seeds } from './seeds.ts';

/** What is wrong with a provider's section of a seed that is sown at `now`: it is tried out in a world that nobody sees. */
export async function problemsOf(emulation: Emulation, seeds: Seeds, now: Instant): Promise<readonly SeedProblem[]> {
  const world = new World('seed', new VirtualClock(now), new SqliteWorldStore(':memory:', migrationsFolder), [emulation], seeds);
  try {
    await world.seedFresh();
    return [];
  } catch (error) {
    if (error instanceof SeedError) return error.problems;
    if (error instanceof ResourceNameTakenError) return [{ path: [], problem: `has the ${error.kind} ${error.takenName} twice` }];
    if (error instanceof EmulatorError && error.code === 'key_name_taken')
      return [{ path: ['keys'], problem: 'has one key twice' }];
    throw error;
  } finally {
    world.close();
  }
}
