import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';
import type { Latchkey, RequestFilter } from '../client/types.ts';
import { connect, startLatchkey } from '../library.ts';
import { openTestWorld, type TestWorldOptions, worldInHooks } from './test-world.ts';
import { judgeAccepted, judgeRefused, judgeUsed, type KeyOrId, type RefusalReason, type Verdict } from './verdicts.ts';

export type { TestWorldOptions } from './test-world.ts';
export type { KeyOrId, RefusalReason } from './verdicts.ts';

/**
 * Gives the test file that calls it a world of its own, as at the start before each of its tests. One that runs is used where
 * `url` or LATCHKEY_URL names it, as `latchkey exec -- node --test` does; without either one is started. What it gives back is
 * to be called in tests.
 */
export function useLatchkey(options: TestWorldOptions = {}): () => Latchkey {
  const hooks = { beforeAll: before, beforeEach, afterAll: after };
  const surroundings = { env: process.env, connect, start: () => startLatchkey() };
  return worldInHooks(hooks, () => openTestWorld(process.argv[1] ?? '', options, surroundings));
}

/** A secret, or what has one, would be refused now; or what a client gave for the last request says that it was refused. */
export async function assertRefused(lk: Latchkey, received: unknown, reason?: RefusalReason): Promise<void> {
  assertPassed(await judgeRefused(lk, received, reason));
}

/** The same the other way round. */
export async function assertAccepted(lk: Latchkey, received: unknown): Promise<void> {
  assertPassed(await judgeAccepted(lk, received));
}

/** A request with this key was not refused for it. */
export async function assertUsed(lk: Latchkey, key: KeyOrId, filter?: RequestFilter): Promise<void> {
  assertPassed(await judgeUsed(lk, key, filter));
}

function assertPassed({ pass, message }: Verdict): void {
  assert.ok(pass, message());
}
