import { parse as parseForm } from 'node:querystring';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { bodyOf, ControlError, fromWorldError } from '../control/errors.ts';
import { registerControl } from '../control/index.ts';
import type { Https } from '../control/scope.ts';
import { EmulatorError } from '../core/errors.ts';
import { describeKey } from '../http/describe-key.ts';
import { sendError, toReply } from '../http/errors.ts';
import { controlPrefix, isBrowser, type Mounts } from '../http/mounts.ts';
import { mountAuthorization, mountProvider, type ScopeExtension } from '../http/provider-scope.ts';
import { longestPathParameter } from '../http/route-table.ts';
import type { Forward } from '../http/unimplemented.ts';
import { RequestCounts } from '../metrics/request-counts.ts';
import { root } from '../package.ts';
import type { Operation } from '../provider/operations.ts';
import type { Provider } from '../provider/provider.ts';
import { WorldError, type Worlds } from '../worlds/worlds.ts';
import { answerUnreadable } from './client-error.ts';
import { observe } from './observer.ts';

const controlMediaType = 'application/json; charset=utf-8';

export interface AppParts {
  readonly providers: readonly Provider[];
  readonly worlds: Worlds;
  readonly mounts: Mounts;
  readonly logger: FastifyBaseLogger;
  readonly version: string;
  /** What the control plane wants to be shown; undefined: nothing. */
  readonly adminToken?: string | undefined;
  /** Whether answers name their journal entry in a header. */
  readonly explainHeader?: boolean;
  /** Who answers what a provider has and we do not emulate, by provider. */
  readonly forwards?: ReadonlyMap<string, Forward> | undefined;
  /** How https is served beside http; undefined: not at all. Known once it listens. */
  https?(): Https | undefined;
  /** Adds to each scope before its routes; the generator of the documents uses it. */
  readonly extend?: ScopeExtension;
}

/** Puts the planes together: the order of everything, in one place. */
export function buildApp(parts: AppParts): FastifyInstance {
  const { providers, worlds, mounts, logger, extend, adminToken, forwards, explainHeader = false } = parts;
  const worldOf = (request: FastifyRequest) => request.world;
  const counts = new RequestCounts();
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    // No plugin waits for anything, and a timer for each, which are as many as there are routes, is a twentieth of the start.
    pluginTimeout: 0,
    return503OnClosing: false,
    requestIdHeader: false,
    // A child logger per request would cost more than the look-up of its key.
    childLoggerFactory: (parent) => parent,
    clientErrorHandler: answerUnreadable,
    // 1. Mount: every way in leads to /<provider>/… or /_latchkey/….
    rewriteUrl: mounts.rewrite,
    routerOptions: { maxParamLength: longestPathParameter, querystringParser: parseForm },
    // Fastify's own would be loaded here and replaced in every scope: 5 ms of the start.
    schemaController: { compilersFactory: { buildValidator: compileNothing, buildSerializer: compileNothing } },
    frameworkErrors: (error, request, reply) => answerUnroutable(parts, error, request, reply),
  });
  for (const property of ['world', 'trace', 'now', 'keys', 'resources', 'apiKey', 'principal', 'unimplemented'])
    app.decorateRequest(property);

  // 2. The world, made where nobody has asked for it yet.
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
  // 3. The control plane, which no provider knows of.
  const operations = new Map<string, readonly Operation[]>();
  const operationsOf = (provider: string) => operations.get(provider) ?? [];
  registerControl(
    app,
    {
      providers,
      version: parts.version,
      folder: root,
      worlds,
      counts,
      adminToken,
      operationsOf,
      https: () => parts.https?.(),
      baseUrlOf: (request, provider) => baseUrlOf(parts, request, provider),
      worldUrlOf: (request, world) => originOf(request, mounts.baseOfWorld(world, hostOf(request))),
    },
    extend,
  );
  // 4. The providers, each in a scope of its own, watched by what they do not know of.
  const observing = { secrets: providers.map(({ secrets }) => secrets), mounts, counts, explainHeader, worldOf };
  for (const provider of providers) {
    const options = { extend, observer: observe(provider, observing), forward: forwards?.get(provider.name) };
    operations.set(provider.name, mountProvider(app, provider, worldOf, options));
    mountAuthorization(app, provider, worldOf, { prefix: `${controlPrefix}/authorize/${provider.name}`, describe: describeKey });
  }
  // 5. What is nobody's, whatever its body is: a body that cannot be read changes nothing.
  app.setErrorHandler((_error, request, reply) => reply.code(404).send(rootNotFound(parts, request)));
  app.get('/', (request, reply) =>
    isBrowser(request.raw) ? reply.redirect(`${worldBaseOf(request)}/_latchkey/`) : reply.callNotFound(),
  );
  app.setNotFoundHandler((request, reply) => reply.code(404).send(rootNotFound(parts, request)));
  return app;

  /** What comes before every path of the request's world: `/~name`, or nothing where its host names it. */
  function worldBaseOf({ originalUrl }: FastifyRequest): string {
    return /^\/~[^/?]*/.exec(originalUrl)?.[0] ?? '';
  }
}

/** No route outside the scopes has a schema. */
function compileNothing(): never {
  throw new Error('schemas are compiled by the scope that they are in');
}

/** A path that Fastify itself refuses is an unknown one, in the words of the provider that it lies in. */
function answerUnroutable(parts: AppParts, error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const provider = parts.providers.find(({ name }) => request.raw.url?.startsWith(`/${name}/`));
  if (provider === undefined) return sendError(reply, { status: 404, body: rootNotFound(parts, request) }, controlMediaType);
  const notFound = new EmulatorError('route_not_found', null, { cause: error });
  return sendError(reply, toReply(provider.errors, notFound, request), provider.jsonMediaType);
}

/** A request that has no world is nobody's: past the hooks and the words of the scope that it was meant for. */
function answerWorldless(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const isKnown = thrown instanceof WorldError;
  if (!isKnown) request.log.error({ err: thrown }, 'a world could not be made');
  const error = isKnown
    ? fromWorldError(thrown)
    : new ControlError(500, 'internal', 'The world could not be made; the log says why.');
  const text = JSON.stringify(bodyOf(error));
  reply.hijack();
  reply.raw.writeHead(error.status, { 'content-type': controlMediaType, 'content-length': Buffer.byteLength(text) }).end(text);
}

function rootNotFound(parts: AppParts, request: FastifyRequest): object {
  const bases = Object.fromEntries(parts.providers.map(({ name }) => [name, baseUrlOf(parts, request, name)]));
  return {
    error: {
      code: 'route_not_found',
      message: 'No provider owns this path. Each provider answers below its own base URL.',
      details: { bases },
    },
  };
}

/** Where a provider answers in the world that a request means, by the host that it came by. */
function baseUrlOf({ mounts }: AppParts, request: FastifyRequest, provider: string): string {
  return originOf(request, mounts.baseOf(provider, mounts.of(request.raw).world, hostOf(request)));
}

function originOf({ protocol }: FastifyRequest, base: string): string {
  return `${protocol}://${base}`;
}

function hostOf({ headers }: FastifyRequest): string {
  return headers.host ?? 'localhost';
}
