import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EmulatorError } from '../core/errors.ts';
import { collectOperations, type Operation } from '../provider/operations.ts';
import type { Provider, ProviderFacts, ProviderScope } from '../provider/provider.ts';
import { addAuthentication, type Requirement } from './authentication.ts';
import { lazySerializers, lazyValidators } from './compilers.ts';
import { dateAnswer } from './dates.ts';
import { answerError, toReply } from './errors.ts';
import type {} from './request-world.ts';
import { RouteTable } from './route-table.ts';
import { Trace } from './trace.ts';
import { addUnimplemented, type Forward, findUnimplemented, isRouted, isUnknown } from './unimplemented.ts';
import { refuseUnrouted } from './unrouted.ts';

/** What the generated document of a scope says about the scope as a whole. */
export interface DocumentFacts {
  readonly name: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly security: ProviderFacts['security'];
  loadLedger?: ProviderFacts['loadLedger'];
}

export type ScopeExtension = (scope: FastifyInstance, facts: DocumentFacts) => Promise<void>;

/** Watches a provider's requests: adds hooks to its scope that neither the provider nor its routes know of. */
export interface ScopeObserver {
  /** Adds hooks that run before a credential is read, once the provider's own first hooks have run. */
  beforeAuthentication(scope: ProviderScope): void;
  /** Adds hooks that run once the text of an answer is as it will be sent. */
  beforeSending(scope: ProviderScope): void;
}

/** What may be added to a provider's scope. */
export interface MountOptions {
  /** Runs before routes are added; the generator of the documents uses it. */
  readonly extend?: ScopeExtension | undefined;
  readonly observer?: ScopeObserver | undefined;
  /** Answers operations that the vendor has and this emulator does not, once the credential is accepted. */
  readonly forward?: Forward | undefined;
}

/**
 * Registers a provider as an encapsulated scope below `/<name>`: its parsers, hooks, errors and unknown paths are its own.
 * Returns the provider's operations, which are there once the app is ready.
 */
export function mountProvider(
  app: FastifyInstance,
  provider: Provider,
  { extend, observer, forward }: MountOptions = {},
): readonly Operation[] {
  const prefix = `/${provider.name}`;
  const operations: Operation[] = [];
  const register = async (plain: FastifyInstance) => {
    await extend?.(plain, provider);
    collectOperations(plain, prefix, operations);
    const table = new RouteTable();
    table.watch(plain);
    table.addUnimplemented(provider.unimplemented, prefix);
    const scope = plain.withTypeProvider<TypeBoxTypeProvider>();
    const requirementOf = (request: FastifyRequest) => requirementOfOperation(request, provider, forward && table);
    addPipeline(scope, provider, { table, requirementOf, observer, forward });
    // A path that no operation has is refused before the body is read, so that nothing in it matters.
    scope.addHook('onRequest', (request, _reply, done) => {
      if (request.is404) refuseUnrouted(provider, request, table).catch(done);
      else done();
    });
    scope.setNotFoundHandler((request) => refuseUnrouted(provider, request, table));
    provider.routes(scope);
  };
  app.register(register, { prefix });
  return operations;
}

/** What a scope of a provider differs in. */
export interface Pipeline extends Pick<MountOptions, 'observer' | 'forward'> {
  readonly table: RouteTable;
  requirementOf(request: FastifyRequest): Requirement | undefined;
}

