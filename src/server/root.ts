import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EmulatorError } from '../core/errors.ts';
import { dateAnswer } from '../http/dates.ts';
import { sendError, toReply } from '../http/errors.ts';
import { controlPrefix, isBrowser, type Mounts } from '../http/mounts.ts';
import { Trace } from '../http/trace.ts';
import type { Provider } from '../provider/provider.ts';
import { baseUrlOf } from './base-urls.ts';
import type { Recorder } from './observer.ts';

export interface RootParts {
  readonly providers: readonly Provider[];
  readonly mounts: Mounts;
}

/** What also records the requests. */
export interface RecordingRootParts extends RootParts {
  readonly record: Recorder;
}

const jsonMediaType = 'application/json; charset=utf-8';

/** Answers requests that belong to no provider, whatever their body: unreadable ones go to the error handler. */
export function addRoot(app: FastifyInstance, parts: RecordingRootParts): void {
  const answer = (request: FastifyRequest, reply: FastifyReply) => {
    request.trace = new Trace();
    request.now = request.world.clock.now();
    request.trace.note(new EmulatorError('route_not_found', null));
    const body = notFoundBody(parts, request);
    parts.record(request, reply, body, 404);
    dateAnswer(request, reply);
    return sendError(reply, { status: 404, body }, jsonMediaType);
  };
  app.setErrorHandler((error, request, reply) => {
    const provider = providerOf(parts, request);
    return provider === undefined ? answer(request, reply) : answerUnworded(provider, error, request, reply);
  });
  app.setNotFoundHandler(answer);
  app.get('/', (request, reply) =>
    isBrowser(request.raw) ? reply.redirect(`${lastPartOf(request)}${controlPrefix.slice(1)}/`) : reply.callNotFound(),
  );
}

/** Answers a path that Fastify itself refuses like an unknown path, in the words of the provider that it belongs to. */
export function answerUnroutable(parts: RootParts, error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const provider = providerOf(parts, request);
  if (provider === undefined) return sendError(reply, { status: 404, body: notFoundBody(parts, request) }, jsonMediaType);
  const notFound = new EmulatorError('route_not_found', null, { cause: error });
  return sendError(reply, toReply(provider.errors, notFound, request), provider.jsonMediaType);
}

/** Answers what a provider's own error handler failed to word. */
function answerUnworded(provider: Provider, cause: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.log.error({ provider: provider.name, err: cause }, 'an error could not be worded');
  const internal = new EmulatorError('internal', null, { cause });
  return sendError(reply, toReply(provider.errors, internal, request), provider.jsonMediaType);
}

function providerOf({ providers }: RootParts, { target: { path } }: FastifyRequest): Provider | undefined {
  return providers.find(({ name }) => path.startsWith(`/${name}/`));
}

function notFoundBody({ providers, mounts }: RootParts, request: FastifyRequest): object {
  const bases = Object.fromEntries(providers.map(({ name }) => [name, baseUrlOf(mounts, request, name)]));
  const message = 'No provider owns this path. Each provider answers below its own base URL.';
  return { error: { code: 'route_not_found', message, details: { bases } } };
}

/**
 * What a relative redirect has to begin with, so that it leads below the world that the path names: `~name/` after `/~name`.
 * It is relative, because the path of a proxy in front is not known here.
 */
function lastPartOf({ originalUrl }: FastifyRequest): string {
  const [, part] = /^\/(~[^/?]*)(?:\?|$)/.exec(originalUrl) ?? [];
  return part === undefined ? '' : `${part}/`;
}
