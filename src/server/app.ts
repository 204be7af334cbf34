import { join } from 'node:path';
import { parse as parseForm } from 'node:querystring';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { stopwatchMs } from '../clock.ts';
import { registerControl } from '../control/index.ts';
import type {} from '../control/request-world.ts';
import type { ControlParts, Https } from '../control/scope.ts';
import { mountAuthorization } from '../http/authorization-scope.ts';
import { describeKey } from '../http/describe-key.ts';
import { type Gate, plainGate } from '../http/gate.ts';
import { controlPrefix, type Mounts } from '../http/mounts.ts';
import { nearestAmong } from '../http/nearest.ts';
import { mountProvider, type ScopeExtension } from '../http/provider-scope.ts';
import { longestPathParameter } from '../http/route-table.ts';
import { RequestCounts } from '../metrics/request-counts.ts';
import { root } from '../package.ts';
import type { Operation } from '../provider/operations.ts';
import type { Provider } from '../provider/provider.ts';
import type { SharedWorlds } from '../worlds/sharing.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { baseUrlOf, worldUrlOf } from './base-urls.ts';
import { answerUnreadable } from './client-error.ts';
import { enterWorld } from './enter-world.ts';
import { requireOneHost } from './hosts.ts';
import { refuseLoops } from './loops.ts';
import { type ObserverParts, observe, recorderOf, unreadableRecorder } from './observer.ts';
import { plainHttp, readAbsentBodies } from './plain-http.ts';
import { addRoot, answerUnroutable } from './root.ts';
import type { Forwarding } from './upstream.ts';

export interface AppParts {
  readonly providers: readonly Provider[];
  readonly worlds: Worlds;
  /** Where other processes serve the worlds too; if omitted: there are none. */
  readonly sharing?: Pick<SharedWorlds, 'processes'> | undefined;
  readonly mounts: Mounts;
  readonly logger: FastifyBaseLogger;
  readonly version: string;
  /** The token that callers of the control plane must send; undefined: none. */
  readonly adminToken?: string | undefined;
  /** Host names that the control plane answers for besides the local ones. */
  readonly allowHosts?: readonly string[] | undefined;
  /** Whether answers name their journal entry in a header. */
  readonly explainHeader?: boolean;
  /** If omitted: the truth, and nothing else. */
  readonly gate?: Gate;
  /** What answers the operations that are not emulated; undefined: latchkey itself, with 501. */
  readonly forwarding?: Forwarding | undefined;
  /** Reads the seed file again; undefined if there is none. */
  readonly reseed?: ControlParts['reseed'];
  /** If omitted: always ready. */
  readonly readiness?: ControlParts['readiness'];
  /** Where the page is that was built; undefined: where the build puts it. */
  readonly dashboardFolder?: string | undefined;
  /** How https is served alongside http; undefined if it is not. Known once it listens. */
  https?(): Https | undefined;
  /** Extends each scope before its routes are added; the generator of the documents uses it. */
  readonly extend?: ScopeExtension;
}

/** What the two planes have in common: the control plane shows what the providers' scopes put here. */
interface Shared {
  readonly counts: RequestCounts;
  /** On the stopwatch. */
  readonly startedMs: number;
  /** By provider. */
  readonly operations: Map<string, readonly Operation[]>;
}

/** Puts the planes together. A request goes through these steps in this order. */
export function buildApp(parts: AppParts): FastifyInstance {
  const shared: Shared = { counts: new RequestCounts(), operations: new Map(), startedMs: stopwatchMs() };
  parts.worlds.whenDropped((name) => shared.counts.forget(name));
  // 1. Mount: every address leads to /<provider>/… or /_latchkey/….
  const app = createApp(parts, shared);
  requireOneHost(app, unreadableRecorder(parts.worlds, shared.counts, shared.startedMs));
  if (parts.forwarding) refuseLoops(app, parts.forwarding);
  // 2. World: the one that the request names, created if it is new.
  const { worlds, mounts, logger, adminToken, allowHosts = [] } = parts;
  const observing = observerParts(parts, shared);
  enterWorld(app, { worlds, mounts, logger, adminToken, allowHosts, record: recorderOf(null, observing) });
  // 3. The control plane, which no provider knows of.
  addControl(app, parts, shared);
  // 4. The providers, each in a scope of its own, observed without knowing it.
  addProviders(app, parts, { observing, operations: shared.operations });
  // 5. Paths that belong to no provider.
  addRoot(app, { ...parts, record: recorderOf(null, observing) });
  return app;
}

