import { expect, test } from 'vitest';
import { StorageError } from '../../src/core/world-store.ts';
import { Journal } from '../../src/journal/journal.ts';
import { unreadableEntry } from '../../src/journal/unreadable.ts';

const newEntry = () => unreadableEntry({ at: 0, elapsedMs: 0, from: null, status: 400, answer: '' });

/** Whether all processes can be told. */
const others = { areThere: true };

/** A journal whose entries have the ids 10, 20, 30, …. */
function withGaps(bounds = {}): Journal {
  const journal = new Journal(bounds);
  let last = 0;
  journal.share({
    follow: () => undefined,
    nextId: () => {
      last += 10;
      return last;
    },
    gather: async () => journal,
    clear: async () => {
      if (!others.areThere) throw new StorageError('away');
    },
  });
  for (let n = 0; n < 5; n++) journal.record(newEntry());
  return journal;
}

const ids = (entries: readonly { readonly id: number }[]) => entries.map(({ id }) => id);

test('entries are found by ids with gaps between them', () => {
  const journal = withGaps();
  for (const id of [10, 20, 30, 40, 50]) expect(journal.get(id)?.id).toBe(id);
  for (const id of [0, 9, 11, 45, 51, Number.NaN, -1]) expect(journal.get(id)).toBe(undefined);
});

test('entries after an id, and how many there are', () => {
  const journal = withGaps();
  for (const [after, found] of [
    [0, [10, 20, 30, 40, 50]],
    [10, [20, 30, 40, 50]],
    [35, [40, 50]],
    [50, []],
  ] as const) {
    expect(ids(journal.after(after))).toEqual(found);
    expect(journal.countAfter(after)).toBe(found.length);
  }
  expect(ids(journal.after(10, 2))).toEqual([20, 30]);
});

test('the last that was pushed out is known', () => {
  const journal = withGaps({ entries: 3 });
  expect([journal.lastForgotten, journal.forgotten, ids(journal.after(0))]).toEqual([20, 2, [30, 40, 50]]);
  expect(journal.get(20)).toBe(undefined);
});

test('what is older than an id is forgotten, and what is left takes what it took', () => {
  const journal = withGaps({ entries: 4 });
  const { bytes } = journal;
  journal.clearBefore(40);
  expect(ids(journal.find({}))).toEqual([50, 40]);
  expect([journal.size, journal.forgotten, journal.cleared, journal.bytes]).toEqual([2, 0, 1, bytes / 2]);
});

test('it is cleared where all are, and not where the others cannot be told', async () => {
  const journal = withGaps();
  others.areThere = false;
  await expect(journal.clearEverywhere()).rejects.toThrow('away');
  expect(journal.size).toBe(5);
  others.areThere = true;
  await journal.clearEverywhere();
  expect([journal.size, journal.cleared]).toEqual([0, 1]);
});

test('alone it counts from 1, and has everything itself', async () => {
  const journal = new Journal();
  for (let n = 0; n < 3; n++) journal.record(newEntry());
  expect(ids(journal.after(0))).toEqual([1, 2, 3]);
  expect(journal.everywhere()).toBe(journal);
  expect(journal.clearEverywhere()).toBe(undefined);
  expect(journal.record(newEntry()).id).toBe(4);
});
