import type { Seed } from '../../client/types.ts';
import { CommandError } from './command-error.ts';

/** The content of a seed file, which the latchkey checks that it is sent to. Throws CommandError if it cannot be read. */
export async function seedIn(name: string, folder: string): Promise<Seed> {
  const { readYamlFile } = await import('../../config/yaml-file.ts');
  try {
    return Object(readYamlFile(name, folder).content ?? {});
  } catch (error) {
    throw new CommandError(`${name}: ${error instanceof Error ? error.message : error}`);
  }
}
