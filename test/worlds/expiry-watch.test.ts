import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import type { ApiKey } from '../../src/core/api-key.ts';
import { othersTurn } from '../../src/core/pieces.ts';
import { ExpiryWatch } from '../../src/worlds/expiry-watch.ts';
import { keyOf } from '../store/key-of.ts';
import { worldInMemory } from '../store/world-in-memory.ts';
import { epoch } from '../support/emulator.ts';

const dayMs = 24 * 3_600_000;
let store: ReturnType<typeof worldInMemory>;
let clock: VirtualClock;
let watch: ExpiryWatch;
let told: [id: string, after: number][];

beforeEach(() => {
  // Real time moves, and timers fire, only where a test says so.
  vi.useFakeTimers();
  store = worldInMemory();
  clock = new VirtualClock(epoch);
  told = [];
  watch = new ExpiryWatch(clock, store.keys, ({ id }, at) => told.push([id, at - epoch]));
  clock.watch(() => watch.catchUpSoon());
});
afterEach(() => {
  watch.close();
  store.close();
  vi.useRealTimers();
});

/** Stores a key that expires this long after the start, and has it considered, as a world does. */
async function issue(id: string, expiresAfterMs: number, changes: Partial<ApiKey> = {}): Promise<void> {
  const now = clock.now();
  const key = keyOf(id, { expiresAt: epoch + expiresAfterMs, createdAt: now, updatedAt: now, ...changes });
  await store.keys.insert(key, null);
  watch.consider(undefined, key);
}

async function change(id: string, changes: Partial<ApiKey>): Promise<void> {
  const [before] = await store.keys.find({ id });
  const changed = await store.keys.change({ id }, (key) => ({ ...key, updatedAt: clock.now(), ...changes }));
  if (changed !== undefined) watch.consider(before, changed);
}

describe('a clock that is moved', () => {
  beforeEach(() => clock.freeze());

  test('reports the keys whose expiry it passed, in order of time, with the first instant at which each is refused', async () => {
    await issue('late', 2_000);
    await issue('early', 1_000);
    await issue('never', 0, { expiresAt: null });
    await issue('later', 3_000);
    clock.set(epoch + 2_001);
    await watch.catchUp();
    expect(told).toEqual([
      ['early', 1_001],
      ['late', 2_001],
    ]);
  });

  test('reports a key just after its expiry, not at it', async () => {
    await issue('a', 1_000);
    clock.set(epoch + 1_000);
    await watch.catchUp();
    expect(told).toEqual([]);
    clock.advance(1);
    await watch.catchUp();
    expect(told).toEqual([['a', 1_001]]);
  });

  test('does not report keys that were suspended or revoked before', async () => {
    await issue('revoked', 1_000);
    await issue('suspended', 1_000);
    await change('revoked', { state: 'revoked', revokedAt: epoch });
    await change('suspended', { state: 'suspended' });
    clock.advance(dayMs);
    await watch.catchUp();
    expect(told).toEqual([]);
  });

  test('several times before a round is finished reports each key once', async () => {
    await issue('a', 1_000);
    await issue('b', 2_000);
    for (let step = 0; step < 5; step++) clock.advance(500);
    await Promise.all([watch.catchUp(), watch.catchUp()]);
    expect(told).toEqual([
      ['a', 1_001],
      ['b', 2_001],
    ]);
  });

  test('back makes keys expire again', async () => {
    await issue('a', 1_000);
    for (const instant of [2_000, 500, 2_000]) {
      clock.set(epoch + instant);
      await watch.catchUp();
    }
    expect(told).toEqual([
      ['a', 1_001],
      ['a', 1_001],
    ]);
  });

  test('over thousands of expiries, most of them at one instant, reports each once and in order', async () => {
    const expected: number[] = [];
    for (let index = 0; index < 4_000; index++) {
      const expiry = index < 2_500 ? 700 : index;
      expected.push(expiry + 1);
      await issue(String(index), expiry);
    }
    clock.advance(dayMs);
    await watch.catchUp();
    expect(told.map(([, at]) => at)).toEqual(expected);
    expect(new Set(told.map(([id]) => id)).size).toBe(4_000);
  });
});

