import type { FastifyBaseLogger } from 'fastify';
import { type Config, defaultJournalMemory, defaultJournalSize, defaultMaxWorlds } from '../config/config.ts';
import { isShared } from '../config/database.ts';
import type { ControlParts, Https } from '../control/scope.ts';
import { type Gate, plainGate } from '../http/gate.ts';
import { Mounts } from '../http/mounts.ts';
import { migrationsFolder, postgresMigrationsFolder } from '../package.ts';
import type { Provider } from '../provider/provider.ts';
import { checkLargeFile } from '../store/checked-file.ts';
import { isInUse } from '../store/database.ts';
import { SqliteWorldStore } from '../store/sqlite-world-store.ts';
import { builtInSeeds, type Seeds } from '../worlds/seeds.ts';
import type { SharedWorlds } from '../worlds/sharing.ts';
import type { World } from '../worlds/world.ts';
import { Worlds } from '../worlds/worlds.ts';
import type { WorldsParts } from '../worlds/worlds-parts.ts';
import { buildApp } from './app.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { Ports } from './ports.ts';
import { sharedSettings } from './shared-settings.ts';
import type { Forwarding } from './upstream.ts';

export interface EmulatorParts {
  readonly config: Pick<Config, 'host' | 'port' | 'providerPorts' | 'db' | 'clock'> &
    Partial<
      Pick<
        Config,
        | 'adminToken'
        | 'allowHosts'
        | 'maxWorlds'
        | 'journalSize'
        | 'journalMemory'
        | 'worldIdleMs'
        | 'explainHeader'
        | 'upstreams'
        | 'upstreamCredentials'
        | 'tls'
        | 'mutant'
      >
    >;
  readonly providers: readonly Provider[];
  /** If omitted: the built-in seed. */
  readonly seeds?: Seeds;
  readonly logger: FastifyBaseLogger;
  /** Called with every request that a world records. */
  onRequest?: WorldsParts['onRequest'];
  readonly version: string;
  /** Reads the seed file again; undefined if there is none. */
  readonly reseed?: ControlParts['reseed'];
  /** Where the dashboard is that was built, where that is not as usual. */
  readonly dashboardFolder?: string | undefined;
  /** Where several processes serve the same worlds; closed with the emulator. If omitted: they are this one's alone, in `config.db`. */
  readonly sharing?: SharedWorlds | undefined;
  /** How long others may keep it waiting, where that is not as usual. */
  readonly limits?: Partial<Limits>;
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
  /** What decides where the truth is a refusal. */
  readonly gate: Gate;
  /** From now on it is not ready, and connections over HTTP/1.1 end with their next answer. Requests are answered as before. */
  drain(): void;
  /** Stops listening and closes the database. Open requests have half a second to be answered. */
  close(): Promise<void>;
}

/**
 * Starts an emulator and resolves once every port accepts connections. Throws OwnershipError, DatabaseError, SeedError,
 * TlsError, or the system's own error if a port cannot be opened; nothing is left open then.
 */
export async function startEmulator(parts: EmulatorParts): Promise<Emulator> {
  const { config, providers } = parts;
  const mounts = new Mounts(providers);
  const sharing = parts.sharing ?? (await sharingOf(parts));
  const worlds = createWorlds({ ...parts, sharing });
  const { adminToken, allowHosts, explainHeader = false } = config;
  const forwarding = await forwardingOf(parts);
  const gate = await gateOf(parts);
  const app = buildApp({
    ...parts,
    worlds,
    sharing,
    mounts,
    adminToken,
    allowHosts,
    explainHeader,
    gate,
    forwarding,
    https: () => ports.https,
    readiness: async () => (ports.isLeaving ? 'latchkey is stopping' : sharing?.problem()),
  });
  const ports = new Ports({ app, mounts, providers, config, limits: { ...limitsOf(sharing), ...parts.limits } });
  const close = () => closeAll(worlds, ports, { sharing, logger: parts.logger });
  try {
    await worlds.default.seedFresh();
    await app.ready();
    const url = await ports.open();
    const { providerUrls, https } = ports;
    return { url, providerUrls, https, world: worlds.default, worlds, gate, drain: () => ports.drain(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where changes wait for a database and for those of other processes, a request has longer to end. */
function limitsOf(sharing: SharedWorlds | undefined): Limits {
  return sharing === undefined ? defaultLimits : { ...defaultLimits, graceMs: 3000 };
}

async function closeAll(
  worlds: Worlds,
  ports: Ports,
  { sharing, logger }: Pick<EmulatorParts, 'sharing' | 'logger'>,
): Promise<void> {
  // A client that listens to events keeps its connection open, so the events end first.
  for (const world of worlds.all()) world.events.close();
  await ports.close();
  // While the worlds still know what was answered.
  await sharing?.leave().catch((error: unknown) => logger.error({ err: error }, 'what only this process knew was not written'));
  await worlds.close();
  await sharing?.close();
}

function createWorlds({ config, providers, seeds = builtInSeeds, onRequest, logger, sharing }: EmulatorParts): Worlds {
  const { clock, maxWorlds: limit = defaultMaxWorlds } = config;
  const { journalSize: entries = defaultJournalSize, journalMemory = defaultJournalMemory } = config;
  const journals = { entries, bytes: journalMemory * 2 ** 20 };
  const openStore = (file: string, isWhole?: boolean) => new SqliteWorldStore(file, migrationsFolder, isWhole);
  const checkFile = (file: string) => checkLargeFile(file, migrationsFolder);
  const idleMs = config.worldIdleMs;
  return new Worlds({
    providers,
    seeds,
    clock,
    db: sharing === undefined ? config.db : ':memory:',
    sharing,
    limit,
    journals,
    idleMs,
    openStore,
    checkFile,
    isInUse,
    onLost: (world, error) => logger.error({ world }, error.message),
    ...(onRequest && { onRequest }),
  });
}

/** The worlds that other processes serve too, if the settings name a PostgreSQL. Its adapter is loaded only then. Throws DatabaseError. */
async function sharingOf(parts: EmulatorParts): Promise<SharedWorlds | undefined> {
  const { config, version } = parts;
  if (!isShared(config.db)) return undefined;
  const { PostgresWorlds } = await import('../replicas/index.ts');
  const settings = sharedSettings(parts);
  return PostgresWorlds.open({ url: config.db, migrationsFolder, postgresMigrationsFolder, version, settings });
}

/** The gate that was set. The mutants are loaded only if one is set. */
async function gateOf({ config: { mutant }, providers }: EmulatorParts): Promise<Gate> {
  if (mutant === undefined) return plainGate;
  const { createGate } = await import('../mutants/index.ts');
  return createGate({ mutant, providers });
}

/** How requests are forwarded to the users' own mocks. The forwarder is loaded only if there are any. */
async function forwardingOf({ config, providers }: EmulatorParts): Promise<Forwarding | undefined> {
  const { upstreams = new Map(), upstreamCredentials } = config;
  if (upstreams.size === 0) return undefined;
  const { forwarding } = await import('./upstream.ts');
  return forwarding({ providers, upstreams, passesCredentials: upstreamCredentials === 'pass' });
}
