import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PendingUses } from '../../src/store/pending-uses.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Pending uses that are written to a list. While it is `full`, writing fails. */
function recorded() {
  const disk = { full: false, writes: [] as [number, number][][] };
  const uses = new PendingUses((pending) => {
    if (disk.full) throw new Error('the disk is full');
    disk.writes.push([...pending]);
  });
  return { disk, uses };
}

test('the last uses of all keys are written together, a moment after the first use', () => {
  const { disk, uses } = recorded();
  uses.note(1, 1_000);
  uses.note(2, 1_001);
  uses.note(1, 1_002);
  expect(disk.writes).toEqual([]);
  expect([uses.of(1), uses.of(2), uses.of(3)]).toEqual([1_002, 1_001, undefined]);
  vi.runAllTimers();
  expect(disk.writes).toEqual([
    [
      [1, 1_002],
      [2, 1_001],
    ],
  ]);
  expect(uses.of(1)).toBeUndefined();
});

test('a written use is not written again, and the next use is written', () => {
  const { disk, uses } = recorded();
  uses.note(1, 1_000);
  uses.flush();
  uses.flush();
  vi.runAllTimers();
  uses.note(1, 2_000);
  vi.runAllTimers();
  expect(disk.writes).toEqual([[[1, 1_000]], [[1, 2_000]]]);
});

test('a write that fails in the background throws nothing, loses nothing, and is repeated after the next use', () => {
  const { disk, uses } = recorded();
  disk.full = true;
  uses.note(1, 1_000);
  expect(() => vi.runAllTimers()).not.toThrow();
  expect(uses.of(1)).toBe(1_000);
  disk.full = false;
  uses.note(2, 2_000);
  vi.runAllTimers();
  expect(disk.writes).toEqual([
    [
      [1, 1_000],
      [2, 2_000],
    ],
  ]);
});

test('a write that fails in a flush throws, and loses nothing', () => {
  const { disk, uses } = recorded();
  disk.full = true;
  uses.note(1, 1_000);
  expect(() => uses.flush()).toThrow('the disk is full');
  expect(uses.of(1)).toBe(1_000);
});
