import { systemClock } from '../clock.ts';
import { ConfigError, loadConfig } from '../config/config.ts';
import { loadProviders } from '../providers/index.ts';
import { loadSeeds } from '../server/seed-file.ts';
import { SeedFileError } from '../worlds/seeds.ts';
import { seedIn } from './arguments/seed-word.ts';
import { defineCommand, defineGroup, type Surroundings } from './command.ts';
import { drivingOptions, open } from './reaching/driving.ts';
import { placeOptions } from './reaching/place.ts';

const validate = defineCommand({
  words: ['<file>'],
  options: { config: placeOptions.config, json: { type: 'boolean', description: 'print JSON' } },
  async run({ options, words: [file = ''], surroundings }) {
    const problems = await seedProblems(file, options.config, surroundings);
    const data = { file, problems };
    if (problems.length === 0) return { data, text: `${file} is a valid seed file\n` };
    return { data, text: '', problems, status: 1 };
  },
});

/** The problems of a seed file, each with its place, for the profiles and the clock that `serve` would have; none if it can be used. */
async function seedProblems(
  name: string,
  configFile: string | undefined,
  { env, folder }: Surroundings,
): Promise<readonly string[]> {
  const modules = await loadProviders();
  try {
    const args = configFile === undefined ? [] : [`--config=${configFile}`];
    const { profiles, clock = systemClock.now() } = await loadConfig({ args, env, folder, isPartial: true }, modules);
    const providers = modules.flatMap((module) => {
      const profile = profiles.get(module.name);
      return profile === undefined ? [] : [module.emulate(profile)];
    });
    await loadSeeds({ name, folder, modules, providers, now: clock });
    return [];
  } catch (error) {
    if (error instanceof SeedFileError || error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const load = defineCommand({
  words: ['[file]'],
  options: drivingOptions,
  async run({ options, words: [file], surroundings: { folder } }) {
    const seed = file === undefined ? undefined : await seedIn(file, folder);
    const lk = await open(options);
    await lk.seed(seed);
    return { data: { file: file ?? null }, text: file === undefined ? 'the seed file was read again\n' : `loaded ${file}\n` };
  },
});

export const command = defineGroup({
  validate: {
    does: 'list every problem of a seed file, with its line',
    examples: ['seed validate seed.yaml', 'seed validate seed.yaml --json'],
    command: validate,
  },
  load: {
    does: 'have latchkey read its seed file again; with a file, take that one for one world; and reset',
    examples: ['seed load', 'seed load seed.yaml --world checkout-7'],
    command: load,
  },
});
