import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';
import type { Latchkey, RequestFilter } from '../client/types.ts';
import { connect, startLatchkey } from '../library.ts';
import { openTestWorld, type TestWorldOptions, worldInHooks } from './test-world.ts';
import { judgeAccepted, judgeRefused, judgeUsed, type KeyOrId, type RefusalReason, type Verdict } from './verdicts.ts';

export type { TestWorldOptions } from './test-world.ts';
export type { KeyOrId, RefusalReason } from './verdicts.ts';

/**
 * Makes a world for the test file that calls it, and resets it before each of its tests. The world is one of the latchkey that
 * `url` or LATCHKEY_URL names (`latchkey exec -- node --test` sets that); without either, one is started. Call the function that
 * this returns inside tests.
 */
export function useLatchkey(options: TestWorldOptions = {}): () => Latchkey {
  const hooks = { beforeAll: before, beforeEach, afterAll: after };
  const surroundings = { env: process.env, connect, start: () => startLatchkey() };
  return worldInHooks(hooks, () => openTestWorld(process.argv[1] ?? '', options, surroundings));
}

/** Asserts that a secret, or an object that has one, would be refused now, or that a client's last request was refused. */
export async function assertRefused(lk: Latchkey, received: unknown, reason?: RefusalReason): Promise<void> {
  assertPassed(await judgeRefused(lk, received, reason));
}

/** Asserts the opposite: the secret would be accepted, or the request succeeded. */
export async function assertAccepted(lk: Latchkey, received: unknown): Promise<void> {
  assertPassed(await judgeAccepted(lk, received));
}

/** Asserts that at least one request with this key was not refused because of it. */
export async function assertUsed(lk: Latchkey, key: KeyOrId, filter?: RequestFilter): Promise<void> {
  assertPassed(await judgeUsed(lk, key, filter));
}

function assertPassed({ pass, message }: Verdict): void {
  assert.ok(pass, message());
}
