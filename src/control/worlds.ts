import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { toIso } from '../clock.ts';
import { Nullable } from '../provider/schemas.ts';
import { type OwnSeeds, sectionsOf, seedsOf } from '../worlds/seeds.ts';
import type { World } from '../worlds/world.ts';
import { WorldError, type Worlds } from '../worlds/worlds.ts';
import { fromWorldError, invalidAt } from './errors.ts';
import { pageByPlace, pageFields, pageQuery } from './pages.ts';
import { AnyFields, answers, ControlErrorBody } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

const WorldView = Type.Object(
  {
    name: Type.String(),
    url: Type.String({ description: 'The base URL of the world, for the Host of this request' }),
    isOpen: Type.Boolean({ description: 'False if it has not been used since the start and exists only in its file' }),
    now: Nullable(Type.String({ format: 'date-time', description: 'Its clock; null if it is not open' })),
  },
  { title: 'World' },
);
const Named = Type.Object({ name: Type.String() });
export const NewWorld = Type.Object(
  { seed: Type.Optional(AnyFields({ description: 'As in a seed file: seed.schema.json' })) },
  { additionalProperties: false },
);

const tags = ['Worlds'];

/** The worlds: each is made on first use, or here with a seed of its own. */
export function addWorldRoutes(scope: ControlScope, parts: ControlParts): void {
  scope.get(
    '/worlds',
    {
      config: { isAboutNoWorld: true },
      schema: {
        operationId: 'listWorlds',
        tags,
        querystring: Type.Object(pageQuery),
        response: answers(Type.Object({ worlds: Type.Array(WorldView), ...pageFields })),
      },
    },
    async (request) => {
      const { page, ...rest } = pageByPlace(parts.worlds.names(), request.query);
      return { worlds: page.map((name) => viewOf(name, parts.worlds.opened(name), request, parts)), ...rest };
    },
  );

  scope.put(
    '/worlds/:name',
    {
      config: { isAboutNoWorld: true, isForAnyContents: true },
      schema: {
        operationId: 'createWorld',
        tags,
        summary: 'Make a world, with a seed of its own if one is given',
        params: Named,
        body: NewWorld,
        response: { ...answers(WorldView), 409: ControlErrorBody, 507: ControlErrorBody },
      },
    },
    async (request) => {
      const made = await createWorld(request.params.name, request.body.seed, parts);
      return viewOf(made.name, made, request, parts);
    },
  );

  scope.delete(
    '/worlds/:name',
    {
      config: { isAboutNoWorld: true, isForAnyContents: true },
      schema: {
        operationId: 'dropWorld',
        tags,
        summary: 'End a world and forget everything in it',
        params: Named,
        response: answers(Type.Object({ dropped: Type.String() })),
      },
    },
    async ({ params }) => dropWorld(params.name, parts),
  );
}

async function createWorld(name: string, seed: object | undefined, parts: ControlParts): Promise<World> {
  const seeds = seed === undefined ? undefined : await readSeeds(seed, parts.worlds);
  return parts.worlds.create(name, seeds).catch(refuse);
}

async function dropWorld(name: string, { worlds, counts }: ControlParts) {
  await worlds.drop(name).catch(refuse);
  counts.forget(name);
  return { dropped: name };
}

function viewOf(name: string, world: World | undefined, request: FastifyRequest, { worldUrlOf }: ControlParts) {
  const now = world === undefined ? null : toIso(world.clock.now());
  return { name, url: worldUrlOf(request, name), isOpen: world !== undefined, now };
}

/** Reads the content of a seed file. Throws 400 with every problem, each with its path in the body. */
async function readSeeds(seed: object, worlds: Worlds): Promise<OwnSeeds> {
  const sections = sectionsOf(seed);
  const problems = await worlds.problemsOfSeed(sections);
  if (problems.length === 0) return seedsOf(sections);
  throw invalidAt(problems.map(({ path, problem }) => ({ path: ['seed', ...path], problem })));
}

/** Throws a WorldError as an error of the control plane. */
function refuse(error: unknown): never {
  if (error instanceof WorldError) throw fromWorldError(error);
  throw error;
}
