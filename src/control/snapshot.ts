import { Type } from 'typebox';
import { DatabaseError } from '../core/world-store.ts';
import { invalid } from './errors.ts';
import { ControlErrorBody } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

const mediaType = 'application/vnd.sqlite3';
/** A million keys take some 400 MB. */
const longestSnapshot = 1 << 30;

/** The world's database as an SQLite file, out and in. The clock, the journal and the faults are not in it. */
export function addSnapshot(scope: ControlScope, { worldOf }: ControlParts): void {
  const tags = ['World'];

  scope.get(
    '/snapshot',
    {
      schema: {
        operationId: 'getSnapshot',
        tags,
        summary: 'All keys and what they refer to, as an SQLite file. It holds the secrets that a provider shows again',
        produces: [mediaType],
        response: { 200: Type.Any({ description: 'An SQLite file' }), 400: ControlErrorBody },
      },
      serializerCompiler: () => (payload: unknown) => String(payload),
    },
    async (request, reply) => reply.type(mediaType).send(worldOf(request).store.snapshot()),
  );

  // Alone in taking bytes, so in a scope of its own.
  scope.register(async (reading) => {
    reading.removeAllContentTypeParsers();
    reading.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: longestSnapshot }, (_request, body, done) =>
      done(null, body),
    );
    reading.put(
      '/snapshot',
      {
        schema: {
          operationId: 'putSnapshot',
          tags,
          summary: 'Put a snapshot in the place of everything; one that cannot be used changes nothing',
          consumes: [mediaType],
          response: { 200: Type.Object({ restored: Type.Literal(true) }), 400: ControlErrorBody },
        },
      },
      async (request) => {
        if (!Buffer.isBuffer(request.body) || request.body.length === 0)
          throw invalid('the body must be an SQLite file, as GET /snapshot gives it');
        try {
          worldOf(request).restore(request.body);
        } catch (error) {
          if (error instanceof DatabaseError) throw invalid(error.message);
          throw error;
        }
        return { restored: true };
      },
    );
  });
}
