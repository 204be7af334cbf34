import type { Instant } from '../clock.ts';
import type { Provider } from '../provider/provider.ts';
import { SeedError, type SeedProblem } from '../provider/seed/error.ts';
import type { ProviderSeed, SeedContext, SeedExtent, SeedPath } from '../provider/seed/format.ts';

/** What a world is seeded with. */
export interface Seeds {
  /** Makes the records of a provider's part of a fresh world. */
  read(provider: Provider, extent: SeedExtent, context: SeedContext): Promise<ProviderSeed>;
}

/** The built-in seed. */
export const builtInSeeds: Seeds = { read: ({ seeds }, extent, context) => seeds.readOwn(extent, context) };

/** No seed: the first administrators alone, whatever is asked for. */
export const emptySeeds: Seeds = { read: ({ seeds }, _extent, context) => seeds.readOwn('bootstrap', context) };

/** Seeds that somebody wrote, by provider. */
export interface OwnSeeds extends Seeds {
  readonly sections: ReadonlyMap<string, unknown>;
}

/** The sections of a seed, by provider; `$schema` is for editors. */
export function sectionsOf(content: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(content).filter(([section]) => section !== '$schema'));
}

/** Sections of a file, by provider, each with the first administrator; providers that it does not name keep their built-in seed. */
export function seedsOf(sections: ReadonlyMap<string, unknown>): OwnSeeds {
  return {
    sections,
    read(provider, extent, context) {
      const isMeant = extent === 'everything' && sections.has(provider.name);
      return isMeant ? provider.seeds.readFile(sections.get(provider.name), context) : provider.seeds.readOwn(extent, context);
    },
  };
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

/** What a reader is told of the world: nothing, where that is still to be filled. */
export type Surroundings = Pick<SeedContext, 'existing' | 'salt'>;
const freshWorld: Surroundings = { existing: nothing, salt: '' };

/** Has records read, and gives what came of it. Throws SeedError with every problem that was reported. */
export async function reading<T>(
  provider: string,
  now: Instant,
  read: (context: SeedContext) => Promise<T>,
  surroundings: Surroundings = freshWorld,
): Promise<T> {
  const problems: SeedProblem[] = [];
  const report = (path: SeedPath, problem: string) => void problems.push({ path, problem });
  const made = await read({ ...surroundings, now, report });
  if (problems.length > 0) throw new SeedError(provider, problems);
  return made;
}
