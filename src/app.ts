import { parse as parseForm } from 'node:querystring';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { registerControl } from './control/index.ts';
import { EmulatorError } from './core/errors.ts';
import { answerUnreadable } from './http/client-error.ts';
import { sendError, toReply } from './http/errors.ts';
import { longestPathParameter, mountProvider, type ScopeExtension } from './http/mount-provider.ts';
import type { Operation } from './http/operations.ts';
import type { Emulation } from './http/provider.ts';
import { isBrowser, type Mounts } from './mounts.ts';
import { root } from './paths.ts';
import type { World } from './world.ts';

const controlMediaType = 'application/json; charset=utf-8';

export interface AppParts {
  readonly emulations: readonly Emulation[];
  readonly world: World;
  readonly mounts: Mounts;
  readonly logger: FastifyBaseLogger;
  readonly version: string;
  /** Adds to each scope before its routes; the generator of the documents uses it. */
  readonly extend?: ScopeExtension;
}

/** Puts the planes together: the order of everything, in one place. */
export function buildApp(parts: AppParts): FastifyInstance {
  const { emulations, world, mounts, logger, extend } = parts;
  const worldOf = (_request: FastifyRequest) => world;
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    return503OnClosing: false,
    requestIdHeader: false,
    // A child logger per request would cost more than the look-up of its key.
    childLoggerFactory: (parent) => parent,
    clientErrorHandler: answerUnreadable,
    // 1. Mount: every way in leads to /<provider>/… or /_latchkey/….
    rewriteUrl: mounts.rewrite,
    routerOptions: { maxParamLength: longestPathParameter, querystringParser: parseForm },
    frameworkErrors: (error, request, reply) => {
      const provider = emulations.find(({ name }) => request.raw.url?.startsWith(`/${name}/`));
      if (provider === undefined) return sendError(reply, { status: 404, body: rootNotFound(parts, request) }, controlMediaType);
      return sendError(
        reply,
        toReply(provider.errors, new EmulatorError('route_not_found', null, { cause: error }), request),
        provider.jsonMediaType,
      );
    },
  });
  for (const property of ['now', 'keys', 'resources', 'apiKey', 'principal']) app.decorateRequest(property);

  // 2. The control plane, which no provider knows of.
  const operations = new Map<string, readonly Operation[]>();
  const operationsOf = (provider: string) => operations.get(provider) ?? [];
  registerControl(app, { providers: emulations, version: parts.version, folder: root, operationsOf, worldOf }, extend);
  // 3. The providers, each in a scope of its own.
  for (const provider of emulations) operations.set(provider.name, mountProvider(app, provider, worldOf, extend));
  // 4. What is nobody's, whatever its body is: a body that cannot be read changes nothing.
  app.setErrorHandler((_error, request, reply) => reply.code(404).send(rootNotFound(parts, request)));
  app.get('/', (request, reply) => (isBrowser(request.raw) ? reply.redirect('/_latchkey/') : reply.callNotFound()));
  app.setNotFoundHandler((request, reply) => reply.code(404).send(rootNotFound(parts, request)));
  return app;
}

function rootNotFound({ emulations }: AppParts, request: FastifyRequest): object {
  const origin = `http://${request.headers.host ?? 'localhost'}`;
  const bases = Object.fromEntries(emulations.map(({ name }) => [name, `${origin}/${name}`]));
  return {
    error: {
      code: 'route_not_found',
      message: 'No provider owns this path. Each provider answers below its own base URL.',
      details: { bases },
    },
  };
}
