import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { EmulatorError, fail } from '../core/errors.ts';
import type { KeyService } from '../core/key-service.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import { collectOperations, type Operation } from '../provider/operations.ts';
import { type Provider, type ProviderFacts, type ProviderScope, WireError } from '../provider/provider.ts';
import { addAuthentication, authenticate, isRouted, refuseUnrouted } from './authentication.ts';
import { lazySerializers, lazyValidators } from './compilers.ts';
import { sendError, toEmulatorError, toReply } from './errors.ts';
import { RouteTable } from './route-table.ts';
import { Trace } from './trace.ts';
import { addUnimplemented, type Forward, findUnimplemented } from './unimplemented.ts';

/** What a provider may see of the world that a request belongs to. */
export interface ProviderWorld {
  readonly clock: Clock;
  /** Whether it is gone: a request that began before finds nothing of it any more. */
  readonly isClosed: boolean;
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

export type ScopeExtension = (scope: FastifyInstance, facts: DocumentFacts) => Promise<void>;

/** Looks over a provider's shoulder: adds hooks to its scope that neither it nor its routes know of. */
export interface ScopeObserver {
  /** Before a credential is asked for, once the provider's own first hooks have run. */
  beforeAuthentication(scope: ProviderScope): void;
  /** Once an answer's text is as it will be sent. */
  beforeSending(scope: ProviderScope): void;
}

/** What may be added to a provider's scope. */
export interface MountOptions {
  /** Before its routes; the generator of the documents uses it. */
  readonly extend?: ScopeExtension | undefined;
  readonly observer?: ScopeObserver | undefined;
  /** Answers what the provider has and we do not emulate, once the credential is accepted. */
  readonly forward?: Forward | undefined;
}

/**
 * Registers a provider as an encapsulated scope below `/<name>`: its parsers, hooks, errors and unknown paths are its own.
 * Gives the provider's operations, which are there once the app is ready.
 */
export function mountProvider(
  app: FastifyInstance,
  provider: Provider,
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
      const table = new RouteTable();
      table.watch(plain);
      table.addUnimplemented(provider.unimplemented, prefix);
      setUp(scope, provider, worldOf, { table, observer, forward });
      scope.setNotFoundHandler((request) => refuseUnrouted(provider, request, table));
      provider.routes(scope);
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
  provider: Provider,
  worldOf: WorldOf,
  { prefix, describe }: { readonly prefix: string; describe(key: ApiKey): Readonly<Record<string, string>> },
): void {
  app.register(
    async (plain) => {
      const scope = plain.withTypeProvider<TypeBoxTypeProvider>();
      setUp(scope, provider, worldOf, {});
      // There are no routes, so that every method will do, and no body is looked at: it is for the service behind the proxy.
      scope.setNotFoundHandler(() => fail('route_not_found', null));
      scope.addHook('onRequest', (request, reply, done) => {
        authenticate(provider, request, provider.requiresNothing)
          .then((key) => void reply.code(200).headers(describe(key)).send())
          .catch(done);
      });
    },
    { prefix },
  );
}

interface SetUp extends Pick<MountOptions, 'observer' | 'forward'> {
  /** Left out where there are no routes. */
  readonly table?: RouteTable;
}

/** What every scope of a provider has: its parsers, its hooks in their order, its errors. */
function setUp(scope: ProviderScope, provider: Provider, worldOf: WorldOf, { table, observer, forward }: SetUp): void {
  scope.setValidatorCompiler(lazyValidators());
  scope.setSerializerCompiler(lazySerializers());
  scope.setErrorHandler((error, request, reply) => {
    const isUnforeseen = !(error instanceof WireError) && toEmulatorError(error).code === 'internal';
    const isWorldGone = isUnforeseen && worldOf(request).isClosed;
    const thrown = isWorldGone ? new EmulatorError('unavailable', null, { cause: error }) : error;
    return answerError(provider, thrown, request, reply);
  });
  scope.addHook('onRequest', (request, _reply, done) => {
    const world = worldOf(request);
    request.trace = new Trace();
    request.now = world.clock.now();
    request.keys = world.keys(provider.name);
    request.resources = world.resources(provider.name);
    if (table !== undefined) findUnimplemented(request, table);
    if (provider.parseQuery) request.query = provider.parseQuery(queryOf(request.raw.url ?? ''));
    done();
  });
  provider.prepare?.(scope);
  observer?.beforeAuthentication(scope);
  if (table !== undefined) addRouteCheck(scope, provider);
  addAuthentication(scope, provider);
  if (table !== undefined) addUnimplemented(scope, provider, table, forward);
  addEncoding(scope, provider);
  observer?.beforeSending(scope);
}

function addRouteCheck(scope: ProviderScope, { checkRoute }: Provider): void {
  if (checkRoute === undefined) return;
  scope.addHook('onRequest', (request, _reply, done) => {
    if (isRouted(request)) checkRoute(request);
    done();
  });
}

/** Gives JSON answers the provider's media type and its encoder's last touch. */
function addEncoding(scope: ProviderScope, provider: Provider): void {
  scope.addHook('onSend', (request, reply, payload, done) => {
    if (typeof payload !== 'string' || payload === '') return done(null, payload);
    const mediaType = reply.getHeader('content-type');
    if (typeof mediaType !== 'string' || !mediaType.startsWith('application/json')) return done(null, payload);
    reply.header('content-type', provider.jsonMediaType);
    done(null, provider.encodeJson?.(payload, request) ?? payload);
  });
}

function answerError(provider: Provider, thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!(thrown instanceof WireError)) {
    const error = toEmulatorError(thrown);
    request.trace.note(error);
    if (error.code !== 'internal') request.log.debug({ provider: provider.name, code: error.code }, 'refused');
    else request.log.error({ provider: provider.name, err: error.cause ?? error }, 'request failed');
  }
  return sendError(reply, toReply(provider.errors, thrown, request), provider.jsonMediaType);
}

function queryOf(url: string): string {
  const mark = url.indexOf('?');
  return mark === -1 ? '' : url.slice(mark + 1);
}
