import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { stopwatchMs, systemClock } from '../clock.ts';
import { bodyOf, ControlError, fromWorldError, unavailable } from '../control/errors.ts';
import { type Admission, admit } from '../control/guard.ts';
import type {} from '../control/request-world.ts';
import { clientHeader, opensNoWorld } from '../control/worlds.ts';
import { goOn } from '../core/at-once.ts';
import { StorageError } from '../core/world-store.ts';
import { controlPrefix, type Mounts } from '../http/mounts.ts';
import { Trace } from '../http/trace.ts';
import { WorldGoneError } from '../worlds/sharing.ts';
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

/** A request at the entrance. */
interface Arrival {
  /** Of the world that it names. */
  readonly name: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  done(error?: Error): void;
}

/**
 * Gives every request its logger, its start and its world, which is made on its first use. No world is made for a caller whom the
 * control plane refuses or who wants none made, and for a call of it that does not exist or is about no world: such a call is given
 * the default world. A world that other processes serve too is brought up to date first, unless a call is about no world.
 */
export function enterWorld(app: FastifyInstance, parts: EntranceParts): void {
  const { worlds, mounts, logger } = parts;
  app.addHook('onRequest', (request, reply, done) => {
    request.log = logger;
    reply.log = logger;
    request.startedMs = stopwatchMs();
    request.mark = null;
    const { world: name } = mounts.of(request.raw);
    const open = worlds.opened(name);
    if (open === undefined) {
      openWorld({ name, request, reply, done }, parts);
    } else if (open.isShared && !isAboutNoWorld(request)) {
      catchUp(open, { name, request, reply, done }, parts);
    } else {
      letIn(open, request);
      done();
    }
  });
}

function letIn(world: World, request: FastifyRequest): void {
  request.world = world;
  request.mark = world.mark;
  world.lastUsedAt = systemClock.now();
}

/** Opens the world of a request, which may have to be made. */
function openWorld(arrival: Arrival, parts: EntranceParts) {
  const { name, request, reply, done } = arrival;
  const { worlds } = parts;
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
  const fail = (error: unknown) => turnAway(error, undefined, arrival, parts);
  const open = () => {
    worlds.open(name, clientHeader in request.headers ? 'client' : 'use').then((world) => {
      if (world.isShared) return catchUp(world, arrival, parts);
      letIn(world, request);
      done();
    }, fail);
  };
  if (!(isControlCall(request) && opensNoWorld(request))) return open();
  void goOn(worlds.has(name), (isThere) => (isThere ? open() : fail(worldNotFound(name))), fail);
}

/** Lets a request into a world that other processes serve too, once it is here as they have left it. */
function catchUp(world: World, arrival: Arrival, parts: EntranceParts): void {
  const entered = world.enter() ?? Promise.resolve();
  entered.then(
    () => {
      letIn(world, arrival.request);
      arrival.done();
    },
    (error: unknown) => {
      // Another process has dropped it: a request makes it anew.
      if (error instanceof WorldGoneError && parts.worlds.forget(world)) openWorld(arrival, parts);
      else turnAway(error instanceof WorldGoneError ? defaultGone(error) : error, world, arrival, parts);
    },
  );
}

/** Nobody can drop the default world by a call. */
function defaultGone(cause: WorldGoneError): StorageError {
  return new StorageError('The default world is gone from where it was stored: start latchkey again to make it anew.', { cause });
}

/**
 * Answers a request that does not get into its world. If it cannot be said now what the world holds, it is refused in the words of
 * whom it was meant for.
 */
function turnAway(error: unknown, world: World | undefined, { request, reply, done }: Arrival, parts: EntranceParts) {
  if (!(error instanceof StorageError)) return answerWorldless(error, request, reply, parts);
  if (isControlCall(request)) return answerWorldless(unavailable(error), request, reply, parts);
  // The provider's own scope words it, and records it as far as it knows the world.
  request.world = world ?? parts.worlds.default;
  request.now = request.world.clock.now();
  request.trace = new Trace();
  request.trace.isWorldless = world === undefined;
  done(error);
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
