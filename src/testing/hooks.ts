import { LatchkeyError } from '../client/error.ts';
import type { Latchkey } from '../client/types.ts';
import type { TestWorld } from './test-world.ts';
import type { TestWorlds } from './world-of.ts';

/** The hooks that all test runners have. Node's pass the context of the test to those around each test. */
export interface Hooks {
  beforeAll(hook: () => Promise<void>): void;
  beforeEach(hook: (test?: unknown) => Promise<void>): void;
  afterEach(hook: (test?: unknown) => Promise<void>): void;
  afterAll(hook: () => Promise<void>): void;
}

/** A test file. */
export interface TestFile {
  /** Opens its world. */
  open(): Promise<TestWorld>;
  /** What the requests of a test are marked with. */
  markOf(test: unknown): string;
}

/**
 * Makes a world for the file that calls it, and resets it before each test; a test that begins while another one runs gets a world
 * of its own. Call the function that this returns inside tests: with the test's context, if tests run at the same time.
 */
export function worldInHooks(hooks: Hooks, worlds: TestWorlds, { open, markOf }: TestFile): (test?: unknown) => Latchkey {
  const file: { world?: TestWorld } = {};
  const running = new Map<unknown, TestWorld>();
  hooks.beforeAll(async () => {
    file.world = await open();
    worlds.opened(file.world.latchkey);
  });
  hooks.beforeEach(async (test) => {
    if (file.world === undefined) return;
    // The file's world is taken before anything is waited for: another test may begin meanwhile.
    const isTaken = [...running.values()].includes(file.world);
    if (!isTaken) running.set(test, file.world);
    const world = isTaken ? await file.world.another() : file.world;
    running.set(test, world);
    await world.begin(markOf(test));
    worlds.began(world.latchkey);
  });
  hooks.afterEach(async (test) => {
    const world = running.get(test);
    running.delete(test);
    if (world === undefined) return;
    worlds.ended(world.latchkey);
    if (world !== file.world) await world.end();
  });
  hooks.afterAll(async () => {
    if (file.world === undefined) return;
    worlds.closed(file.world.latchkey);
    await file.world.end();
  });
  return (test) => clientOfTest(test, running, file.world);
}

function clientOfTest(test: unknown, running: ReadonlyMap<unknown, TestWorld>, file: TestWorld | undefined): Latchkey {
  const [only, ...others] = running.values();
  const world = test === undefined ? (only ?? file) : running.get(test);
  if (world === undefined)
    throw new LatchkeyError(0, 'no_world', 'latchkey is ready once the first test begins: call this inside tests', null);
  if (test === undefined && others.length > 0)
    throw new LatchkeyError(0, 'world_ambiguous', "tests run at the same time: call latchkey(t) with the test's context", null);
  return world.latchkey;
}
