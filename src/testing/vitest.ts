import { expect, inject, type TestAPI, test as vitestTest } from 'vitest';
import type { Latchkey } from '../client/types.ts';
import { connect } from '../library.ts';
import { markOf } from './mark.ts';
import { type LatchkeyMatchers, matchersFor } from './matchers.ts';
import { spawnLatchkey } from './spawned.ts';
import { openTestWorld, type TestWorld, type TestWorldOptions } from './test-world.ts';
import { TestWorlds } from './world-of.ts';

export type { LatchkeyMatchers } from './matchers.ts';
export type { TestWorld, TestWorldOptions } from './test-world.ts';
export type { RefusalReason } from './verdicts.ts';
// With it comes what the global set-up provides.
export type { ServerOptions } from './vitest-global-setup.ts';

// vitest's own interfaces for matchers have other parameters in each major version; all of them extend this one.
declare global {
  namespace Chai {
    interface Assertion extends LatchkeyMatchers<Promise<void>> {}
  }
}

/** The worlds of the running test file. */
const worlds = new TestWorlds();

expect.extend(matchersFor(worlds));

/** The fixtures of a test. */
export interface LatchkeyFixtures {
  /** The client of the test file's world, which was reset; of a world of the test's own if tests run at the same time. */
  readonly latchkey: Latchkey;
  /** The file's world itself, made before the file's first test and removed after the last one. */
  readonly latchkeyWorld: TestWorld;
}

/**
 * vitest's `test` with a fixture `latchkey`: the test file's own world, reset before each of its tests. A concurrent test has a
 * world of its own. It is one of the latchkey that `url`, `latchkey/vitest/global-setup` or LATCHKEY_URL names (`latchkey exec --
 * vitest` sets that); without any, one is started.
 */
export function latchkeyTest(options: TestWorldOptions = {}): TestAPI<LatchkeyFixtures> {
  return vitestTest.extend<LatchkeyFixtures>({
    latchkeyWorld: [
      // The first parameter must be a pattern: vitest reads from it which fixtures this one needs.
      async ({}, use) => {
        const surroundings = { env: process.env, shared: inject('latchkeyUrl'), connect, start: spawnLatchkey };
        const world = await openTestWorld(expect.getState().testPath ?? '', options, surroundings);
        worlds.opened(world.latchkey);
        await use(world);
        worlds.closed(world.latchkey);
        await world.end();
      },
      { scope: 'file' },
    ],
    latchkey: [
      async ({ latchkeyWorld, task }, use) => {
        const world = task.concurrent ? await latchkeyWorld.another() : latchkeyWorld;
        await world.begin(markOf(task.file.filepath, ...namesOf(task)));
        worlds.began(world.latchkey);
        await use(world.latchkey);
        worlds.ended(world.latchkey);
        if (world !== latchkeyWorld) await world.end();
      },
      { auto: true },
    ],
  });
}

/** The names of the suites that a test is in, and its own. */
function namesOf({ name, suite }: Named): readonly string[] {
  return suite === undefined ? [name] : [...namesOf(suite), name];
}

/** A test or a suite of vitest. */
interface Named {
  readonly name: string;
  readonly suite?: Named | undefined;
}

/** vitest's `test` with a world for each file, and a reset before each test. */
export const test: TestAPI<LatchkeyFixtures> = latchkeyTest();
