import { type Instant, VirtualClock } from '../clock.ts';
import { EmulatorError } from '../core/errors.ts';
import { ResourceNameTakenError } from '../core/resource-store.ts';
import type { WorldStore } from '../core/world-store.ts';
import type { Provider } from '../provider/provider.ts';
import { SeedError, type SeedProblem } from '../provider/seed/error.ts';
import { type Seeds, seedsOf } from './seeds.ts';
import { World } from './world.ts';

/** What a seed is tried out with. */
export interface SeedTrialParts {
  /** The sections that a seed may have. */
  readonly names: readonly string[];
  /** The provider that a section is tried out with; undefined for an unknown name. */
  providerOf(name: string): Provider | undefined;
  /** Opens an empty store, which is closed after the trial. */
  openStore(): WorldStore;
}

/** The problems in the sections of a seed for a world that starts at `now`, each with its path below the seed. */
export async function problemsOf(
  sections: ReadonlyMap<string, unknown>,
  { names, providerOf, openStore }: SeedTrialParts,
  now: Instant,
): Promise<readonly SeedProblem[]> {
  const seeds = seedsOf(sections);
  const problems: SeedProblem[] = [];
  for (const section of sections.keys()) {
    const provider = providerOf(section);
    const unknown = { path: [], problem: `is not a provider: the providers are ${names.join(', ')}` };
    const found = provider === undefined ? [unknown] : await problemsOfSection(provider, seeds, openStore(), now);
    problems.push(...found.map(({ path, problem }) => ({ path: [section, ...path], problem })));
  }
  return problems;
}

/** Seeds a world made for this section only, and closes it again. */
async function problemsOfSection(
  provider: Provider,
  seeds: Seeds,
  store: WorldStore,
  now: Instant,
): Promise<readonly SeedProblem[]> {
  const world = new World({ name: 'seed', clock: new VirtualClock(now), store, providers: [provider], seeds });
  try {
    await world.seedFresh();
    return [];
  } catch (error) {
    if (error instanceof SeedError) return error.problems;
    if (error instanceof ResourceNameTakenError) return [{ path: [], problem: `has the ${error.kind} ${error.takenName} twice` }];
    if (error instanceof EmulatorError && error.code === 'key_name_taken')
      return [{ path: ['keys'], problem: 'has the same key twice' }];
    throw error;
  } finally {
    world.close();
  }
}
