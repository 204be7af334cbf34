import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Uses } from '../../src/replicas/uses.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Uses, and all that was written of them. */
function usesAndWritten() {
  const written: [string, number][][] = [];
  const uses = new Uses(async (some) => void written.push([...some]));
  return { uses, written };
}

const refuse = () => Promise.reject(new RangeError('refused'));

test('uses are written together a tenth of a second after the first one', async () => {
  const { uses, written } = usesAndWritten();
  uses.note('k', 1);
  uses.note('k', 2);
  uses.note('l', 3);
  await vi.advanceTimersByTimeAsync(99);
  expect(written).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(written).toEqual([
    [
      ['k', 2],
      ['l', 3],
    ],
  ]);
});

test('what a change is handed is not written a second time', async () => {
  const { uses, written } = usesAndWritten();
  uses.note('k', 1);
  expect(await uses.handTo(async (some) => [...some])).toEqual([['k', 1]]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(written).toEqual([]);
});

test('what a change was handed that is refused is written soon, but not over a later use', async () => {
  const { uses, written } = usesAndWritten();
  uses.note('k', 1);
  uses.note('l', 1);
  await expect(uses.handTo(refuse)).rejects.toThrow('refused');
  uses.note('k', 2);
  await vi.advanceTimersByTimeAsync(100);
  expect(new Map(written.flat())).toEqual(
    new Map([
      ['k', 2],
      ['l', 1],
    ]),
  );
});

test('what a refused change was handed is forgotten if everything was replaced meanwhile', async () => {
  const { uses, written } = usesAndWritten();
  uses.note('k', 1);
  const refused = uses.handTo(async () => {
    uses.forget();
    return refuse();
  });
  await expect(refused).rejects.toThrow('refused');
  await vi.advanceTimersByTimeAsync(1000);
  await uses.flush();
  expect(written).toEqual([]);
});

test('whoever flushes waits for a change that was handed uses before', async () => {
  const { uses } = usesAndWritten();
  uses.note('k', 1);
  const change = Promise.withResolvers<void>();
  const order: string[] = [];
  const handed = uses.handTo(() => change.promise).then(() => order.push('changed'));
  const flushed = uses.flush().then(() => order.push('flushed'));
  change.resolve();
  await Promise.all([handed, flushed]);
  expect(order).toEqual(['changed', 'flushed']);
});