describe('found 6.10: a round over thousands of expiries lets others have their turn', () => {
  const many = 2_000;
  const ids = () => told.map(([id]) => id);
  beforeEach(async () => {
    clock.freeze();
    for (let index = 0; index < many; index++) await issue(String(index), index < 1_200 ? 1_000 : index);
    clock.advance(dayMs);
  });

  test('after a few hundred, and reports each once in the end', async () => {
    const round = watch.catchUp();
    const counts = [told.length];
    for (let isDone = false; !isDone; ) {
      await othersTurn();
      counts.push(told.length);
      isDone = told.length === many;
    }
    await round;
    expect(Math.max(...counts.map((count, index) => count - (counts[index - 1] ?? count)))).toBeLessThanOrEqual(500);
    expect(ids()).toEqual(Array.from({ length: many }, (_, index) => String(index)));
  });

  test('a key that is changed before the round came to it is reported first, and not again', async () => {
    const round = watch.catchUp();
    while (told.length === 0) await othersTurn();
    expect(told.length).toBeLessThan(many);
    await change('1900', { state: 'suspended' });
    await change('1901', { name: 'renamed' });
    expect(ids().slice(-2)).toEqual(['1900', '1901']);
    await change('3', { name: 'reported already' });
    await round;
    expect(ids().toSorted()).toEqual(Array.from({ length: many }, (_, index) => String(index)).toSorted());
  });

  test('and a clock that is put back and forth meanwhile has every key reported twice', async () => {
    const round = watch.catchUp();
    while (told.length === 0) await othersTurn();
    clock.set(epoch);
    clock.advance(dayMs);
    await round;
    await watch.catchUp();
    expect(told).toHaveLength(2 * many);
    expect(ids().slice(many)).toEqual(ids().slice(0, many));
  });
});

describe('a clock that runs', () => {
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  test('reports a key when it expires, to the millisecond', async () => {
    await issue('a', 1_000);
    await pass(1_000);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual([['a', 1_001]]);
    await pass(dayMs);
    expect(told).toHaveLength(1);
  });

  test('reports the keys in the order of expiry, even if the last one issued expires first', async () => {
    await issue('second', 2_000);
    await issue('first', 1_000);
    await issue('third', 3_000);
    await pass(2_500);
    expect(told.map(([id]) => id)).toEqual(['first', 'second']);
    await pass(501);
    expect(told.map(([id]) => id)).toEqual(['first', 'second', 'third']);
  });

  test('reports a key that expires after months, which is longer than a timer can wait', async () => {
    await issue('a', 100 * dayMs);
    await pass(100 * dayMs);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual([['a', 100 * dayMs + 1]]);
  });

  test('does not report an expiry that was postponed', async () => {
    await issue('a', 1_000);
    await pass(500);
    await change('a', { expiresAt: epoch + 3_000 });
    await pass(2_000);
    expect(told).toEqual([]);
    await pass(501);
    expect(told).toEqual([['a', 3_001]]);
  });

  test('reports an expiry that was brought forward when it comes', async () => {
    await issue('a', 5_000);
    await change('a', { expiresAt: epoch + 1_000 });
    await pass(1_001);
    expect(told).toEqual([['a', 1_001]]);
  });

  test('reports nothing while it is frozen, and continues when it is resumed', async () => {
    await issue('a', 1_000);
    await pass(600);
    clock.freeze();
    await pass(dayMs);
    expect(told).toEqual([]);
    clock.resume();
    await pass(400);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual([['a', 1_001]]);
  });
});

