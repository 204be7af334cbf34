import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EmulatorError } from '../core/errors.ts';
import { sendError, toReply } from '../http/errors.ts';
import { controlPrefix, isBrowser, type Mounts } from '../http/mounts.ts';
import type { Provider } from '../provider/provider.ts';
import { baseUrlOf } from './base-urls.ts';

export interface RootParts {
  readonly providers: readonly Provider[];
  readonly mounts: Mounts;
}

const jsonMediaType = 'application/json; charset=utf-8';

/** Answers requests that belong to no provider, whatever their body: unreadable ones go to the error handler. */
export function addRoot(app: FastifyInstance, parts: RootParts): void {
  app.setErrorHandler((_error, request, reply) => answerNotFound(parts, request, reply));
  app.setNotFoundHandler((request, reply) => answerNotFound(parts, request, reply));
  app.get('/', (request, reply) =>
    isBrowser(request.raw) ? reply.redirect(`${lastPartOf(request)}${controlPrefix.slice(1)}/`) : reply.callNotFound(),
  );
}

/** Answers a path that Fastify itself refuses like an unknown path, in the words of the provider that it belongs to. */
export function answerUnroutable(parts: RootParts, error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const provider = parts.providers.find(({ name }) => request.target.path.startsWith(`/${name}/`));
  if (provider === undefined) return answerNotFound(parts, request, reply);
  const notFound = new EmulatorError('route_not_found', null, { cause: error });
  return sendError(reply, toReply(provider.errors, notFound, request), provider.jsonMediaType);
}

function answerNotFound({ providers, mounts }: RootParts, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const bases = Object.fromEntries(providers.map(({ name }) => [name, baseUrlOf(mounts, request, name)]));
  const message = 'No provider owns this path. Each provider answers below its own base URL.';
  const body = { error: { code: 'route_not_found', message, details: { bases } } };
  return sendError(reply, { status: 404, body }, jsonMediaType);
}

/**
 * What a relative redirect has to begin with, so that it leads below the world that the path names: `~name/` after `/~name`.
 * It is relative, because the path of a proxy in front is not known here.
 */
function lastPartOf({ originalUrl }: FastifyRequest): string {
  const [, part] = /^\/(~[^/?]*)(?:\?|$)/.exec(originalUrl) ?? [];
  return part === undefined ? '' : `${part}/`;
}