function createApp(parts: AppParts, { counts, startedMs }: Shared): FastifyInstance {
  const { mounts } = parts;
  const app = Fastify({
    http: plainHttp,
    rewriteUrl: mounts.rewrite,
    // With a logger of its own, Fastify would listen to the end of every answer; `enterWorld` gives requests theirs.
    logger: false,
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    // No plugin waits for anything, and the timers, one for each route, would take 5 % of the start-up time.
    pluginTimeout: 0,
    return503OnClosing: false,
    requestIdHeader: false,
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, unreadableRecorder(parts.worlds, counts, startedMs)),
    routerOptions: { maxParamLength: longestPathParameter, querystringParser: parseQuery },
    // Fastify's own compilers would be loaded here and replaced in every scope: 5 ms of the start.
    schemaController: { compilersFactory: { buildValidator: compileNothing, buildSerializer: compileNothing } },
    frameworkErrors: (error, request, reply) => answerUnroutable(parts, error, request, reply),
  });
  readAbsentBodies(app);
  app.decorate('gate', parts.gate ?? plainGate);
  app.decorateRequest('target', {
    getter() {
      return mounts.of(this.raw).target;
    },
  });
  const decorations = ['world', 'mark', 'trace', 'now', 'startedMs', 'keys', 'resources', 'apiKey', 'principal', 'unimplemented'];
  for (const property of decorations) app.decorateRequest(property);
  return app;
}

/** Most requests have no query. */
function parseQuery(query: string): Record<string, unknown> {
  return query === '' ? {} : parseForm(query);
}

/** No route outside the scopes has a schema. */
function compileNothing(): never {
  throw new Error('schemas are compiled by the scope that they are in');
}

function addControl(app: FastifyInstance, parts: AppParts, { counts, operations }: Shared): void {
  const { providers, version, worlds, mounts, adminToken, allowHosts = [], reseed, extend } = parts;
  const control = {
    providers,
    version,
    folder: root,
    dashboardFolder: parts.dashboardFolder ?? join(root, 'dist', 'dashboard'),
    worlds,
    sharing: parts.sharing,
    counts,
    gate: parts.gate ?? plainGate,
    adminToken,
    allowHosts,
    reseed,
    readiness: parts.readiness ?? (async () => undefined),
    operationsOf: (provider: string) => operations.get(provider) ?? [],
    https: () => parts.https?.(),
    baseUrlOf: (request: FastifyRequest, provider: string) => baseUrlOf(mounts, request, provider),
    worldUrlOf: (request: FastifyRequest, world: string) => worldUrlOf(mounts, request, world),
  };
  registerControl(app, control, extend);
}

function observerParts(
  { providers, mounts, explainHeader = false }: AppParts,
  { counts, operations, startedMs }: Shared,
): ObserverParts {
  const secrets = providers.map((provider) => provider.secrets);
  const known = () =>
    new Map(providers.map(({ name, unimplemented }) => [name, [...(operations.get(name) ?? []), ...unimplemented]]));
  return { secrets, mounts, counts, explainHeader, startedMs, findNearest: nearestAmong(known) };
}

interface Observing extends Pick<Shared, 'operations'> {
  readonly observing: ObserverParts;
}

function addProviders(app: FastifyInstance, parts: AppParts, { observing, operations }: Observing): void {
  const { providers, mounts, forwarding, extend } = parts;
  for (const provider of providers) {
    const observer = observe(provider, observing);
    const forward = forwarding?.byProvider.get(provider.name);
    operations.set(provider.name, mountProvider(app, provider, { extend, observer, forward }));
    app.addHook('onReady', (done) => {
      mounts.claim(provider.name, [...(operations.get(provider.name) ?? []), ...provider.unimplemented]);
      done();
    });
    mountAuthorization(app, provider, { prefix: `${controlPrefix}/authorize/${provider.name}`, describe: describeKey });
  }
}
