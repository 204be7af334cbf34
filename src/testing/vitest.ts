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

/** The world of the test file that runs: vitest loads this module once for each file. */
const opened: { world?: TestWorld } = {};

expect.extend(
  matchersFor(() => {
    if (opened.world === undefined)
      throw new Error("use the `test` of 'latchkey/vitest': it makes the world that is looked into");
    return opened.world.latchkey;
  }),
);

/** What a test is given. */
export interface LatchkeyFixtures {
  /** The world of the test file, as at the start. */
  readonly latchkey: Latchkey;
  /** The same, as it is made and ended. */
  readonly latchkeyWorld: TestWorld;
}

/**
 * vitest's `test` with a fixture `latchkey`: a world of the test file's own, as at the start before each of its tests. One that
 * runs is used where `url` or LATCHKEY_URL names it, as `latchkey exec -- vitest` does; without either one is started.
 */
export function latchkeyTest(options: TestWorldOptions = {}): TestAPI<LatchkeyFixtures> {
  return vitestTest.extend<LatchkeyFixtures>({
    latchkeyWorld: [
      // vitest reads what a fixture needs off its first parameter, which therefore has to be a pattern.
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
