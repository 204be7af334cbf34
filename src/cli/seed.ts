import { systemClock } from '../clock.ts';
import { loadProviders } from '../providers/index.ts';
import { loadSeeds } from '../server/seed-file.ts';
import { SeedFileError } from '../worlds/seeds.ts';

/** `latchkey seed validate FILE`: what is wrong with a seed file, each with its place; nothing where it can be used. */
export async function seedProblems(name: string, folder: string): Promise<readonly string[]> {
  try {
    await loadSeeds({ name, folder, modules: await loadProviders(), providers: [], now: systemClock.now() });
    return [];
  } catch (error) {
    if (error instanceof SeedFileError) return error.problems;
    throw error;
  }
}
