import type { Latchkey, Seed } from '../client/types.ts';

/** Which latchkey a test file uses, and how each of its tests begins. */
export interface TestWorldOptions {
  /** One that runs (default: what LATCHKEY_URL names); without either one is started for the file. */
  readonly url?: string;
  /** What that one was started with (default: LATCHKEY_ADMIN_TOKEN). */
  readonly adminToken?: string;
  /** What the clock shows when a test begins, RFC 3339; it stands still then. Left out: as the world starts, running. */
  readonly clock?: string;
  /** What the world begins with. Left out: as the latchkey itself. */
  readonly seed?: Seed;
}

/** What comes from the process around the tests, and how a latchkey is had there. */
export interface TestSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  connect(url: string, options: { readonly adminToken?: string | undefined }): Promise<Latchkey>;
  start(): Promise<Latchkey>;
}

/** A world that belongs to one test file. */
export interface TestWorld {
  readonly latchkey: Latchkey;
  /** Before each test: everything as at the start. */
  begin(): Promise<void>;
  /** After the last one: nothing is left of it. */
  end(): Promise<void>;
}

/** Makes the world of a test file, named after it: files that run at the same time do not meet. */
export async function openTestWorld(
  file: string,
  { url, adminToken, clock, seed }: TestWorldOptions,
  { env, connect, start }: TestSurroundings,
): Promise<TestWorld> {
  // As everywhere, an empty variable is none.
  const running = url ?? (env['LATCHKEY_URL'] || undefined);
  const token = adminToken ?? (env['LATCHKEY_ADMIN_TOKEN'] || undefined);
  const root = running === undefined ? await start() : await connect(running, { adminToken: token });
  const latchkey = await worldOf(root, worldNameOf(file), seed).catch(async (error: unknown) => {
    // Nobody would end what was started.
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

/** The file's name, and something that tells it from another file, or another run, of the same name. */
function worldNameOf(file: string): string {
  const [name = ''] = file.split(/[\\/]/).slice(-1);
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${slug.slice(0, 50) || 'tests'}-${crypto.randomUUID().slice(0, 8)}`;
}

/** The hooks that test runners have in common. */
export interface Hooks {
  beforeAll(hook: () => Promise<void>): void;
  beforeEach(hook: () => Promise<void>): void;
  afterAll(hook: () => Promise<void>): void;
}

/** Gives the file that calls it a world of its own, and each of its tests a reset. What it gives back is to be called in tests. */
export function worldInHooks(hooks: Hooks, open: () => Promise<TestWorld>): () => Latchkey {
  const opened: { world?: TestWorld } = {};
  hooks.beforeAll(async () => {
    opened.world = await open();
  });
  hooks.beforeEach(async () => opened.world?.begin());
  hooks.afterAll(async () => opened.world?.end());
  return () => {
    if (opened.world === undefined) throw new Error('latchkey is there once the first test begins: call this inside tests');
    return opened.world.latchkey;
  };
}
