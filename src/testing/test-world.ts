import { randomUUID } from 'node:crypto';
import type { Latchkey, Seed } from '../client/types.ts';

/** Which latchkey a test file uses, and how each of its tests begins. */
export interface TestWorldOptions {
  /** The base URL of a running latchkey (default: LATCHKEY_URL). Without either, one is started for the file. */
  readonly url?: string;
  /** The token that it was started with (default: LATCHKEY_ADMIN_TOKEN). */
  readonly adminToken?: string;
  /** The RFC 3339 instant at which the clock is frozen when a test begins (default: it runs from the world's start). */
  readonly clock?: string;
  /** What the world starts with (default: the seed of the latchkey). */
  readonly seed?: Seed;
}

/** The environment of the tests, and how to reach or start a latchkey. */
export interface TestSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  connect(url: string, options: { readonly adminToken?: string | undefined }): Promise<Latchkey>;
  start(): Promise<Latchkey>;
}

/** A world that belongs to one test file. */
export interface TestWorld {
  readonly latchkey: Latchkey;
  /** Puts everything back as it was at the start: call it before each test. */
  begin(): Promise<void>;
  /** Removes the world: call it after the last test. */
  end(): Promise<void>;
}

/** Makes the world of a test file, with a name of its own, so that files can run at the same time. */
export async function openTestWorld(
  file: string,
  { url, adminToken, clock, seed }: TestWorldOptions,
  { env, connect, start }: TestSurroundings,
): Promise<TestWorld> {
  // As everywhere, an empty variable counts as not set.
  const running = url ?? (env['LATCHKEY_URL'] || undefined);
  const token = adminToken ?? (env['LATCHKEY_ADMIN_TOKEN'] || undefined);
  const root = running === undefined ? await start() : await connect(running, { adminToken: token });
  const latchkey = await worldOf(root, worldNameOf(file), seed).catch(async (error: unknown) => {
    // Otherwise nothing would end what was started.
    await root.close();
    throw error;
  });
  return {
    latchkey,
    async begin() {
      await latchkey.reset();
      if (clock === undefined) return;
      await latchkey.clock.freeze();
      await latchkey.clock.set(clock);
    },
    async end() {
      await latchkey.drop();
      await root.close();
    },
  };
}

async function worldOf(root: Latchkey, name: string, seed: Seed | undefined): Promise<Latchkey> {
  return seed === undefined ? root.world(name) : root.createWorld(name, seed);
}

/** The file's name, and a part that differs for other files and runs of the same name. */
function worldNameOf(file: string): string {
  const [name = ''] = file.split(/[\\/]/).slice(-1);
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${slug.slice(0, 50) || 'tests'}-${randomUUID().slice(0, 8)}`;
}

/** The hooks that all test runners have. */
export interface Hooks {
  beforeAll(hook: () => Promise<void>): void;
  beforeEach(hook: () => Promise<void>): void;
  afterAll(hook: () => Promise<void>): void;
}

/** Makes a world for the file that calls it, and resets it before each test. Call the function that this returns inside tests. */
export function worldInHooks(hooks: Hooks, open: () => Promise<TestWorld>): () => Latchkey {
  const opened: { world?: TestWorld } = {};
  hooks.beforeAll(async () => {
    opened.world = await open();
  });
  hooks.beforeEach(async () => opened.world?.begin());
  hooks.afterAll(async () => opened.world?.end());
  return () => {
    if (opened.world === undefined) throw new Error('latchkey is ready once the first test begins: call this inside tests');
    return opened.world.latchkey;
  };
}
