import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { stopwatchMs, systemClock } from '../clock.ts';
import { bodyOf, ControlError, fromWorldError } from '../control/errors.ts';
import { type Admission, admit } from '../control/guard.ts';
import type {} from '../control/request-world.ts';
import { clientHeader, opensNoWorld } from '../control/worlds.ts';
import { controlPrefix, type Mounts } from '../http/mounts.ts';
import { Trace } from '../http/trace.ts';
import type { World } from '../worlds/world.ts';
import { WorldError, worldNotFound } from '../worlds/world-error.ts';
import type { Worlds } from '../worlds/worlds.ts';
import type { Recorder } from './observer.ts';

const mediaType = 'application/json; charset=utf-8';

export interface EntranceParts extends Admission {
  readonly worlds: Worlds;
  readonly mounts: Mounts;
  readonly logger: FastifyBaseLogger;
  readonly record: Recorder;
}

/**
 * Gives every request its logger, its start and its world, which is made on its first use. No world is made for a caller whom the
 * control plane refuses or who wants none made, and for a call of it that does not exist or is about no world: such a call is given
 * the default world.
 */
export function enterWorld(app: FastifyInstance, parts: EntranceParts): void {
  const { worlds, mounts, logger } = parts;
  app.addHook('onRequest', (request, reply, done) => {
    request.log = logger;
    reply.log = logger;
    request.startedMs = stopwatchMs();
    request.mark = null;
    const { world: name } = mounts.of(request.raw);
    const enter = (world: World) => {
      request.world = world;
      request.mark = world.mark;
      world.lastUsedAt = systemClock.now();
      done();
    };
    const open = worlds.opened(name);
    if (open !== undefined) return enter(open);
    try {
      if (isControlCall(request)) admit(request, parts);
      worlds.checkName(name);
    } catch (error) {
      return answerWorldless(error, request, reply, parts);
    }
    if (isAboutNoWorld(request)) {
      request.world = worlds.default;
      return done();
    }
    if (isControlCall(request) && opensNoWorld(request) && !worlds.has(name)) {
      return answerWorldless(worldNotFound(name), request, reply, parts);
    }
    worlds
      .open(name, clientHeader in request.headers ? 'client' : 'use')
      .then(enter, (error: unknown) => answerWorldless(error, request, reply, parts));
  });
}

/** Whether a request is for the control plane itself. Forward-auth below it answers as the providers do. */
function isControlCall({ target: { path } }: FastifyRequest): boolean {
  return (path === controlPrefix || path.startsWith(`${controlPrefix}/`)) && !path.startsWith(`${controlPrefix}/authorize/`);
}

function isAboutNoWorld(request: FastifyRequest): boolean {
  return isControlCall(request) && (request.is404 || request.routeOptions.config.isAboutNoWorld === true);
}

/**
 * A request without a world is answered here, because the scope that it was meant for cannot word an error without one. If it
 * was meant for a provider, it is recorded in the default world.
 */
function answerWorldless(thrown: unknown, request: FastifyRequest, reply: FastifyReply, parts: EntranceParts): void {
  const error = controlErrorOf(thrown);
  const isForeseen = error !== undefined && error.code !== 'world_unusable';
  if (!isForeseen) request.log.error({ err: thrown }, 'a world could not be opened');
  const told = error ?? new ControlError(500, 'internal', 'The world could not be opened; the log says why.');
  if (!isControlCall(request)) recordWorldless(told, request, reply, parts);
  answer(told, reply);
}

function recordWorldless(
  error: ControlError,
  request: FastifyRequest,
  reply: FastifyReply,
  { worlds, record }: EntranceParts,
): void {
  request.world = worlds.default;
  request.now = request.world.clock.now();
  request.trace = new Trace();
  request.trace.isWorldless = true;
  record(request, reply, bodyOf(error), error.status);
}

function controlErrorOf(thrown: unknown): ControlError | undefined {
  if (thrown instanceof ControlError) return thrown;
  return thrown instanceof WorldError ? fromWorldError(thrown) : undefined;
}

function answer(error: ControlError, reply: FastifyReply): void {
  const text = JSON.stringify(bodyOf(error));
  reply.hijack();
  for (const [name, value = ''] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value);
  reply.raw.writeHead(error.status, { 'content-type': mediaType, 'content-length': Buffer.byteLength(text) }).end(text);
}
