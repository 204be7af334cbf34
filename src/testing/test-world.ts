import { randomUUID } from 'node:crypto';
import { LatchkeyError } from '../client/error.ts';
import type { Latchkey, Profiles, ProviderName, Seed } from '../client/types.ts';
import { checkOptions, type StartOptions } from '../library/options.ts';
import { dropAtExit, type Leftover } from './leftovers.ts';

/** What a latchkey that is started for tests may be told. */
export type ServerOptions = Pick<StartOptions, 'providers' | 'profiles' | 'tls' | 'seed' | 'clock'>;

/** Which latchkey a test file uses, and how each of its tests begins. */
export interface TestWorldOptions {
  /** The base URL of a running latchkey (default: that of the global set-up, or LATCHKEY_URL). Without any, one is started for the file. */
  readonly url?: string;
  /** The token that it was started with (default: LATCHKEY_ADMIN_TOKEN). */
  readonly adminToken?: string;
  /** The RFC 3339 instant at which the clock is frozen when a test begins (default: it runs from the world's start). */
  readonly clock?: string;
  /** What the world starts with: a seed, or a file (default: the seed of the latchkey). With a file, a latchkey is started. */
  readonly seed?: Seed | string;
  /** The providers to emulate (default: all). With this, a latchkey is started for the file. */
  readonly providers?: readonly ProviderName[];
  /** Which version of each provider to emulate. With this, a latchkey is started for the file. */
  readonly profiles?: Profiles;
  /** `self-signed`, or `cert.pem,key.pem`: https alongside http. With this, a latchkey is started for the file. */
  readonly tls?: string;
}

/** The environment of the tests, and how to reach or start a latchkey. */
export interface TestSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The base URL of a latchkey that was started for all files. */
  readonly shared?: string | undefined;
  connect(url: string, options: { readonly adminToken?: string | undefined }): Promise<Latchkey>;
  start(options: ServerOptions): Promise<Latchkey>;
}

/** A world that belongs to one test file, or to one test. */
export interface TestWorld {
  readonly latchkey: Latchkey;
  /** Puts everything back as it was at the start: call it before each test. Its requests have the mark. */
  begin(mark?: string): Promise<void>;
  /** Another world of the same kind, for a test that runs at the same time as others. */
  another(): Promise<TestWorld>;
  /** Removes the world: call it after the last test. */
  end(): Promise<void>;
}

/** Makes the world of a test file, with a name of its own, so that files can run at the same time. Throws LatchkeyError for bad options. */
export async function openTestWorld(file: string, options: TestWorldOptions, surroundings: TestSurroundings): Promise<TestWorld> {
  const { url, adminToken, ...others } = options;
  checkOptions({ ...others, ...(adminToken !== undefined && { adminToken }) }, [
    'adminToken',
    'clock',
    'seed',
    'providers',
    'profiles',
    'tls',
  ]);
  const { root, outlives } = await rootOf(options, surroundings);
  const open = async (end: (world: Latchkey) => Promise<void>): Promise<TestWorld> => {
    const name = worldNameOf(file);
    const keep = outlives === undefined ? () => undefined : dropAtExit({ url: `${root.url}/~${name}`, ...outlives });
    const world = await madeWorld(root, name, options.seed).catch((error: unknown) => {
      keep();
      throw error;
    });
    return {
      latchkey: world,
      begin: (mark) => begin(world, options.clock, mark),
      another: () => open((one) => one.drop()),
      end: async () => {
        await end(world);
        keep();
      },
    };
  };
  const end = async (world: Latchkey) => {
    await world.drop();
    await root.close();
  };
  return open(end).catch(async (error: unknown) => {
    // Otherwise nothing would end what was started.
    await root.close();
    throw error;
  });
}

/** A latchkey, and how its worlds can be dropped if it outlives this process. */
interface Root {
  readonly root: Latchkey;
  readonly outlives?: Pick<Leftover, 'adminToken'>;
}

/** The latchkey that runs, or one that is started because none does, or because the file wants one of its own kind. */
async function rootOf(options: TestWorldOptions, { env, shared, connect, start }: TestSurroundings): Promise<Root> {
  const { url, adminToken, providers, profiles, tls, seed } = options;
  const own = { providers, profiles, tls, seed: typeof seed === 'string' ? seed : undefined };
  const given = Object.entries(own).filter(([, value]) => value !== undefined);
  if (url !== undefined && given.length > 0) {
    const names = given.map(([name]) => name).join(', ');
    throw new LatchkeyError(0, 'option_invalid', `${names} cannot be set for the latchkey at url: it runs already`, null);
  }
  // As everywhere, an empty variable counts as not set.
  const running = url ?? (given.length > 0 ? undefined : shared || env['LATCHKEY_URL'] || undefined);
  if (running === undefined) return { root: await start(Object.fromEntries(given)) };
  const outlives = { adminToken: adminToken ?? (env['LATCHKEY_ADMIN_TOKEN'] || undefined) };
  return { root: await connect(running, outlives), outlives };
}

async function begin(world: Latchkey, clock: string | undefined, mark: string | undefined): Promise<void> {
  await world.reset('seed', { mark });
  if (clock === undefined) return;
  await world.clock.freeze();
  await world.clock.set(clock);
}

async function madeWorld(root: Latchkey, name: string, seed: Seed | string | undefined): Promise<Latchkey> {
  return typeof seed === 'object' ? root.createWorld(name, seed) : root.world(name);
}

/** The file's name, and a part that differs for other files, tests and runs of the same name. */
function worldNameOf(file: string): string {
  const [name = ''] = file.split(/[\\/]/).slice(-1);
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${slug.slice(0, 50) || 'tests'}-${randomUUID().slice(0, 8)}`;
}
