import { Type } from 'typebox';
import { toIso } from '../clock.ts';
import { type OwnSeeds, sectionsOf, seedsOf } from '../worlds/seeds.ts';
import type { World } from '../worlds/world.ts';
import { WorldError, type Worlds } from '../worlds/worlds.ts';
import { fromWorldError, invalidAt } from './errors.ts';
import { pageFields, pageOf, pageQuery } from './pages.ts';
import { answers } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

const WorldView = Type.Object(
  {
    name: Type.String(),
    url: Type.String({ description: 'What comes before every path in it; it follows the Host of the request' }),
    isOpen: Type.Boolean({ description: 'False: it lies in its file, and nobody has asked for it since the start' }),
    now: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      format: 'date-time',
      description: 'Its clock, where it is open',
    }),
  },
  { title: 'World' },
);
const Named = Type.Object({ name: Type.String() });

/** The worlds there are: each is made on first use, or here with a seed of its own. */
export function addWorlds(scope: ControlScope, parts: ControlParts): void {
  const { worlds, counts, worldUrlOf } = parts;
  const tags = ['Worlds'];
  const failures = { 409: answers(WorldView)[400], 507: answers(WorldView)[400] };

  scope.get(
    '/worlds',
    {
      schema: {
        operationId: 'listWorlds',
        tags,
        querystring: Type.Object(pageQuery),
        response: answers(Type.Object({ worlds: Type.Array(WorldView), ...pageFields })),
      },
    },
    async (request) => {
      const { page, ...rest } = pageOf(worlds.names(), request.query);
      return { worlds: page.map((name) => viewOf(name, worldUrlOf(request, name), worlds.opened(name))), ...rest };
    },
  );

  scope.put(
    '/worlds/:name',
    {
      schema: {
        operationId: 'createWorld',
        tags,
        summary: 'Make a world, with a seed of its own where one is given',
        params: Named,
        body: Type.Object(
          {
            seed: Type.Optional(
              Type.Object({}, { additionalProperties: true, description: 'As in a seed file: seed.schema.json' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { ...answers(WorldView), ...failures },
      },
    },
    async (request) => {
      const { seed } = request.body;
      const seeds = seed === undefined ? undefined : await readSeeds(seed, worlds);
      const made = await worlds.create(request.params.name, seeds).catch(refuse);
      return viewOf(made.name, worldUrlOf(request, made.name), made);
    },
  );

  scope.delete(
    '/worlds/:name',
    {
      schema: {
        operationId: 'dropWorld',
        tags,
        summary: 'End a world and forget all that is in it',
        params: Named,
        response: answers(Type.Object({ dropped: Type.String() })),
      },
    },
    async (request) => {
      const { name } = request.params;
      await worlds.drop(name).catch(refuse);
      counts.forget(name);
      return { dropped: name };
    },
  );
}

function viewOf(name: string, url: string, world: World | undefined) {
  return { name, url, isOpen: world !== undefined, now: world === undefined ? null : toIso(world.clock.now()) };
}

/** Reads a seed as a seed file holds it. Throws 400 with every problem there is, each with its path in the body. */
async function readSeeds(seed: object, worlds: Worlds): Promise<OwnSeeds> {
  const sections = sectionsOf(seed);
  const problems = await worlds.problemsOfSeed(sections);
  if (problems.length === 0) return seedsOf(sections);
  throw invalidAt(problems.map(({ path, problem }) => ({ path: ['seed', ...path], problem })));
}

/** In the control plane's own words. */
function refuse(error: unknown): never {
  if (error instanceof WorldError) throw fromWorldError(error);
  throw error;
}
