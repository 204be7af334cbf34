import { type Instant, VirtualClock } from '../clock.ts';
import { EmulatorError } from '../core/errors.ts';
import { ResourceNameTakenError } from '../core/resource-store.ts';
import { migrationsFolder } from '../package.ts';
import type { Provider } from '../provider/provider.ts';
import { SeedError, type SeedProblem } from '../provider/seed/error.ts';
import { SqliteWorldStore } from '../store/sqlite-world-store.ts';
import { type Seeds, seedsOf } from './seeds.ts';
import { World } from './world.ts';

/** What sections may be for: the names there are, and each provider as its section is to be tried out. */
export interface SeedableProviders {
  readonly names: readonly string[];
  /** Undefined for a name that is none. */
  providerOf(name: string): Provider | undefined;
}

/** What is wrong with the sections of a seed that is sown at `now`, each with its path below the seed. */
export async function problemsOf(
  sections: ReadonlyMap<string, unknown>,
  { names, providerOf }: SeedableProviders,
  now: Instant,
): Promise<readonly SeedProblem[]> {
  const seeds = seedsOf(sections);
  const problems: SeedProblem[] = [];
  for (const section of sections.keys()) {
    const provider = providerOf(section);
    const unknown = { path: [], problem: `is no provider: there are ${names.join(', ')}` };
    const found = provider === undefined ? [unknown] : await problemsOfSection(provider, seeds, now);
    problems.push(...found.map(({ path, problem }) => ({ path: [section, ...path], problem })));
  }
  return problems;
}

/** A section is tried out in a world that nobody sees. */
async function problemsOfSection(provider: Provider, seeds: Seeds, now: Instant): Promise<readonly SeedProblem[]> {
  const world = new World('seed', new VirtualClock(now), new SqliteWorldStore(':memory:', migrationsFolder), [provider], seeds);
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
