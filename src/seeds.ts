import type { Instant } from './clock.ts';
import type { Emulation } from './http/provider.ts';
import type { ProviderSeed, SeedContext, SeedExtent, SeedPath, SeedSection } from './http/seed-format.ts';

/** What a world is seeded with. */
export interface Seeds {
  /** A provider's section: what its part of a fresh world holds. */
  sectionOf(provider: Emulation, extent: SeedExtent): SeedSection;
}

/** The built-in seed. */
export const builtInSeeds: Seeds = {
  sectionOf: ({ seeds }, extent) => (extent === 'everything' ? seeds.builtIn : seeds.bootstrap),
};

/** No seed: the first administrators alone, whatever is asked for. */
export const emptySeeds: Seeds = { sectionOf: ({ seeds }) => seeds.bootstrap };

/** Sections of a file, by provider, each with the first administrator; providers that it does not name keep their built-in seed. */
export function seedsOf(sections: ReadonlyMap<string, SeedSection>): Seeds {
  return {
    sectionOf(provider, extent) {
      const section = sections.get(provider.name);
      if (section === undefined || extent === 'bootstrap') return builtInSeeds.sectionOf(provider, extent);
      return provider.seeds.withBootstrap(section);
    },
  };
}

/** Something that is wrong in a provider's section of a seed. */
export interface SeedProblem {
  readonly path: SeedPath;
  readonly problem: string;
}

/** A seed that contradicts itself or refers to what is not there. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
  readonly provider: string;
  readonly problems: readonly SeedProblem[];

  constructor(provider: string, problems: readonly SeedProblem[]) {
    super(problems.map(({ path, problem }) => `/${[provider, ...path].join('/')} ${problem}`).join('\n'));
    this.provider = provider;
    this.problems = problems;
  }
}

/** A seed file that cannot be used: every problem, a line each. */
export class SeedFileError extends Error {
  override readonly name = 'SeedFileError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const nothing: SeedContext['existing'] = { get: async () => undefined, getByName: async () => undefined };

/**
 * Makes records of a section that fits its schema, for a fresh world, or to be added to one that is running.
 * Throws SeedError with every problem.
 */
export async function readSeed(
  { name, seeds }: Pick<Emulation, 'name' | 'seeds'>,
  section: SeedSection,
  now: Instant,
  running: Pick<SeedContext, 'existing' | 'salt'> = { existing: nothing, salt: '' },
): Promise<ProviderSeed> {
  const problems: SeedProblem[] = [];
  const report = (path: SeedPath, problem: string) => void problems.push({ path, problem });
  const seed = await seeds.read(section, { ...running, now, report });
  if (problems.length > 0) throw new SeedError(name, problems);
  return seed;
}
