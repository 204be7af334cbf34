import type { Latchkey, RequestFilter } from '../client/types.ts';
import { judgeAccepted, judgeRefused, judgeUsed, type KeyOrId, type RefusalReason } from './verdicts.ts';

/** What `expect` of a test runner learns. All of them have to be awaited. */
export interface LatchkeyMatchers<R> {
  /** Of a secret, or what has one: it would be refused now. Of what a client gave for the last request: it was refused. */
  toBeRefused(reason?: RefusalReason): R;
  /** The same the other way round. */
  toBeAccepted(): R;
  /** Of a key or its id: a request with it was not refused for it. */
  toHaveBeenUsed(filter?: RequestFilter): R;
  /** Of a latchkey: the same of a key in its world. */
  toHaveUsedKey(key: KeyOrId, filter?: RequestFilter): R;
}

/** The matchers, which look into the world that the test uses. */
export function matchersFor(world: () => Latchkey) {
  return {
    toBeRefused: (received: unknown, reason?: RefusalReason) => judgeRefused(world(), received, reason),
    toBeAccepted: (received: unknown) => judgeAccepted(world(), received),
    toHaveBeenUsed: (key: KeyOrId, filter?: RequestFilter) => judgeUsed(world(), key, filter),
    toHaveUsedKey: (lk: Latchkey, key: KeyOrId, filter?: RequestFilter) => judgeUsed(lk, key, filter),
  };
}
