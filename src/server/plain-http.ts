import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { GroupedResponse } from './grouped-response.ts';

/** How a server of plain http reads requests and writes answers. */
export const plainHttp = {
  ServerResponse: GroupedResponse,
  requireHostHeader: false,
  // A request without a body costs no stream. Node's releases that do not know it yet make one.
  optimizeEmptyRequests: true,
} as const;

/**
 * Lets the parser of a content type read a body that was not sent as an empty one. Its stream has ended before anybody could
 * listen, and a parser would wait for that end.
 */
export function readAbsentBodies(app: FastifyInstance): void {
  app.addHook('preParsing', ({ raw, headers }, _reply, _payload, done) => {
    if (raw.readableEnded && headers['content-type'] !== undefined) done(null, Readable.from([]));
    else done();
  });
}
