import type { ErrorObject } from 'ajv';
import { type Instant, VirtualClock } from './clock.ts';
import { EmulatorError } from './core/errors.ts';
import { ResourceNameTakenError } from './core/resource-store.ts';
import type { Emulation, Provider } from './http/provider.ts';
import { newSeedValidator, type SeedPath, type SeedSection } from './http/seed-format.ts';
import { migrationsFolder } from './paths.ts';
import { seedSchema } from './seed-schema.ts';
import { emptySeeds, SeedError, SeedFileError, type Seeds, seedsOf } from './seeds.ts';
import { SqliteWorldStore } from './store/sqlite-world-store.ts';
import { World } from './world.ts';
import { readYamlFile, type YamlFile } from './yaml-file.ts';

export interface SeedFileParts {
  /** A file, or `none` for the first administrators alone. */
  readonly name: string;
  /** What a relative name starts from. */
  readonly folder: string;
  /** All that a file may name. */
  readonly providers: readonly Provider[];
  /** Those that run. */
  readonly emulations: readonly Emulation[];
  /** What the clock shows at the start. */
  readonly now: Instant;
}

/** Reads a seed file and makes sure that it can be sown. Throws SeedFileError with every problem, each with its line and path. */
export async function loadSeeds({ name, folder, providers, emulations, now }: SeedFileParts): Promise<Seeds> {
  if (name === 'none') return emptySeeds;
  const file = await readYamlFile(name, folder).catch((error: Error): never => {
    throw new SeedFileError([`${name}: ${error.message}`]);
  });
  const sections = checkedSections(file, providers, (path, problem) => describe(name, file, path, problem));
  const seeds = seedsOf(sections);
  const problems: string[] = [];
  for (const emulation of emulations.filter((one) => sections.has(one.name))) {
    for (const { path, problem } of await problemsOf(emulation, seeds, now)) {
      problems.push(describe(name, file, [emulation.name, ...path], problem));
    }
  }
  if (problems.length > 0) throw new SeedFileError(problems);
  return seeds;
}

type Describe = (path: SeedPath, problem: string) => string;

function checkedSections(
  { content }: YamlFile,
  providers: readonly Provider[],
  inWords: Describe,
): ReadonlyMap<string, SeedSection> {
  const fits = newSeedValidator().compile<Readonly<Record<string, SeedSection>>>(seedSchema(providers));
  const file: unknown = content ?? {};
  if (!fits(file)) throw new SeedFileError((fits.errors ?? []).map((error) => inWords(pathOf(error), problemOf(error))));
  return new Map(Object.entries(file).filter(([section]) => section !== '$schema'));
}

/** What is wrong with a provider's section beyond its schema: tried out in a world that nobody sees. */
async function problemsOf(emulation: Emulation, seeds: Seeds, now: Instant): Promise<SeedError['problems']> {
  const store = new SqliteWorldStore(':memory:', migrationsFolder);
  const world = new World('seed', new VirtualClock(now), store, [emulation], seeds);
  try {
    world.clock.freeze();
    world.clock.set(now);
    await world.seedFresh();
    return [];
  } catch (error) {
    if (error instanceof SeedError) return error.problems;
    if (error instanceof ResourceNameTakenError) return [{ path: [], problem: `has a ${error.kind} twice: ${error.takenName}` }];
    if (error instanceof EmulatorError && error.code === 'key_name_taken')
      return [{ path: ['keys'], problem: 'two keys are the same' }];
    throw error;
  } finally {
    world.close();
  }
}

function describe(name: string, file: YamlFile, path: SeedPath, problem: string): string {
  const line = file.lineOf(path);
  return `${name}${line === undefined ? '' : `:${line}`}: ${path.length === 0 ? 'the file' : `/${path.join('/')}`} ${problem}`;
}

/** The way to what an error is about: JSON Pointer, taken apart; list indexes as numbers. */
function pathOf({ instancePath, params }: ErrorObject): SeedPath {
  const parts = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const extra: unknown = params['additionalProperty'] ?? params['missingProperty'];
  return [...parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part)), ...(typeof extra === 'string' ? [extra] : [])];
}

function problemOf({ message = 'does not fit', params, instancePath }: ErrorObject): string {
  if (params['additionalProperty'] !== undefined)
    return instancePath === '' ? 'is no provider' : 'is no field that is known here';
  if (params['missingProperty'] !== undefined) return 'is missing';
  const allowed: unknown = params['allowedValues'];
  return Array.isArray(allowed) ? `must be one of ${allowed.join(', ')}` : message;
}
