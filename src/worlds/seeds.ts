import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { Provider } from '../provider/provider.ts';
import { SeedError, type SeedProblem } from '../provider/seed/error.ts';
import type { ProviderSeed, SeedContext, SeedCredential, SeedExtent, SeedPath } from '../provider/seed/format.ts';

/** What a world is seeded with. */
export interface Seeds {
  /** Makes the records of a provider for a fresh world. */
  read(provider: Provider, extent: SeedExtent, context: SeedContext): Promise<ProviderSeed>;
}

/** A key that was issued as a seed describes keys, and what presents it. */
export interface IssuedKey {
  readonly key: ApiKey;
  readonly credential: SeedCredential;
}

/** The built-in seed. */
export const builtInSeeds: Seeds = { read: ({ seeds }, extent, context) => seeds.readOwn(extent, context) };

/** No seed: only the first administrators, whatever extent is asked for. */
export const emptySeeds: Seeds = { read: ({ seeds }, _extent, context) => seeds.readOwn('bootstrap', context) };

/** Seeds that a user wrote. */
export interface OwnSeeds extends Seeds {
  /** By provider. */
  readonly sections: ReadonlyMap<string, unknown>;
}

/** The sections of a seed, by provider. `$schema` is not one: it is for editors. */
export function sectionsOf(content: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(content).filter(([section]) => section !== '$schema'));
}

/** Seeds from sections by provider, each with the first administrator added. A provider without a section keeps its built-in seed. */
export function seedsOf(sections: ReadonlyMap<string, unknown>): OwnSeeds {
  return {
    sections,
    read(provider, extent, context) {
      const hasSection = extent === 'everything' && sections.has(provider.name);
      return hasSection ? provider.seeds.readFile(sections.get(provider.name), context) : provider.seeds.readOwn(extent, context);
    },
  };
}

/** What is seeded, as plain data in which different seeds differ: the sections of one that a user wrote, or which other one it is. */
export function contentOf(seeds: Seeds): unknown {
  if (isOwn(seeds)) return Object.fromEntries(seeds.sections);
  return seeds === emptySeeds ? 'none' : 'built-in';
}

function isOwn(seeds: Seeds): seeds is OwnSeeds {
  return 'sections' in seeds;
}

/** A seed file that cannot be used, with a line for each problem. */
export class SeedFileError extends Error {
  override readonly name = 'SeedFileError';
  readonly problems: readonly string[];
  /** The same with their places in the file, as far as they are about one. */
  readonly found: readonly SeedProblem[];

  constructor(problems: readonly string[], found: readonly SeedProblem[] = []) {
    super(problems.join('\n'));
    this.problems = problems;
    this.found = found;
  }
}

/** What the reader of a seed knows of the world that the seed is for. */
export type Surroundings = Pick<SeedContext, 'existing' | 'salt'>;

const noResources: SeedContext['existing'] = { get: async () => undefined, getByName: async () => undefined };
const freshWorld: Surroundings = { existing: noResources, salt: '' };

/**
 * Calls `read` with a context that collects problems, and returns its result.
 * Throws SeedError with all problems that were reported.
 */
export async function readReporting<T>(
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
