import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, ControlError, fromWorldError } from '../control/errors.ts';
import type { Mounts } from '../http/mounts.ts';
import { WorldError, type Worlds } from '../worlds/worlds.ts';

const mediaType = 'application/json; charset=utf-8';

/** Gives every request its world, which is created on its first use. */
export function enterWorld(app: FastifyInstance, worlds: Worlds, mounts: Mounts): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { world: name } = mounts.of(request.raw);
    const open = worlds.opened(name);
    if (open !== undefined) {
      request.world = open;
      return done();
    }
    worlds.open(name).then(
      (world) => {
        request.world = world;
        done();
      },
      (error: unknown) => answerWorldless(error, request, reply),
    );
  });
}

/** A request without a world is answered here, because the scope that it was meant for cannot word an error without one. */
function answerWorldless(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const isKnown = thrown instanceof WorldError;
  const isForeseen = isKnown && thrown.code !== 'world_unusable';
  if (!isForeseen) request.log.error({ err: thrown }, 'a world could not be opened');
  const error = isKnown
    ? fromWorldError(thrown)
    : new ControlError(500, 'internal', 'The world could not be made; the log says why.');
  const text = JSON.stringify(bodyOf(error));
  reply.hijack();
  reply.raw.writeHead(error.status, { 'content-type': mediaType, 'content-length': Buffer.byteLength(text) }).end(text);
}
