import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Router, { type HTTPMethod } from 'find-my-way';
import type { Clock } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { EmulatorError, fail } from '../core/errors.ts';
import type { KeyService } from '../core/key-service.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import { lazySerializers, lazyValidators } from './compilers.ts';
import { sendError, toEmulatorError, toReply } from './errors.ts';
import { collectOperations, type KnownOperation, type Operation, toRoutePath } from './operations.ts';
import { type Emulation, type ProviderFacts, type ProviderScope, type Unrouted, WireError } from './provider.ts';
import { Trace } from './trace.ts';

/** What a provider may see of the world that a request belongs to. */
export interface ProviderWorld {
  readonly clock: Clock;
  keys(provider: string): KeyService;
  resources(provider: string): ResourceStore;
}

export type WorldOf = (request: FastifyRequest) => ProviderWorld;

/** What a scope's generated document says of it. */
export interface DocumentFacts {
  readonly name: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly security: ProviderFacts['security'];
  loadLedger?: ProviderFacts['loadLedger'];
}

/** Where SUPPORTED.md can be read, below the origin of the shared port. */
export const supportedPath = '/_latchkey/SUPPORTED.md';

export type ScopeExtension = (scope: FastifyInstance, facts: DocumentFacts) => Promise<void>;

/** Looks over a provider's shoulder: adds hooks to its scope that neither it nor its routes know of. */
export interface ScopeObserver {
  /** Before a credential is asked for, once the provider's own first hooks have run. */
  beforeAuthentication(scope: ProviderScope, provider: Emulation): void;
  /** Once an answer's text is as it will be sent. */
  beforeSending(scope: ProviderScope, provider: Emulation): void;
}

/** Hands a request on to somebody else, who answers it. */
export type Forward = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** What may be added to a provider's scope. */
export interface MountOptions {
  /** Before its routes; the generator of the documents uses it. */
  readonly extend?: ScopeExtension | undefined;
  readonly observer?: ScopeObserver | undefined;
  /** Answers what the provider has and we do not emulate, once the credential is accepted. */
  readonly forward?: Forward | undefined;
}

/** Longer than any header line that Node accepts: what is too long is the provider's to say. */
export const longestPathParameter = 100_000;

const knownMethods: readonly HTTPMethod[] = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/**
 * Registers a provider as an encapsulated scope below `/<name>`: its parsers, hooks, errors and unknown paths are its own.
 * Gives the provider's operations, which are there once the app is ready.
 */
export function mountProvider(
  app: FastifyInstance,
  provider: Emulation,
  worldOf: WorldOf,
  { extend, observer, forward }: MountOptions = {},
): readonly Operation[] {
  const prefix = `/${provider.name}`;
  const operations: Operation[] = [];
  app.register(
    async (plain) => {
      await extend?.(plain, provider);
      collectOperations(plain, prefix, operations);
      const scope = plain.withTypeProvider<TypeBoxTypeProvider>();
      const methodsAt = routedMethods(scope);
      setUp(scope, provider, worldOf, observer);
      if (forward !== undefined) forwardUnrouted(scope, provider, methodsAt, forward);
      scope.setNotFoundHandler((request) => refuseUnrouted(provider, request, methodsAt));
      provider.routes(scope);
      for (const operation of provider.unimplemented) addUnimplemented(scope, operation, provider.name, forward);
    },
    { prefix },
  );
  return operations;
}

/**
 * Registers, below a path, what answers anything by whether its credential is accepted: with 200 and the headers that
 * `describe` makes of the key, or with the provider's own refusal.
 */
export function mountAuthorization(
  app: FastifyInstance,
  provider: Emulation,
  worldOf: WorldOf,
  { prefix, describe }: { readonly prefix: string; describe(key: ApiKey): Readonly<Record<string, string>> },
): void {
  app.register(
    async (plain) => {
      const scope = plain.withTypeProvider<TypeBoxTypeProvider>();
      setUp(scope, provider, worldOf);
      const { requiresNothing: requires } = provider;
      for (const url of ['/', '/*']) {
        scope.route({
          method: [...knownMethods],
          url,
          config: { ...(requires !== undefined && { requires }) },
          schema: { hide: true },
          handler: async (request, reply) => reply.headers(describe(request.apiKey)).send(),
        });
      }
    },
    { prefix },
  );
}

/** What every scope of a provider has: its parsers, its hooks in their order, its errors. */
function setUp(scope: ProviderScope, provider: Emulation, worldOf: WorldOf, observer?: ScopeObserver): void {
  scope.setValidatorCompiler(lazyValidators());
  scope.setSerializerCompiler(lazySerializers());
  scope.setErrorHandler((error, request, reply) => answerError(provider, error, request, reply));
  scope.addHook('onRequest', (request, _reply, done) => {
    const world = worldOf(request);
    request.trace = new Trace();
    request.now = world.clock.now();
    request.keys = world.keys(provider.name);
    request.resources = world.resources(provider.name);
    if (provider.parseQuery) request.query = provider.parseQuery(queryOf(request.raw.url ?? ''));
    done();
  });
  provider.prepare?.(scope);
  observer?.beforeAuthentication(scope, provider);
  addAuthentication(scope, provider);
  addEncoding(scope, provider);
  observer?.beforeSending(scope, provider);
}

