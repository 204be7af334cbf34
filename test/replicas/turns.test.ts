import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StorageError } from '../../src/core/world-store.ts';
import { Turns } from '../../src/replicas/turns.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const after = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
const silence = async () => {
  await after(2001);
  throw new StorageError('silence');
};

/** What became of work that is begun at once, one after another. */
async function outcomes(...works: readonly (() => Promise<void>)[]): Promise<string[]> {
  const turns = new Turns();
  const all = Promise.allSettled(works.map((work) => turns.take(work)));
  await vi.runAllTimersAsync();
  return (await all).map((one) => (one.status === 'fulfilled' ? 'done' : one.reason.message));
}

test('a queue that gets on is not refused, however long it is', async () => {
  const works = Array.from({ length: 10 }, () => () => after(1000));
  expect(await outcomes(...works)).toEqual(works.map(() => 'done'));
});

test('who waited two seconds for what got no answer is refused', async () => {
  const work = () => after(1);
  const refused = 'The database cannot be used now: it does not answer in time.';
  expect(await outcomes(work, silence, work, work)).toEqual(['done', 'silence', refused, refused]);
});

test('work that was refused for another reason had its answer', async () => {
  const wrong = async () => {
    await after(2001);
    throw new RangeError('wrong');
  };
  expect(await outcomes(wrong, () => after(1))).toEqual(['wrong', 'done']);
});

test('what is urgent comes before what has not begun', async () => {
  const turns = new Turns();
  const done: string[] = [];
  const noting = (name: string) => async () => {
    await after(1);
    done.push(name);
  };
  const all = [turns.take(noting('first')), turns.take(noting('second')), turns.take(noting('urgent'), true)];
  await vi.runAllTimersAsync();
  await Promise.all(all);
  expect(done).toEqual(['urgent', 'first', 'second']);
});
