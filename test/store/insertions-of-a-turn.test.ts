import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EmulatorError } from '../../src/core/errors.ts';
import { GuardedKeyStore } from '../../src/core/guarded-stores.ts';
import type { Admission } from '../../src/core/key-store.ts';
import { migrationsFolder } from '../../src/package.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { dump } from './dump.ts';
import { keyOf } from './key-of.ts';
import { idsOf } from './key-store-steps.ts';
import { scratchFolder } from './scratch-folder.ts';
import { worldInMemory } from './world-in-memory.ts';

const taken = new EmulatorError('key_name_taken', { name: 'ci' });
/** A name is for one key alone. */
const unique = (name: string): Admission => ({
  siblings: { name },
  admit: (siblings) => {
    if (siblings.length > 0) throw taken;
  },
});
/** What became of each insertion: true, or what it threw. */
const outcomes = async (insertions: readonly (Promise<void> | void)[]) =>
  (await Promise.allSettled(insertions)).map((result) => (result.status === 'fulfilled' ? true : result.reason));

const pathOf = scratchFolder();
let world: SqliteWorldStore;
beforeEach(() => {
  world = worldInMemory();
});
afterEach(() => world.close());

describe('the insertions of a turn', () => {
  test('are decided one after the other: a name that is for one key alone is given to the first', async () => {
    const named = ['a', 'b', 'c', 'd'].map((id) => keyOf(id, { name: 'ci' }));
    expect(await outcomes(named.map((key) => world.keys.insert(key, null, unique('ci'))))).toEqual([true, taken, taken, taken]);
    expect(idsOf(await world.keys.find({}))).toEqual(['a']);
  });

  test('each have their own end: one that fails throws its own error, and the others are stored', async () => {
    const own = new Error('its own');
    const refusing: Admission = {
      siblings: {},
      admit: () => {
        throw own;
      },
    };
    const ends = await outcomes([
      world.keys.insert(keyOf('a'), null),
      world.keys.insert(keyOf('b'), null, refusing),
      world.keys.insert(keyOf('c', { createdAt: Number.NaN }), null),
      world.keys.insert(keyOf('a'), null),
      world.keys.insert(keyOf('d'), 'kept'),
    ]);
    expect(ends).toEqual([true, own, expect.any(RangeError), new EmulatorError('key_name_taken', { name: 'a' }), true]);
    expect(idsOf(await world.keys.find({}))).toEqual(['a', 'd']);
    expect(await world.keys.findRevealed({ id: 'd' })).toMatchObject([{ secret: 'kept' }]);
  });

  test('are stored in the order in which they were asked, whatever is asked between them', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `k${index}`);
    const insertions = ids.map((id) => {
      const insertion = world.keys.insert(keyOf(id), null);
      void world.keys.find({});
      return insertion;
    });
    await Promise.all(insertions);
    expect(idsOf(await world.keys.find({}))).toEqual(ids);
  });

  test('happen although a test has replaced the timers', async () => {
    vi.useFakeTimers({ toFake: ['setImmediate', 'setTimeout', 'setInterval'] });
    try {
      await world.keys.insert(keyOf('a'), null);
    } finally {
      vi.useRealTimers();
    }
    expect(await world.keys.count({})).toBe(1);
  });
});

describe('an insertion that waits for the end of its turn', () => {
  test('comes before its world is closed, if that is asked after it', async () => {
    const file = pathOf('closed.sqlite');
    const closing = new SqliteWorldStore(file, migrationsFolder);
    const insertion = outcomes([closing.keys.insert(keyOf('a'), null)]);
    closing.close();
    expect(await insertion).toEqual([true]);
    const opened = new SqliteWorldStore(file, migrationsFolder);
    expect(idsOf(await opened.keys.find({}))).toEqual(['a']);
    opened.close();
  });

  test('fails in a world that is closed already', async () => {
    world.close();
    expect(await outcomes([world.keys.insert(keyOf('a'), null)])).toEqual([expect.any(Error)]);
  });

  test('is in a copy that is made after it', async () => {
    const insertion = world.keys.insert(keyOf('a'), null);
    const copy = dump(world.snapshot());
    await insertion;
    expect(copy).toEqual(dump(world.snapshot()));
  });

  test('comes before everything is replaced, if that is asked after it', async () => {
    const insertion = outcomes([world.keys.insert(keyOf('a'), null)]);
    world.seed([], 0, true);
    expect(await insertion).toEqual([true]);
    expect(await world.keys.count({})).toBe(0);
  });

  test.each([
    ['without a rule', undefined],
    ['with a rule', unique('ci')],
  ])('%s reaches nothing that has taken the place of what it was asked of', async (_what, admission) => {
    let isReplaced = false;
    const keys = new GuardedKeyStore(world.keys, () => isReplaced);
    const insertion = outcomes([keys.insert(keyOf('a', { name: 'ci' }), null, admission)]);
    isReplaced = true;
    expect(await insertion).toEqual([new EmulatorError('unavailable', null)]);
    expect(await world.keys.count({})).toBe(0);
  });
});

describe('a key that is issued in the turn in which its world', () => {
  const lk = emulatorForTests();

  test('is reset is issued before that: it is answered, and not among the new ones', async () => {
    const reset = await lk.world.preparedReset('everything');
    const before = await lk.world.store.keys.count({});
    const draft = { tenant: 't', owner: 'alice', secret: 'issued in the turn of a reset', hint: 'hint' };
    const issued = lk.world.keys('estuary').issue(draft, lk.world.clock.now());
    const end = Promise.resolve(issued).then(
      () => 'issued',
      (error: unknown) => error,
    );
    reset();
    expect(await end).toBe('issued');
    expect(await lk.world.store.keys.count({})).toBe(before);
  });
});
