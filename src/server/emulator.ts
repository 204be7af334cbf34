import type { Server } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { type Config, defaultMaxWorlds } from '../config/config.ts';
import type { TlsSetting } from '../config/tls.ts';
import type { Https } from '../control/scope.ts';
import { Mounts } from '../http/mounts.ts';
import { migrationsFolder } from '../package.ts';
import type { Provider } from '../provider/provider.ts';
import { SqliteWorldStore } from '../store/sqlite-world-store.ts';
import { builtInSeeds, type Seeds } from '../worlds/seeds.ts';
import type { World } from '../worlds/world.ts';
import { Worlds } from '../worlds/worlds.ts';
import { buildApp } from './app.ts';
import { listen, portOf, servedBy, stop } from './listening.ts';
import { OpenConnections } from './open-connections.ts';

export interface EmulatorParts {
  readonly config: Pick<Config, 'host' | 'port' | 'providerPorts' | 'db' | 'clock'> &
    Partial<Pick<Config, 'adminToken' | 'maxWorlds' | 'explainHeader' | 'upstreams' | 'tls'>>;
  readonly providers: readonly Provider[];
  /** Left out: the built-in seed. */
  readonly seeds?: Seeds;
  readonly logger: FastifyBaseLogger;
  readonly version: string;
}

/** A running emulator. */
export interface Emulator {
  /** The base URL of the shared port. */
  readonly url: string;
  /** The base URL of each provider that has a port of its own. */
  readonly providerUrls: ReadonlyMap<string, string>;
  /** How it answers to https; undefined: not at all. */
  readonly https: Https | undefined;
  /** The default world. */
  readonly world: World;
  readonly worlds: Worlds;
  /** Answers what is open, then stops listening and closes the database. */
  close(): Promise<void>;
}

/**
 * Starts an emulator and resolves once every port accepts connections. Throws OwnershipError, DatabaseError, or the
 * system's own error when a port cannot be had; nothing is left open then.
 */
export async function startEmulator({
  config,
  providers,
  seeds = builtInSeeds,
  logger,
  version,
}: EmulatorParts): Promise<Emulator> {
  const mounts = new Mounts(providers);
  const { db, clock, maxWorlds: limit = defaultMaxWorlds, adminToken, explainHeader = false, upstreams, tls } = config;
  const openStore = (file: string) => new SqliteWorldStore(file, migrationsFolder);
  const worlds = new Worlds({ providers, seeds, clock, db, limit, openStore });
  const world = worlds.default;
  const forwards = await forwardsTo(upstreams);
  const app = buildApp({
    providers,
    worlds,
    mounts,
    logger,
    version,
    adminToken,
    explainHeader,
    forwards,
    https: () => https,
  });
  const servers: Server[] = [];
  let https: Https | undefined;
  const connections = new OpenConnections();
  connections.watch(app.server);
  const close = async () => {
    // Whoever listens to events keeps a connection open: it ends first.
    for (const open of worlds.all()) open.events.close();
    connections.close();
    await Promise.all([app.close(), ...servers.map(stop)]);
    worlds.close();
  };
  try {
    await world.seedFresh();
    await app.ready();
    // The shared port comes last: who is told there that latchkey is healthy finds everything else.
    if (tls !== undefined) {
      const { server, ca } = await securedBy(app, tls, namesOf(providers, config.host));
      servers.push(server);
      connections.watchSecure(server);
      https = { url: await listen(server, config.host, tls.port, 'https'), ca };
    }
    const providerUrls = new Map<string, string>();
    for (const [provider, port] of config.providerPorts) {
      const server = servedBy(app);
      servers.push(server);
      connections.watch(server);
      providerUrls.set(provider, await listen(server, config.host, port));
      mounts.ports.set(portOf(server), provider);
    }
    const url = await listen(app.server, config.host, config.port);
    return { url, providerUrls, https, world, worlds, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** How requests are handed on to the users' own mocks, where there are any: that part is loaded for them alone. */
async function forwardsTo(upstreams: ReadonlyMap<string, string> = new Map()) {
  if (upstreams.size === 0) return undefined;
  const { forwardTo } = await import('./upstream.ts');
  return new Map([...upstreams].map(([provider, base]) => [provider, forwardTo(base, provider)]));
}

/** A further server that decrypts for the app's own one. */
async function securedBy(app: FastifyInstance, { certificate }: TlsSetting, names: readonly string[]) {
  const { secureServer } = await import('./tls/secure-server.ts');
  return secureServer(certificate, names, app.server);
}

/** The names by which clients know this server without asking anybody. */
function namesOf(providers: readonly Provider[], host: string): string[] {
  const own = ['0.0.0.0', '::'].includes(host) ? [] : [host];
  const ofProviders = providers.flatMap(({ name, hosts }) => [`${name}.localhost`, ...hosts]);
  return [...new Set(['localhost', '*.localhost', '127.0.0.1', '::1', ...own, ...ofProviders])];
}
