import type { FastifyBaseLogger } from 'fastify';
import pino from 'pino';
import supertest from 'supertest';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { fromIso, type Instant } from '../../src/clock.ts';
import type { TlsSetting } from '../../src/config/tls.ts';
import type { Https } from '../../src/control/scope.ts';
import type { Gate } from '../../src/http/gate.ts';
import type { ChosenMutant } from '../../src/provider/mutants.ts';
import { loadProviders } from '../../src/providers/index.ts';
import { type Emulator, startEmulator } from '../../src/server/emulator.ts';
import type { Limits } from '../../src/server/limits.ts';
import { builtInSeeds, type Seeds } from '../../src/worlds/seeds.ts';
import type { SharedWorlds } from '../../src/worlds/sharing.ts';
import type { World } from '../../src/worlds/world.ts';
import type { Worlds } from '../../src/worlds/worlds.ts';
import { loadGuests } from './guests.ts';
import { ownPostgres } from './own-postgres.ts';

/** The instant at which every test's clock is frozen before it starts. */
export const epoch: Instant = fromIso('2030-01-01T00:00:00Z') ?? Number.NaN;

export interface TestOptions {
  /** Left out: the guests alone. Tests that are about every provider there is ask for `all`. */
  readonly providers?: 'all';
  /** Profiles by provider; those not named run in their default. */
  readonly profiles?: Readonly<Record<string, string>>;
  /** Providers that also get a port of their own. */
  readonly ownPorts?: readonly string[];
  readonly db?: string;
  /** Left out: the built-in seed. */
  readonly seeds?: Seeds;
  readonly adminToken?: string;
  readonly allowHosts?: readonly string[];
  readonly explainHeader?: boolean;
  /** What it does wrong on purpose. */
  readonly mutant?: ChosenMutant;
  readonly maxWorlds?: number;
  readonly worldIdleMs?: number;
  readonly journalSize?: number;
  /** In megabytes. */
  readonly journalMemory?: number;
  /** Base URLs of mocks, by provider. */
  readonly upstreams?: ReadonlyMap<string, string>;
  readonly upstreamCredentials?: 'drop' | 'pass';
  /** Left out: one that says nothing. */
  readonly logger?: FastifyBaseLogger;
  /** Left out: the usual ones. */
  readonly limits?: Partial<Limits>;
  readonly tls?: TlsSetting;
  /** Where a built dashboard is; left out: where a build puts it. */
  readonly dashboardFolder?: string;
  /** Left out: 127.0.0.1. */
  readonly host?: string;
  /** Where its worlds are shared with other emulators. */
  readonly sharing?: SharedWorlds;
}

/** An emulator for the tests of one file, reached over a real socket. */
export interface TestEmulator {
  readonly url: string;
  /** The default world. */
  readonly world: World;
  readonly worlds: Worlds;
  readonly gate: Gate;
  readonly providerUrls: ReadonlyMap<string, string>;
  /** How https is served; undefined if it is not. */
  readonly https: Https | undefined;
  /** Requests to `/<base><path>`. */
  request: ReturnType<typeof supertest>;
  drain(): void;
  close(): Promise<void>;
}

/** Starts an emulator on any free port, its clock frozen at `epoch`. */
export async function startTestEmulator({
  providers: wanted,
  profiles = {},
  ownPorts = [],
  db = ':memory:',
  seeds = builtInSeeds,
  logger = pino({ level: 'silent' }),
  limits = {},
  dashboardFolder,
  sharing,
  ...settings
}: TestOptions = {}): Promise<TestEmulator> {
  const modules = await (wanted === 'all' ? loadProviders() : loadGuests());
  const providers = modules.map((module) => module.emulate(profiles[module.name] ?? module.profiles[0] ?? ''));
  const providerPorts = new Map(ownPorts.map((name) => [name, 0]));
  const config = { host: '127.0.0.1', port: 0, providerPorts, db, clock: epoch, ...settings };
  const postgres = sharing === undefined && db === ':memory:' ? await ownPostgres() : undefined;
  const emulator: Emulator = await startEmulator({
    config,
    providers,
    seeds,
    logger,
    version: '0.0.0-test',
    limits,
    dashboardFolder,
    sharing: sharing ?? postgres?.worlds,
  });
  const close = async () => {
    await emulator.close();
    await postgres?.drop();
  };
  return { ...emulator, close, request: supertest(emulator.url) };
}

/**
 * The emulator of a test file: started before its tests, stopped after them, and before each test reset to the seed
 * with the clock frozen at `epoch`. Read the result inside tests only.
 */
export function emulatorForTests(options?: TestOptions): TestEmulator {
  const running: { emulator?: TestEmulator } = {};
  const emulator = () => running.emulator ?? notStarted();
  beforeAll(async () => {
    running.emulator = await startTestEmulator(options);
  });
  beforeEach(async () => {
    await emulator().world.reset('everything');
    await emulator().world.changes.moveClock((clock) => clock.freezeAt(epoch));
  });
  afterAll(() => running.emulator?.close());
  return {
    get url() {
      return emulator().url;
    },
    get world() {
      return emulator().world;
    },
    get worlds() {
      return emulator().worlds;
    },
    get gate() {
      return emulator().gate;
    },
    get providerUrls() {
      return emulator().providerUrls;
    },
    get https() {
      return emulator().https;
    },
    get request() {
      return emulator().request;
    },
    drain: () => emulator().drain(),
    close: () => emulator().close(),
  };
}

function notStarted(): never {
  throw new Error('the emulator starts in beforeAll: use it inside tests');
}
