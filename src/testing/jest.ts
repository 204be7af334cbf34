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

/** What jest gives a test file. */
declare const expect: { extend(matchers: object): void; getState(): { readonly testPath?: string } };
declare const beforeAll: Hooks['beforeAll'];
declare const beforeEach: Hooks['beforeEach'];
declare const afterAll: Hooks['afterAll'];

/**
 * Gives the test file that calls it a world of its own, as at the start before each of its tests, and `expect` the matchers.
 * One that runs is used where `url` or LATCHKEY_URL names it, as `latchkey exec -- jest` does; without either one is started in
 * a process of its own, because jest gives its tests no ES modules. What it gives back is to be called in tests.
 */
export function useLatchkey(options: TestWorldOptions = {}): () => Latchkey {
  const surroundings = { env: process.env, connect, start: spawnLatchkey };
  const file = expect.getState().testPath ?? '';
  const world = worldInHooks({ beforeAll, beforeEach, afterAll }, () => openTestWorld(file, options, surroundings));
  expect.extend(matchersFor(world));
  return world;
}