/** What happens to a request to a provider, in this order. */
export function addPipeline(
  scope: ProviderScope,
  provider: Provider,
  { table, requirementOf, observer, forward }: Pipeline,
): void {
  scope.setValidatorCompiler(lazyValidators());
  scope.setSerializerCompiler(lazySerializers());
  scope.setErrorHandler((error, request, reply) => answerError(provider, error, request, reply));
  // Before the body is read:
  // 1. The facts of the request: its instant, the keys of its world, its query, its operation.
  addFacts(scope, provider, table);
  // 2. The provider's own parsers and hooks.
  provider.prepare?.(scope);
  refuseExpectations(scope);
  // 3. The observer: faults act here.
  observer?.beforeAuthentication(scope);
  // 4. Paths that only our router matches.
  addRouteCheck(scope, provider);
  // 5. Authentication.
  addAuthentication(scope, provider, requirementOf);
  // 6. Operations that are not emulated.
  addUnimplemented(scope, provider, table, forward);
  // 7. The route: its own hooks, the body, validation, the handler. A request that matched no route goes to the not-found handler.
  // Before the answer is sent:
  // 8. The provider's own JSON encoding.
  addEncoding(scope, provider);
  // 9. The gate: what it decided is said. Then the observer: the answer is recorded.
  addGate(scope);
  observer?.beforeSending(scope);
  // 10. The date, by the world's clock.
  scope.addHook('onSend', (request, reply, _payload, done) => {
    dateAnswer(request, reply);
    done();
  });
}

function addFacts(scope: ProviderScope, provider: Provider, table: RouteTable): void {
  const { name, parseQuery } = provider;
  const { gate } = scope;
  scope.addHook('onRequest', (request, _reply, done) => {
    const { world, target } = request;
    request.trace = new Trace();
    request.now = world.clock.now();
    request.resources = world.resources(name);
    request.keys = gate.keysOf(world.keys(name), request, provider);
    if (parseQuery !== undefined) request.query = target.search === '' ? {} : parseQuery(target.search.slice(1));
    if (request.is404) findUnimplemented(request, table);
    done();
  });
}

/** Tells the gate of the answers that it decided. */
function addGate(scope: ProviderScope): void {
  const { gate } = scope;
  if (gate.mutant === null) return;
  scope.addHook('onSend', (request, reply, _payload, done) => {
    if (request.trace.decision !== undefined) gate.answered(request, reply);
    done();
  });
}

/** Refuses a request that expects what no server here does. */
function refuseExpectations(scope: ProviderScope): void {
  scope.addHook('onRequest', ({ headers: { expect } }, _reply, done) => {
    if (expect === undefined || expect.toLowerCase() === '100-continue') done();
    else done(new EmulatorError('expectation_failed', null));
  });
}

function addRouteCheck(scope: ProviderScope, { checkRoute }: Provider): void {
  if (checkRoute === undefined) return;
  scope.addHook('onRequest', (request, _reply, done) => {
    if (isRouted(request)) checkRoute(request);
    done();
  });
}

/**
 * What the operation of a request requires, from the config of its route. `forwarded` has the known paths if unknown ones are
 * forwarded: those then require an accepted key. Otherwise the not-found handler decides.
 */
function requirementOfOperation(request: FastifyRequest, provider: Provider, forwarded?: RouteTable): Requirement | undefined {
  const { unimplemented, routeOptions } = request;
  if (isRouted(request)) {
    const { auth, requires } = unimplemented ?? routeOptions.config ?? {};
    return auth === 'none' ? undefined : { requires };
  }
  return forwarded !== undefined && isUnknown(request, forwarded) ? { requires: provider.requiresNothing } : undefined;
}

/** Gives JSON answers the provider's media type, and applies its own JSON encoding. */
function addEncoding(scope: ProviderScope, provider: Provider): void {
  scope.addHook('onSend', (request, reply, payload, done) => {
    if (typeof payload !== 'string' || payload === '') return done(null, payload);
    const mediaType = reply.getHeader('content-type');
    if (typeof mediaType !== 'string' || !mediaType.startsWith('application/json')) return done(null, payload);
    reply.header('content-type', provider.jsonMediaType);
    done(null, encoded(provider, payload, request, reply));
  });
}

/** An answer in the provider's JSON encoding; if that fails, the provider's internal error. */
function encoded(provider: Provider, payload: string, request: FastifyRequest, reply: FastifyReply): string {
  try {
    return provider.encodeJson?.(payload, request) ?? payload;
  } catch (error) {
    request.log.error({ provider: provider.name, err: error }, 'an answer could not be encoded');
    const { status, body } = toReply(provider.errors, new EmulatorError('internal', null, { cause: error }), request);
    reply.code(status);
    return typeof body === 'string' ? body : JSON.stringify(body);
  }
}
