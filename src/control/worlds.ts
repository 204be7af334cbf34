import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { toIso } from '../clock.ts';
import { Nullable } from '../provider/schemas.ts';
import { type OwnSeeds, sectionsOf, seedsOf } from '../worlds/seeds.ts';
import type { World } from '../worlds/world.ts';
import { WorldError } from '../worlds/world-error.ts';
import { type WorldMaker, worldMakers } from '../worlds/world-maker.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { fromWorldError, invalidAt } from './errors.ts';
import { pageByPlace, pageFields, pageQuery } from './pages.ts';
import { AnyFields, answers, ControlErrorBody } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';
import { moment } from './views.ts';

const WorldView = Type.Object(
  {
    name: Type.String(),
    url: Type.String({ description: 'The base URL of the world, for the Host of this request' }),
    isOpen: Type.Boolean({ description: 'False if it has not been used since the start and exists only in its file' }),
    keys: Nullable(Type.Integer({ description: 'The number of its keys; null if it is not open' })),
    requests: Nullable(
      Type.Integer({
        description: 'The number of requests in the journal of the process that answers this call; null if it is not open',
      }),
    ),
    hasOwnSeed: Type.Boolean(),
    madeBy: Type.Unsafe<WorldMaker | null>({
      type: ['string', 'null'],
      enum: [...worldMakers, null],
      description: 'Its first request, a call here, or a client of the library; null if it was there at the start',
    }),
    lastUsedAt: Nullable(
      Type.String({ format: 'date-time', description: 'Its last request, in real time; null if there was none since the start' }),
    ),
    now: Nullable(Type.String({ format: 'date-time', description: 'Its clock; null if it is not open' })),
  },
  { title: 'World' },
);
const Named = Type.Object({ name: Type.String({ examples: ['checkout'] }) });
export const NewWorld = Type.Object(
  { seed: Type.Optional(AnyFields({ description: 'As in a seed file: seed.schema.json' })) },
  {
    additionalProperties: false,
    examples: [{ seed: {} }],
  },
);

/** The header by which a client of the library says that it is one. */
export const clientHeader = 'x-latchkey-client';

/** The header by which a page that was left open keeps from making a world again that was dropped. */
const openHeader = 'x-latchkey-open';

/** Whether a call wants no world made for it: a page's reconnect must not bring back one that was dropped. */
export function opensNoWorld({ headers }: FastifyRequest): boolean {
  return String(headers[openHeader]).toLowerCase() === 'no';
}

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
      const { page, ...rest } = pageByPlace(await parts.worlds.everyName(), request.query);
      const views = page.map(async (name) => viewOf(name, await parts.worlds.listed(name), request, parts));
      return { worlds: await Promise.all(views), ...rest };
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
      const by = clientHeader in request.headers ? 'client' : 'call';
      const made = await createWorld(request.params.name, request.body.seed, by, parts);
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

async function createWorld(name: string, seed: object | undefined, by: WorldMaker, parts: ControlParts): Promise<World> {
  const seeds = seed === undefined ? undefined : await readSeeds(seed, parts.worlds);
  return parts.worlds.create(name, seeds, by).catch(refuse);
}

async function dropWorld(name: string, { worlds }: ControlParts) {
  await worlds.drop(name).catch(refuse);
  return { dropped: name };
}

async function viewOf(name: string, world: World | undefined, request: FastifyRequest, parts: ControlParts) {
  const { worldUrlOf, worlds } = parts;
  return {
    name,
    url: worldUrlOf(request, name),
    isOpen: world !== undefined,
    keys: world === undefined ? null : await world.store.keys.count({}),
    requests: world?.journal.size ?? null,
    hasOwnSeed: worlds.hasOwnSeed(name),
    madeBy: world?.madeBy ?? null,
    lastUsedAt: moment(world?.lastUsedAt ?? null),
    now: world === undefined ? null : toIso(world.clock.now()),
  };
}

/** Reads a seed from a body, in its field `seed`. Throws 400 with every problem, each with its path in the body. */
export async function readSeeds(seed: object, worlds: Worlds): Promise<OwnSeeds> {
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
