import type { Latchkey, RequestFilter } from '../client/types.ts';
import { judgeAccepted, judgeRefused, judgeUsed, type KeyOrId, type RefusalReason, type Verdict } from './verdicts.ts';
import { type TestWorlds, worldOf, worldOfKey } from './world-of.ts';

/** The matchers that are added to a test runner's `expect`. Await each of them. */
export interface LatchkeyMatchers<R> {
  /** For a secret, or an object that has one: it would be refused now. For a client's answer to the last request: it was refused. */
  toBeRefused(reason?: RefusalReason): R;
  /** The opposite: the secret would be accepted, or the request succeeded. */
  toBeAccepted(): R;
  /** For a key or its id: at least one request with the key was not refused because of it. */
  toHaveBeenUsed(filter?: RequestFilter): R;
  /** For a latchkey: the same, for a key in its world. */
  toHaveUsedKey(key: KeyOrId, filter?: RequestFilter): R;
}

/** The matchers as a test runner takes them. */
export type MatcherFunctions = {
  toBeRefused(received: unknown, reason?: RefusalReason): Promise<Verdict>;
  toBeAccepted(received: unknown): Promise<Verdict>;
  toHaveBeenUsed(key: KeyOrId, filter?: RequestFilter): Promise<Verdict>;
  toHaveUsedKey(lk: Latchkey, key: KeyOrId, filter?: RequestFilter): Promise<Verdict>;
};

/** The matchers for the tests that use these worlds. */
export function matchersFor(worlds: TestWorlds): MatcherFunctions {
  return {
    toBeRefused: async (received: unknown, reason?: RefusalReason) =>
      judgeRefused(await worldOf(worlds.candidates, received), received, reason),
    toBeAccepted: async (received: unknown) => judgeAccepted(await worldOf(worlds.candidates, received), received),
    toHaveBeenUsed: async (key: KeyOrId, filter?: RequestFilter) =>
      judgeUsed(await worldOfKey(worlds.candidates, key), key, filter),
    toHaveUsedKey: (lk: Latchkey, key: KeyOrId, filter?: RequestFilter) => judgeUsed(lk, key, filter),
  };
}
