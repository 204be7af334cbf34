import type { Instant } from '../clock.ts';
import type { WorldStore } from '../core/world-store.ts';
import type { Provider, ProviderModule } from '../provider/provider.ts';
import type { SeedProblem } from '../provider/seed/error.ts';
import type { SeedPath } from '../provider/seed/format.ts';
import { problemsOf } from './seed-trial.ts';
import { emptySeeds, SeedFileError, type Seeds, sectionsOf, seedsOf } from './seeds.ts';

/** The content of a file, and the line of each part of it. */
export interface ReadFile {
  /** Null for an empty file. */
  readonly content: unknown;
  /** The line (from 1) of the value at a path, or of the nearest value above it; undefined for an empty file. */
  lineOf(path: SeedPath): number | undefined;
}

export interface SeedFileParts {
  /** A file, or `none` for only the first administrators. */
  readonly name: string;
  /** The folder that a relative name starts from. */
  readonly folder: string;
  /** All providers that a file may name. */
  readonly modules: readonly ProviderModule[];
  /** The running providers. Sections of the others are checked in their default profile. */
  readonly providers: readonly Provider[];
  /** The instant at which the clock starts. */
  readonly now: Instant;
  /** Reads a YAML or JSON file. Throws an Error with a message of one line. */
  readFile(name: string, folder: string): ReadFile;
  /** Opens an empty store to try the seed out in. */
  openStore(): WorldStore;
}

/** Reads a seed file and tries it out. Throws SeedFileError with every problem, each with its line and path. */
export async function readSeedFile(parts: SeedFileParts): Promise<Seeds> {
  const { name, modules, providers, now, openStore } = parts;
  if (name === 'none') return emptySeeds;
  const file = read(parts);
  const describe = ({ path, problem }: SeedProblem) => describeProblem(name, file, path, problem);
  const sections = readSections(file.content);
  if (sections === undefined)
    throw new SeedFileError([describe({ path: [], problem: 'must be an object, with a section for each provider' })]);
  const names = modules.map((module) => module.name);
  const providerOf = (section: string) =>
    providers.find((provider) => provider.name === section) ??
    inDefaultProfile(modules.find((module) => module.name === section));
  const problems = await problemsOf(sections, { names, providerOf, openStore }, now);
  if (problems.length > 0) throw new SeedFileError(problems.map(describe), problems);
  return seedsOf(sections);
}

function inDefaultProfile(module: ProviderModule | undefined): Provider | undefined {
  return module?.emulate(module.profiles[0] ?? '');
}

function read({ name, folder, readFile }: SeedFileParts): ReadFile {
  try {
    return readFile(name, folder);
  } catch (error) {
    throw new SeedFileError([`${name}: ${error instanceof Error ? error.message : error}`]);
  }
}

/** The sections of a file; undefined for content that cannot have any. */
function readSections(content: unknown): ReadonlyMap<string, unknown> | undefined {
  if (content === null || content === undefined) return new Map();
  if (typeof content !== 'object' || Array.isArray(content)) return undefined;
  return sectionsOf(content);
}

function describeProblem(name: string, file: ReadFile, path: SeedPath, problem: string): string {
  const line = file.lineOf(path);
  return `${name}${line === undefined ? '' : `:${line}`}: ${path.length === 0 ? 'the file' : `/${path.join('/')}`} ${problem}`;
}
