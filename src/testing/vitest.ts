import { expect, type TestAPI, test as vitestTest } from 'vitest';
import type { Latchkey } from '../client/types.ts';
import { connect, startLatchkey } from '../library.ts';
import { type LatchkeyMatchers, matchersFor } from './matchers.ts';
import { openTestWorld, type TestWorld, type TestWorldOptions } from './test-world.ts';

export type { LatchkeyMatchers } from './matchers.ts';
export type { TestWorld, TestWorldOptions } from './test-world.ts';
export type { RefusalReason } from './verdicts.ts';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends LatchkeyMatchers<Promise<void>> {}
}

/** The world of the running test file: vitest loads this module once for each file. */
const opened: { world?: TestWorld } = {};

expect.extend(
  matchersFor(() => {
    if (opened.world === undefined)
      throw new Error("use the `test` of 'latchkey/vitest': it makes the world that the matchers look at");
    return opened.world.latchkey;
  }),
);

/** The fixtures of a test. */
export interface LatchkeyFixtures {
  /** The client of the test file's world, which was reset. */
  readonly latchkey: Latchkey;
  /** The world itself, made before the file's first test and removed after the last one. */
  readonly latchkeyWorld: TestWorld;
}

/**
 * vitest's `test` with a fixture `latchkey`: the test file's own world, reset before each of its tests. It is one of the latchkey
 * that `url` or LATCHKEY_URL names (`latchkey exec -- vitest` sets that); without either, one is started.
 */
export function latchkeyTest(options: TestWorldOptions = {}): TestAPI<LatchkeyFixtures> {
  return vitestTest.extend<LatchkeyFixtures>({
    latchkeyWorld: [
      // The first parameter must be a pattern: vitest reads from it which fixtures this one needs.
      async ({}, use) => {
        const surroundings = { env: process.env, connect, start: () => startLatchkey() };
        opened.world = await openTestWorld(expect.getState().testPath ?? '', options, surroundings);
        await use(opened.world);
        await opened.world.end();
      },
      { scope: 'file' },
    ],
    latchkey: [
      async ({ latchkeyWorld }, use) => {
        await latchkeyWorld.begin();
        await use(latchkeyWorld.latchkey);
      },
      { auto: true },
    ],
  });
}

/** vitest's `test` with a world for each file, and a reset before each test. */
export const test: TestAPI<LatchkeyFixtures> = latchkeyTest();
