import { connect } from '../client/connect.ts';
import type { Latchkey } from '../client/types.ts';
import { type LatchkeyMatchers, matchersFor } from './matchers.ts';
import { spawnLatchkey } from './spawned.ts';
import { type Hooks, openTestWorld, type TestWorldOptions, worldInHooks } from './test-world.ts';

export type { LatchkeyMatchers } from './matchers.ts';
export type { TestWorldOptions } from './test-world.ts';
export type { RefusalReason } from './verdicts.ts';

declare global {
  namespace jest {
    interface Matchers<R, T = object> extends LatchkeyMatchers<Promise<void>> {}
  }
}

/** What Jest defines in a test file. */
declare const expect: { extend(matchers: object): void; getState(): { readonly testPath?: string } };
declare const beforeAll: Hooks['beforeAll'];
declare const beforeEach: Hooks['beforeEach'];
declare const afterAll: Hooks['afterAll'];

/**
 * Makes a world for the test file that calls it, resets it before each of its tests, and adds the matchers to `expect`. The
 * world is one of the latchkey that `url` or LATCHKEY_URL names (`latchkey exec -- jest` sets that); without either, one is started
 * in its own process, because Jest's tests cannot load ES modules. Call the function that this returns inside tests.
 */
export function useLatchkey(options: TestWorldOptions = {}): () => Latchkey {
  const surroundings = { env: process.env, connect, start: spawnLatchkey };
  const file = expect.getState().testPath ?? '';
  const world = worldInHooks({ beforeAll, beforeEach, afterAll }, () => openTestWorld(file, options, surroundings));
  expect.extend(matchersFor(world));
  return world;
}
