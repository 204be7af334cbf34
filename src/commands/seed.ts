import { systemClock } from '../clock.ts';
import { loadProviders } from '../providers/index.ts';
import { loadSeeds } from '../seeds/seed-file.ts';

/** `latchkey seed validate FILE`: says that a seed file can be used. Throws SeedFileError with every problem. */
export async function validateSeed(name: string, folder: string): Promise<string> {
  await loadSeeds({ name, folder, providers: await loadProviders(), emulations: [], now: systemClock.now() });
  return `${name} is a good seed file\n`;
}
