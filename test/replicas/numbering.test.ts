import { expect, test } from 'vitest';
import { Numbering } from '../../src/replicas/numbering.ts';

const start = 1_795_000_000_000;

function numberingOf(number: number, time = { now: start }) {
  const numbering = new Numbering({ now: () => time.now });
  numbering.number = number;
  return { numbering, time };
}

const take = (numbering: Numbering, count: number) => Array.from({ length: count }, () => numbering.next());

test('ids grow, and no two processes have the same, however many there are in a millisecond', () => {
  const all = [0, 1, 62, 63].map((number) => take(numberingOf(number).numbering, 1000));
  for (const ids of all) expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(new Set(all.flat()).size).toBe(4000);
});

test('they are in the order of real time over processes, and exact numbers for years', () => {
  const [one, two] = [numberingOf(63), numberingOf(0)];
  const earlier = take(one.numbering, 64);
  two.time.now += 1;
  expect(two.numbering.next()).toBeGreaterThan(Math.max(...earlier));
  const { numbering } = numberingOf(63, { now: Date.UTC(2038) });
  expect(Number.isSafeInteger(numbering.next())).toBe(true);
});

test('they grow where real time is set back, and where the process gets another number', () => {
  const { numbering, time } = numberingOf(40);
  const ids = take(numbering, 3);
  time.now -= 1000;
  ids.push(...take(numbering, 100));
  numbering.number = 2;
  ids.push(...take(numbering, 100));
  time.now += 5000;
  ids.push(...take(numbering, 3));
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(new Set(ids).size).toBe(206);
});
