import { Type } from 'typebox';
import { DatabaseError } from '../core/world-store.ts';
import type { World } from '../worlds/world.ts';
import { invalid } from './errors.ts';
import { answers, answersPlainly } from './schemas.ts';
import type { ControlScope } from './scope.ts';

const mediaType = 'application/vnd.sqlite3';
/** A million keys take about 400 MB. */
const longestSnapshot = 1 << 30;

const tags = ['World'];

/** The world's database as an SQLite file, out and in. It does not hold the clock, the journal and the faults. */
export function addSnapshotRoutes(scope: ControlScope): void {
  scope.get(
    '/snapshot',
    {
      schema: {
        operationId: 'getSnapshot',
        tags,
        summary: 'All keys and what they refer to, as an SQLite file. It holds the secrets that a provider shows again',
        produces: [mediaType],
        response: answers(Type.Any({ description: 'An SQLite file' })),
      },
      serializerCompiler: answersPlainly,
    },
    async ({ world }, reply) => reply.type(mediaType).send(await world.snapshot()),
  );

  // In a scope of its own, because no other route accepts bytes.
  scope.register(async (reading) => addRestoringRoutes(reading));
}

function addRestoringRoutes(scope: ControlScope): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: longestSnapshot }, (_request, body, done) => done(null, body));
  scope.put(
    '/snapshot',
    {
      config: { isForAnyContents: true },
      schema: {
        operationId: 'putSnapshot',
        tags,
        summary: 'Replace everything by a snapshot; one that cannot be used changes nothing',
        consumes: [mediaType],
        response: answers(Type.Object({ restored: Type.Literal(true) })),
      },
    },
    async ({ world, body }) => restore(world, body),
  );
}

async function restore(world: World, body: unknown) {
  if (!Buffer.isBuffer(body) || body.length === 0)
    throw invalid('the body must be an SQLite file, as GET /_latchkey/snapshot answers it');
  try {
    await world.restore(body);
  } catch (error) {
    if (error instanceof DatabaseError) throw invalid(error.message);
    throw error;
  }
  return { restored: true as const };
}
