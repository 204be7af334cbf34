import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, type TestContext } from 'node:test';
import type { Latchkey, RequestFilter } from '../client/types.ts';
import { connect } from '../library.ts';
import { worldInHooks } from './hooks.ts';
import { markOf } from './mark.ts';
import { spawnLatchkey } from './spawned.ts';
import { openTestWorld, type TestWorldOptions } from './test-world.ts';
import { judgeAccepted, judgeRefused, judgeUsed, type KeyOrId, type RefusalReason, type Verdict } from './verdicts.ts';
import { TestWorlds } from './world-of.ts';

export type { TestWorldOptions } from './test-world.ts';
export type { KeyOrId, RefusalReason } from './verdicts.ts';

/**
 * Makes a world for the test file that calls it, and resets it before each of its tests; a test that begins while another one runs
 * gets a world of its own. The world is one of the latchkey that `url` or LATCHKEY_URL names (`latchkey exec -- node --test` sets
 * that); without either, one is started. Call the function that this returns inside tests, with the test's context if tests run at
 * the same time.
 */
export function useLatchkey(options: TestWorldOptions = {}): (test?: TestContext) => Latchkey {
  const hooks = { beforeAll: before, beforeEach, afterEach, afterAll: after };
  const surroundings = { env: process.env, connect, start: spawnLatchkey };
  const file = process.argv[1] ?? '';
  return worldInHooks(hooks, new TestWorlds(), {
    open: () => openTestWorld(file, options, surroundings),
    markOf: (test) => markOf(file, nameOf(test)),
  });
}

/** The names of a test and of those around it. */
function nameOf(test: unknown): string | undefined {
  const { fullName }: { readonly fullName?: unknown } = Object(test);
  return typeof fullName === 'string' ? fullName : undefined;
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
