// What the budgets are measured with: the browser's own counters, and how slow this machine is at the moment.
import { send } from './latchkey.mjs';

/** The middle one of several measurements. */
export const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

/** The milliseconds of the work below on two quiet cores. */
const referenceMs = 60;

/**
 * How many times slower than two quiet cores the page's script runs here, at least 1: absolute budgets are stretched by it, because
 * the machine may have other work.
 */
export async function slowness(page) {
  const times = [];
  for (let round = 0; round < 5; round++)
    times.push(
      await page.evaluate(() => {
        const begin = performance.now();
        const texts = Array.from({ length: 100_000 }, (_, index) => `row ${(index * 7919) % 100_003}`);
        texts.sort();
        return performance.now() - begin;
      }),
    );
  return Math.max(1, median(times) / referenceMs);
}

/** The browser's counters of a page: `{ ScriptDuration, JSHeapUsedSize, … }`, and its garbage collector. */
export async function countersOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return {
    read: async () =>
      Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value])),
    collectGarbage: () => session.send('HeapProfiler.collectGarbage'),
  };
}

/** Sends many requests of Rockset, some at a time: seven of eight are accepted. */
export async function sendMany(latchkey, secret, count, name) {
  let sent = 0;
  const sender = async () => {
    while (sent < count) {
      const number = sent++;
      const shown = number % 8 === 0 ? 'unknown' : secret;
      await send(`${latchkey.url}/v1/orgs/self?${name}=${number}`, { headers: { authorization: `ApiKey ${shown}` } });
    }
  };
  await Promise.all(Array.from({ length: 8 }, sender));
}

/** Prints a measurement with its budget, and gives what is over it: a sentence, or nothing. */
export function checked(what, value, most, unit = '') {
  const line = `${what}: ${value.toFixed(value < 10 ? 2 : 0)}${unit}, of at most ${most.toFixed(most < 10 ? 2 : 0)}${unit}`;
  console.log(line);
  return value <= most ? [] : [line];
}
