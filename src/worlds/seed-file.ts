import type { Instant } from '../clock.ts';
import { readYamlFile, type YamlFile } from '../config/yaml-file.ts';
import type { Provider, ProviderModule } from '../provider/provider.ts';
import type { SeedProblem } from '../provider/seed/error.ts';
import type { SeedPath } from '../provider/seed/format.ts';
import { problemsOf } from './seed-trial.ts';
import { emptySeeds, SeedFileError, type Seeds, sectionsOf, seedsOf } from './seeds.ts';

export interface SeedFileParts {
  /** A file, or `none` for the first administrators alone. */
  readonly name: string;
  /** What a relative name starts from. */
  readonly folder: string;
  /** All that a file may name. */
  readonly modules: readonly ProviderModule[];
  /** Those that run, as they run: the others are checked in their default profile. */
  readonly providers: readonly Provider[];
  /** What the clock shows at the start. */
  readonly now: Instant;
}

/** Reads a seed file and makes sure that it can be sown. Throws SeedFileError with every problem, each with its line and path. */
export async function loadSeeds({ name, folder, modules, providers, now }: SeedFileParts): Promise<Seeds> {
  if (name === 'none') return emptySeeds;
  const file = readFile(name, folder);
  const inWords = ({ path, problem }: SeedProblem) => describe(name, file, path, problem);
  const sections = readSections(file.content);
  if (sections === undefined)
    throw new SeedFileError([inWords({ path: [], problem: 'must be an object, with a section for each provider' })]);
  const providerOf = (section: string) =>
    providers.find((one) => one.name === section) ?? inDefaultProfile(modules.find((one) => one.name === section));
  const problems = await problemsOf(sections, { names: modules.map((one) => one.name), providerOf }, now);
  if (problems.length > 0) throw new SeedFileError(problems.map(inWords));
  return seedsOf(sections);
}

function inDefaultProfile(module: ProviderModule | undefined): Provider | undefined {
  return module?.emulate(module.profiles[0] ?? '');
}

function readFile(name: string, folder: string): YamlFile {
  try {
    return readYamlFile(name, folder);
  } catch (error) {
    throw new SeedFileError([`${name}: ${error instanceof Error ? error.message : error}`]);
  }
}

/** The sections of a file; undefined for what has none. */
function readSections(content: unknown): ReadonlyMap<string, unknown> | undefined {
  if (content === null || content === undefined) return new Map();
  if (typeof content !== 'object' || Array.isArray(content)) return undefined;
  return sectionsOf(content);
}

function describe(name: string, file: YamlFile, path: SeedPath, problem: string): string {
  const line = file.lineOf(path);
  return `${name}${line === undefined ? '' : `:${line}`}: ${path.length === 0 ? 'the file' : `/${path.join('/')}`} ${problem}`;
}
