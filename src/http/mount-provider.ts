import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Router, { type HTTPMethod } from 'find-my-way';
import type { Clock } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { EmulatorError, fail } from '../core/errors.ts';
import type { KeyService } from '../core/key-service.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import { lazySerializers, lazyValidators } from './compilers.ts';
import { sendError, toReply } from './errors.ts';
import { collectOperations, type KnownOperation, type Operation, toRoutePath } from './operations.ts';
import { type Emulation, type ProviderFacts, type ProviderScope, type Unrouted, WireError } from './provider.ts';

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

/** Longer than any header line that Node accepts: what is too long is the provider's to say. */
export const longestPathParameter = 100_000;

const knownMethods: readonly HTTPMethod[] = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/**
 * Registers a provider as an encapsulated scope below `/<name>`: its parsers, hooks, errors and unknown paths are its own.
 * `extend` may add to the scope before its routes (the documents' generator does). Gives the provider's operations, which
 * are there once the app is ready.
 */
export function mountProvider(
  app: FastifyInstance,
  provider: Emulation,
  worldOf: WorldOf,
  extend?: ScopeExtension,
): readonly Operation[] {
  const prefix = `/${provider.name}`;
  const operations: Operation[] = [];
  app.register(
    async (plain) => {
      await extend?.(plain, provider);
      collectOperations(plain, prefix, operations);
      const scope = plain.withTypeProvider<TypeBoxTypeProvider>();
      const methodsAt = routedMethods(scope);
      scope.setValidatorCompiler(lazyValidators());
      scope.setSerializerCompiler(lazySerializers());
      scope.setErrorHandler((error, request, reply) => answerError(provider, error, request, reply));
      scope.addHook('onRequest', (request, _reply, done) => {
        const world = worldOf(request);
        request.now = world.clock.now();
        request.keys = world.keys(provider.name);
        request.resources = world.resources(provider.name);
        if (provider.parseQuery) request.query = provider.parseQuery(queryOf(request.raw.url ?? ''));
        done();
      });
      provider.prepare?.(scope);
      addAuthentication(scope, provider);
      addEncoding(scope, provider);
      scope.setNotFoundHandler((request) => refuseUnrouted(provider, request, methodsAt));
      provider.routes(scope);
      for (const operation of provider.unimplemented) addUnimplemented(scope, operation, provider.name);
    },
    { prefix },
  );
  return operations;
}

/** A route that is known and not emulated: after the credential, and whatever the body, it says so. */
function addUnimplemented(scope: ProviderScope, operation: KnownOperation, provider: string): void {
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
    onRequest: refuse,
    handler: refuse,
  });
}

async function authenticate(provider: Emulation, request: FastifyRequest): Promise<ApiKey> {
  const secret = provider.readCredential(request);
  request.apiKey = await request.keys.authenticate(secret, request.now);
  await provider.authorise?.(request);
  return request.apiKey;
}

/** Before the body is read, as the real servers do it. Unrouted requests are left to `refuseUnrouted`. */
function addAuthentication(scope: ProviderScope, provider: Emulation): void {
  scope.addHook('onRequest', async (request) => {
    if (request.is404 || request.routeOptions.config.auth === 'none') return;
    await authenticate(provider, request);
  });
}

async function refuseUnrouted(provider: Emulation, request: FastifyRequest, methodsAt: MethodsAt): Promise<never> {
  const allowed = methodsAt((request.raw.url ?? '').split('?', 1)[0] ?? '');
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
    const error = thrown instanceof EmulatorError ? thrown.code : thrown;
    if (typeof error === 'string') request.log.debug({ provider: provider.name, code: error }, 'refused');
    else request.log.error({ provider: provider.name, err: thrown }, 'request failed');
  }
  return sendError(reply, toReply(provider.errors, thrown, request), provider.jsonMediaType);
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