/** A route that is known and not emulated: after the credential, and whatever the body, it says so, or somebody else answers. */
function addUnimplemented(scope: ProviderScope, operation: KnownOperation, provider: string, forward?: Forward): void {
  const { id, method, path, requires, auth } = operation;
  const refuse = async (_request: FastifyRequest, reply: FastifyReply): Promise<never> => {
    reply.header('link', `<${supportedPath}#${provider}>; rel="help"`);
    return fail('not_implemented', { operation: id });
  };
  scope.route({
    method,
    url: toRoutePath(path),
    config: { ...(requires !== undefined && { requires }), ...(auth !== undefined && { auth }) },
    schema: { hide: true, operationId: id },
    onRequest: forward === undefined ? refuse : async (request, reply) => forward(request, reply),
    handler: refuse,
  });
}

/** Paths that neither we nor the specification know may be the vendor's all the same. */
function forwardUnrouted(scope: ProviderScope, provider: Emulation, methodsAt: MethodsAt, forward: Forward): void {
  scope.addHook('onRequest', async (request, reply) => {
    if (!request.is404 || request.method === 'OPTIONS' || methodsAt(pathOf(request)).length > 0) return;
    await authenticate(provider, request, provider.requiresNothing);
    return forward(request, reply);
  });
}

async function authenticate(provider: Emulation, request: FastifyRequest, requires?: string): Promise<ApiKey> {
  const { trace, keys, now } = request;
  const secret = provider.readCredential(request);
  trace.secret = secret;
  try {
    request.apiKey = await keys.authenticate(secret, now);
  } catch (error) {
    trace.key = (await keys.introspect(secret, now)).key;
    throw error;
  }
  trace.key = request.apiKey;
  trace.isAuthenticated = true;
  if (provider.authorise === undefined) return request.apiKey;
  trace.isPermitted = false;
  await provider.authorise(request, requires);
  trace.isPermitted = true;
  return request.apiKey;
}

/** Before the body is read, as the real servers do it. Unrouted requests are left to `refuseUnrouted`. */
function addAuthentication(scope: ProviderScope, provider: Emulation): void {
  scope.addHook('onRequest', async (request) => {
    if (request.is404 || request.routeOptions.config.auth === 'none') return;
    await authenticate(provider, request, request.routeOptions.config.requires);
  });
}

async function refuseUnrouted(provider: Emulation, request: FastifyRequest, methodsAt: MethodsAt): Promise<never> {
  const allowed = methodsAt(pathOf(request));
  if (provider.refuseUnrouted) {
    return provider.refuseUnrouted(request, { allowed, methodsAt, authenticate: () => authenticate(provider, request) });
  }
  return allowed.length > 0 ? fail('method_not_allowed', { allowed }) : fail('route_not_found', null);
}

/** Gives JSON answers the provider's media type and its encoder's last touch. */
function addEncoding(scope: ProviderScope, provider: Emulation): void {
  scope.addHook('onSend', (request, reply, payload, done) => {
    if (typeof payload !== 'string' || payload === '') return done(null, payload);
    const mediaType = reply.getHeader('content-type');
    if (typeof mediaType !== 'string' || !mediaType.startsWith('application/json')) return done(null, payload);
    reply.header('content-type', provider.jsonMediaType);
    done(null, provider.encodeJson?.(payload, request) ?? payload);
  });
}

function answerError(provider: Emulation, thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!(thrown instanceof WireError)) {
    request.trace.code = toEmulatorError(thrown).code;
    const error = thrown instanceof EmulatorError ? thrown.code : thrown;
    if (typeof error === 'string') request.log.debug({ provider: provider.name, code: error }, 'refused');
    else request.log.error({ provider: provider.name, err: thrown }, 'request failed');
  }
  return sendError(reply, toReply(provider.errors, thrown, request), provider.jsonMediaType);
}

function pathOf(request: FastifyRequest): string {
  return (request.raw.url ?? '').split('?', 1)[0] ?? '';
}

function queryOf(url: string): string {
  const mark = url.indexOf('?');
  return mark === -1 ? '' : url.slice(mark + 1);
}

type MethodsAt = Unrouted['methodsAt'];

/** Collects the scope's routes as they are added; the result tells which methods a path has. */
function routedMethods(scope: ProviderScope): MethodsAt {
  const router = Router({ maxParamLength: longestPathParameter });
  const methods = new Set<HTTPMethod>();
  scope.addHook('onRoute', ({ url, method }) => {
    for (const one of knownMethods.filter((known) => [method].flat().includes(known))) {
      router.on(one, url, () => {});
      methods.add(one);
    }
  });
  return (path) => [...methods].filter((method) => router.find(method, path) !== null).sort();
}
