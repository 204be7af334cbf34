import { readYamlFile } from '../config/yaml-file.ts';
import { migrationsFolder } from '../package.ts';
import { SqliteWorldStore } from '../store/sqlite-world-store.ts';
import { readSeedFile, type SeedFileParts } from '../worlds/seed-file.ts';
import type { Seeds } from '../worlds/seeds.ts';

/** Which file is read, and what it is for. */
export interface SeedFileRequest extends Omit<SeedFileParts, 'readFile' | 'openStore'> {
  /** What would be in the file; if left out, the file is read. */
  readonly content?: object | undefined;
}

/**
 * Reads a seed file and tries it out in memory. Import this only if there is a file to read: the parser is large.
 * Throws SeedFileError with every problem, each with its line and path.
 */
export function loadSeeds({ content, ...request }: SeedFileRequest): Promise<Seeds> {
  const openStore = () => new SqliteWorldStore(':memory:', migrationsFolder);
  const readFile = content === undefined ? readYamlFile : () => ({ content, lineOf: () => undefined });
  return readSeedFile({ ...request, readFile, openStore });
}
