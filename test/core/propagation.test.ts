import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ApiKey, revokeKey, suspendKey } from '../../src/core/api-key.ts';
import { type KeyDraft, KeyService } from '../../src/core/key-service.ts';
import { noDelays, Propagation } from '../../src/core/propagation.ts';
import type { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { worldInMemory } from '../store/world-in-memory.ts';

const secret = 'ada-secret-0123456789';
const draft: KeyDraft = { id: 'k-1', tenant: 'north', owner: 'ada', secret, hint: 'ada-' };
const refusal = (code: string) => expect.objectContaining({ name: 'EmulatorError', code });

let world: SqliteWorldStore;
let propagation: Propagation;
let keys: KeyService;
beforeEach(() => {
  world = worldInMemory();
  propagation = new Propagation();
  keys = new KeyService('alpha', world.keys, { visibility: propagation });
});
afterEach(() => world.close());

const stateAt = async (now: number) => {
  const { key, refusal: refused } = await keys.introspect(secret, now);
  return refused?.code ?? key?.state;
};
const revoke = (now: number) => keys.change({ id: 'k-1' }, (key) => revokeKey(key, now));

describe('a key that is issued while issues are delayed', () => {
  test('is unknown up to the last millisecond of the delay, and accepted from the next one on', async () => {
    propagation.delayBy({ issueMs: 2_000, revokeMs: 0 });
    await keys.issue(draft, 1_000);
    expect(await stateAt(2_999)).toBe('key_unknown');
    await expect(async () => keys.authenticate(secret, 2_999)).rejects.toEqual(refusal('key_unknown'));
    expect(await keys.authenticate(secret, 3_000)).toMatchObject({ id: 'k-1', lastUsedAt: 3_000 });
  });

  test('is delayed from its issue, even if its creation is dated earlier', async () => {
    propagation.delayBy({ issueMs: 2_000, revokeMs: 0 });
    await keys.issue({ ...draft, createdAt: 0 }, 1_000);
    expect(await stateAt(2_999)).toBe('key_unknown');
    expect(propagation.unseen(2_999)).toEqual([{ id: 'k-1', change: 'issue', seenAt: 3_000 }]);
    expect(propagation.unseen(3_000)).toEqual([]);
  });

  test('follows a change of the delay, and is seen at once, for good, when there is no delay any more', async () => {
    propagation.delayBy({ issueMs: 2_000, revokeMs: 0 });
    await keys.issue(draft, 1_000);
    propagation.delayBy({ issueMs: 100, revokeMs: 5 });
    expect([await stateAt(1_099), await stateAt(1_100)]).toEqual(['key_unknown', 'active']);
    propagation.delayBy(noDelays);
    expect(await stateAt(1_000)).toBe('active');
    propagation.delayBy({ issueMs: 2_000, revokeMs: 0 });
    expect(await stateAt(1_000)).toBe('active');
  });
});

describe('a key that is revoked while revocations are delayed', () => {
  test('is accepted up to the last millisecond of the delay, and refused after it', async () => {
    await keys.issue(draft, 0);
    propagation.delayBy({ issueMs: 0, revokeMs: 10_000 });
    await revoke(1_000);
    expect(await keys.authenticate(secret, 11_000)).toMatchObject({ state: 'revoked', lastUsedAt: 11_000 });
    expect(propagation.unseen(11_000)).toEqual([{ id: 'k-1', change: 'revocation', seenAt: 11_000 }]);
    await expect(async () => keys.authenticate(secret, 11_001)).rejects.toEqual(refusal('key_revoked'));
    expect(propagation.unseen(11_001)).toEqual([]);
  });

  test('is as it was before: it stays suspended, and may expire in the meantime', async () => {
    await keys.issue({ ...draft, expiresAt: 5_000 }, 0);
    propagation.delayBy({ issueMs: 0, revokeMs: 10_000 });
    await revoke(1_000);
    expect([await stateAt(5_000), await stateAt(5_001)]).toEqual(['revoked', 'key_expired']);
    await keys.issue({ ...draft, id: 'k-2', secret: 'other-secret' }, 0);
    await keys.change({ id: 'k-2' }, (key) => suspendKey(key, 1));
    await keys.change({ id: 'k-2' }, (key) => revokeKey(key, 2));
    expect((await keys.introspect('other-secret', 3)).refusal).toEqual(refusal('key_suspended'));
  });

  test('together with others is delayed as they are', async () => {
    await keys.issue(draft, 0);
    await keys.issue({ ...draft, id: 'k-2', secret: 'other-secret' }, 0);
    propagation.delayBy({ issueMs: 0, revokeMs: 10 });
    await keys.changeAll({}, (key: ApiKey) => revokeKey(key, 100));
    expect(propagation.unseen(110).map(({ id }) => id)).toEqual(['k-1', 'k-2']);
    expect(propagation.unseen(111)).toEqual([]);
  });
});

test('a delay does not apply to what was issued or revoked before it', async () => {
  await keys.issue(draft, 1_000);
  await revoke(1_000);
  await keys.issue({ ...draft, id: 'k-2', secret: 'other-secret' }, 1_000);
  propagation.delayBy({ issueMs: 5_000, revokeMs: 5_000 });
  expect(await stateAt(1_000)).toBe('key_revoked');
  expect(await keys.introspect('other-secret', 1_000)).not.toHaveProperty('refusal');
  expect(propagation.unseen(1_000)).toEqual([]);
  await revoke(2_000);
  expect(propagation.unseen(2_000)).toEqual([]);
});
