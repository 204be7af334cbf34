import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ApiKey, revokeKey } from '../../src/core/api-key.ts';
import { draftKey, type KeyDraft, KeyService } from '../../src/core/key-service.ts';
import { Propagation } from '../../src/core/propagation.ts';
import type { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { worldInMemory } from '../store/world-in-memory.ts';

const draft: KeyDraft = { id: 'k-1', tenant: 'north', owner: 'ada', secret: 'ada-secret', hint: 'ada-' };

let world: SqliteWorldStore;
let keys: KeyService;
let heard: [before: string | null, after: string][];
beforeEach(() => {
  world = worldInMemory();
  heard = [];
  const tell = ({ id, state, lastUsedAt }: ApiKey) => `${id} ${state} ${lastUsedAt ?? 'unused'}`;
  keys = new KeyService('alpha', world.keys, {
    watch: (before, after) => heard.push([before === undefined ? null : tell(before), tell(after)]),
  });
});
afterEach(() => world.close());

test('a watcher is called for an issue, for the first use only, and for a change with the key before it', async () => {
  await keys.issue(draft, 1_000);
  await keys.authenticate('ada-secret', 2_000);
  await keys.authenticate('ada-secret', 3_000);
  await keys.change({ id: 'k-1' }, (key) => revokeKey(key, 4_000));
  expect(heard).toEqual([
    [null, 'k-1 active unused'],
    ['k-1 active unused', 'k-1 active 2000'],
    ['k-1 active 3000', 'k-1 revoked 3000'],
  ]);
});

test('a watcher is not called for a change that leaves the key as it was', async () => {
  await keys.issue(draft, 1_000);
  await keys.issue({ ...draft, id: 'k-2', secret: 'other', state: 'revoked' }, 1_000);
  heard = [];
  await keys.change({ id: 'k-2' }, (key) => revokeKey(key, 2_000));
  await keys.changeAll({}, (key) => revokeKey(key, 2_000));
  expect(heard).toEqual([['k-1 active unused', 'k-1 revoked unused']]);
});

test('a watcher is called for what another process did to a key', async () => {
  const key = await keys.issue(draft, 1_000);
  heard = [];
  keys.changedElsewhere(undefined, key);
  keys.changedElsewhere(key, revokeKey(key, 2_000));
  expect(heard).toEqual([
    [null, 'k-1 active unused'],
    ['k-1 active unused', 'k-1 revoked unused'],
  ]);
});

test('what another process did to a key is seen as late as what was done here, from the instant that the key has of it', async () => {
  const visibility = new Propagation();
  keys = new KeyService('alpha', world.keys, { visibility });
  visibility.delayBy({ issueMs: 100, revokeMs: 100 });
  const key = draftKey('alpha', draft, 1_000);
  await world.keys.insert(key, null);
  keys.changedElsewhere(undefined, key);
  expect(() => keys.authenticate('ada-secret', 1_099)).toThrow('key_unknown');
  expect(await keys.authenticate('ada-secret', 1_100)).toMatchObject({ id: 'k-1' });
  const revoked = await world.keys.change({ id: 'k-1' }, (found) => revokeKey(found, 2_000));
  keys.changedElsewhere(key, revoked ?? key);
  expect(await keys.authenticate('ada-secret', 2_100)).toMatchObject({ id: 'k-1' });
  expect(() => keys.authenticate('ada-secret', 2_101)).toThrow('key_revoked');
});
