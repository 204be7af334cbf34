import { Type } from 'typebox';
import { SeedFileError } from '../../worlds/seeds.ts';
import type { World } from '../../worlds/world.ts';
import { WorldError } from '../../worlds/world-error.ts';
import { ControlError, fromWorldError, invalid } from '../errors.ts';
import { answers, ControlErrorBody } from '../schemas.ts';
import type { ControlParts, ControlScope } from '../scope.ts';
import { NewWorld, readSeeds } from '../worlds.ts';

export const Seeded = Type.Object({
  worlds: Type.Array(Type.String(), { description: 'The worlds that were reset' }),
});

/** Seeds the world anew: with a seed from the body, or with the file that latchkey was started with, read again. */
export function addSeedRoutes(scope: ControlScope, parts: ControlParts): void {
  scope.post(
    '/seed',
    {
      config: { isForAnyContents: true },
      schema: {
        operationId: 'seed',
        tags: ['World'],
        summary:
          'Read the seed file again, for this world and all without a seed of their own; or take a seed for this world alone. All or nothing, and a reset',
        body: NewWorld,
        response: { ...answers(Seeded), 409: ControlErrorBody },
      },
    },
    async ({ world, body: { seed } }) => ({
      worlds: seed === undefined ? [...(await readAgain(world, parts))] : await sow(world, seed, parts),
    }),
  );
}

/** Throws 409 if there is no file, and 400 with every problem of one that cannot be used. */
async function readAgain(world: World, { reseed }: ControlParts): Promise<readonly string[]> {
  if (reseed === undefined) {
    const message =
      'latchkey was started without a seed file, so there is none to read again: start it with --seed FILE, or send {"seed": …}.';
    throw new ControlError(409, 'no_seed_file', message);
  }
  try {
    return await reseed(world);
  } catch (error) {
    if (!(error instanceof SeedFileError)) throw error;
    const details = error.found.map(({ path, problem }) => ({ path: `/${path.join('/')}`, problem }));
    throw invalid(error.problems.join('; '), details.length === 0 ? null : details);
  }
}

async function sow(world: World, seed: object, { worlds }: ControlParts): Promise<string[]> {
  const own = await readSeeds(seed, worlds);
  await worlds.sow(world, own).catch((error: unknown) => {
    throw error instanceof WorldError ? fromWorldError(error) : error;
  });
  return [world.name];
}
