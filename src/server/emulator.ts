import type { FastifyBaseLogger } from 'fastify';
import { type Config, defaultJournalMemory, defaultJournalSize, defaultMaxWorlds } from '../config/config.ts';
import type { Https } from '../control/scope.ts';
import { Mounts } from '../http/mounts.ts';
import { migrationsFolder } from '../package.ts';
import type { Provider } from '../provider/provider.ts';
import { SqliteWorldStore } from '../store/sqlite-world-store.ts';
import { builtInSeeds, type Seeds } from '../worlds/seeds.ts';
import type { World } from '../worlds/world.ts';
import { Worlds } from '../worlds/worlds.ts';
import { buildApp } from './app.ts';
import { Ports } from './ports.ts';

export interface EmulatorParts {
  readonly config: Pick<Config, 'host' | 'port' | 'providerPorts' | 'db' | 'clock'> &
    Partial<
      Pick<
        Config,
        'adminToken' | 'maxWorlds' | 'journalSize' | 'journalMemory' | 'worldIdleMs' | 'explainHeader' | 'upstreams' | 'tls'
      >
    >;
  readonly providers: readonly Provider[];
  /** If omitted: the built-in seed. */
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
  /** How https is served; undefined if it is not. */
  readonly https: Https | undefined;
  /** The default world. */
  readonly world: World;
  readonly worlds: Worlds;
  /** Answers the open requests, then stops listening and closes the database. */
  close(): Promise<void>;
}

/**
 * Starts an emulator and resolves once every port accepts connections. Throws OwnershipError, DatabaseError, SeedError,
 * TlsError, or the system's own error if a port cannot be opened; nothing is left open then.
 */
export async function startEmulator(parts: EmulatorParts): Promise<Emulator> {
  const { config, providers, logger, version } = parts;
  const mounts = new Mounts(providers);
  const worlds = createWorlds(parts);
  const { adminToken, explainHeader = false } = config;
  const forwards = await forwardsTo(config.upstreams);
  const https = () => ports.https;
  const app = buildApp({ providers, worlds, mounts, logger, version, adminToken, explainHeader, forwards, https });
  const ports = new Ports({ app, mounts, providers, config });
  const close = async () => {
    // A client that listens to events keeps its connection open, so the events end first.
    for (const world of worlds.all()) world.events.close();
    await ports.close();
    worlds.close();
  };
  try {
    await worlds.default.seedFresh();
    await app.ready();
    const url = await ports.open();
    return { url, providerUrls: ports.providerUrls, https: ports.https, world: worlds.default, worlds, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function createWorlds({ config, providers, seeds = builtInSeeds }: EmulatorParts): Worlds {
  const { clock, db, maxWorlds: limit = defaultMaxWorlds } = config;
  const { journalSize: entries = defaultJournalSize, journalMemory = defaultJournalMemory } = config;
  const journals = { entries, bytes: journalMemory * 2 ** 20 };
  const openStore = (file: string) => new SqliteWorldStore(file, migrationsFolder);
  return new Worlds({ providers, seeds, clock, db, limit, journals, idleMs: config.worldIdleMs, openStore });
}

/** How requests are forwarded to the users' own mocks, by provider. The forwarder is loaded only if there are any. */
async function forwardsTo(upstreams: ReadonlyMap<string, string> = new Map()) {
  if (upstreams.size === 0) return undefined;
  const { forwardTo } = await import('./upstream.ts');
  return new Map([...upstreams].map(([provider, base]) => [provider, forwardTo(base, provider)]));
}
