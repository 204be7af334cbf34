import { systemClock } from '../clock.ts';
import { loadProviders } from '../providers/index.ts';
import { loadSeeds } from '../server/seed-file.ts';
import { SeedFileError } from '../worlds/seeds.ts';
import { defineCommand, defineGroup } from './command.ts';

const validate = defineCommand({
  words: ['<file>'],
  options: { json: { type: 'boolean', description: 'print JSON' } },
  async run({ words: [file = ''], surroundings: { folder } }) {
    const problems = await seedProblems(file, folder);
    const data = { file, problems };
    if (problems.length === 0) return { data, text: `${file} is a valid seed file\n` };
    return { data, text: '', problems, status: 1 };
  },
});

/** The problems of a seed file, each with its place; none if it can be used. */
async function seedProblems(name: string, folder: string): Promise<readonly string[]> {
  try {
    await loadSeeds({ name, folder, modules: await loadProviders(), providers: [], now: systemClock.now() });
    return [];
  } catch (error) {
    if (error instanceof SeedFileError) return error.problems;
    throw error;
  }
}

export const command = defineGroup({
  validate: {
    does: 'list every problem of a seed file, with its line',
    examples: ['seed validate seed.yaml', 'seed validate seed.yaml --json'],
    command: validate,
  },
});