describe('an expiry that the clock did not pass is not reported', () => {
  test.each(['frozen', 'running'])('keys that were issued past their expiry, with a clock that is %s', async (state) => {
    await vi.advanceTimersByTimeAsync(5_000);
    if (state === 'frozen') clock.freeze();
    await issue('long past', -1_000);
    await issue('just past', 4_999);
    await issue('to come', 6_000);
    if (state === 'frozen') clock.advance(2_000);
    else await vi.advanceTimersByTimeAsync(2_000);
    await watch.catchUp();
    expect(told).toEqual([['to come', 6_001]]);
  });

  test.each(['frozen', 'running'])('a key that a change put past its expiry, with a clock that is %s', async (state) => {
    await vi.advanceTimersByTimeAsync(1_000);
    if (state === 'frozen') clock.freeze();
    await issue('a', 2_000);
    await change('a', { expiresAt: clock.now() - 1 });
    if (state === 'frozen') clock.advance(2_000);
    else await vi.advanceTimersByTimeAsync(2_000);
    await watch.catchUp();
    expect(told).toEqual([]);
  });

  test('but a key that was expired by a change, and then given another expiry, is reported at that expiry', async () => {
    await vi.advanceTimersByTimeAsync(1_000);
    await issue('a', 5_000);
    await change('a', { expiresAt: clock.now() - 1 });
    await change('a', { expiresAt: epoch + 3_000 });
    await vi.advanceTimersByTimeAsync(2_001);
    expect(told).toEqual([['a', 3_001]]);
  });

  test('of keys that had expired when all keys were replaced', async () => {
    clock.freeze();
    await issue('a', 1_000);
    await issue('b', 5_000);
    clock.advance(2_000);
    watch.restart();
    await watch.catchUp();
    clock.advance(5_000);
    await watch.catchUp();
    expect(told).toEqual([['b', 5_001]]);
  });
});

test('expiries that were passed are not reported if all keys are replaced before the round is finished', async () => {
  clock.freeze();
  await issue('a', 1_000);
  clock.set(epoch + 2_000);
  clock.set(epoch);
  watch.restart();
  await watch.catchUp();
  expect(told).toEqual([]);
});

test('a clock that is moved back and forth before a round is finished reports each passing', async () => {
  clock.freeze();
  await issue('a', 1_000);
  for (const instant of [2_000, 0, 500, 2_000]) clock.set(epoch + instant);
  await watch.catchUp();
  expect(told).toEqual([
    ['a', 1_001],
    ['a', 1_001],
  ]);
});

describe('a closed watch', () => {
  test('reports nothing, whether the clock runs or is moved', async () => {
    await issue('a', 1_000);
    await issue('b', 2_000);
    watch.close();
    await vi.advanceTimersByTimeAsync(1_500);
    clock.advance(dayMs);
    await watch.catchUp();
    expect(told).toEqual([]);
  });

  test('does not touch the database, even in the middle of a round', async () => {
    await issue('a', 1_000);
    clock.advance(dayMs);
    const round = watch.catchUp();
    watch.close();
    store.close();
    await round;
    expect(told).toEqual([]);
    store = worldInMemory();
  });
});

test('an unreadable database is reported to the caller of catchUp, and does no other harm', async () => {
  await issue('a', 1_000);
  store.close();
  clock.advance(2_000);
  await vi.advanceTimersByTimeAsync(dayMs);
  await expect(watch.catchUp()).rejects.toThrow('The database connection is not open');
  expect(told).toEqual([]);
  store = worldInMemory();
});

test('a key that expired while it was being stored is reported: it was issued before its expiry', async () => {
  clock.freeze();
  clock.set(epoch + 2_000);
  await issue('slow', 1_000, { createdAt: epoch + 500, updatedAt: epoch + 500 });
  clock.set(epoch + 1_500);
  await issue('meanwhile', 3_000, { createdAt: epoch + 1_500, updatedAt: epoch + 1_500 });
  await watch.catchUp();
  expect(told).toEqual([['slow', 1_001]]);
  clock.set(epoch + 4_000);
  await watch.catchUp();
  expect(told.filter(([id]) => id === 'meanwhile')).toEqual([['meanwhile', 3_001]]);
});
