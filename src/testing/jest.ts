import { connect } from '../client/connect.ts';
import type { Latchkey } from '../client/types.ts';
import { type Hooks, worldInHooks } from './hooks.ts';
import { markOf } from './mark.ts';
import { type LatchkeyMatchers, matchersFor } from './matchers.ts';
import { spawnLatchkey } from './spawned.ts';
import { openTestWorld, type TestWorldOptions } from './test-world.ts';
import { TestWorlds } from './world-of.ts';

export type { LatchkeyMatchers } from './matchers.ts';
export type { TestWorldOptions } from './test-world.ts';
export type { RefusalReason } from './verdicts.ts';

declare global {
  namespace jest {
    // The parameters must be those of @types/jest.
    interface Matchers<R, T = {}> extends LatchkeyMatchers<Promise<void>> {}
  }
}

// The same for `import { expect } from '@jest/globals'`.
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends LatchkeyMatchers<Promise<void>> {}
}

/** What Jest defines in a test file. */
declare const expect: {
  extend(matchers: object): void;
  getState(): { readonly testPath?: string; readonly currentTestName?: string };
};
declare const beforeAll: Hooks['beforeAll'];
declare const beforeEach: (hook: () => Promise<void>) => void;
declare const afterEach: (hook: () => Promise<void>) => void;
declare const afterAll: Hooks['afterAll'];

/** The worlds of a test file: Jest loads this module once for each. */
const worlds = new TestWorlds();

/**
 * Makes a world for the test file that calls it, resets it before each of its tests, and adds the matchers to `expect`. The
 * world is one of the latchkey that `url` or LATCHKEY_URL names (`latchkey/jest/global-setup` and `latchkey exec -- jest` set that);
 * without either, one is started. Call the function that this returns inside tests.
 */
export function useLatchkey(options: TestWorldOptions = {}): () => Latchkey {
  const surroundings = { env: process.env, connect, start: spawnLatchkey };
  const file = expect.getState().testPath ?? '';
  const hooks: Hooks = {
    beforeAll,
    // A hook with a parameter would have to call it.
    beforeEach: (hook) => beforeEach(() => hook()),
    afterEach: (hook) => afterEach(() => hook()),
    afterAll,
  };
  const world = worldInHooks(hooks, worlds, {
    open: () => openTestWorld(file, options, surroundings),
    markOf: () => markOf(file, expect.getState().currentTestName),
  });
  expect.extend(matchersFor(worlds));
  return () => world();
}
