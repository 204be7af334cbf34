import { parseArgs } from 'node:util';
import { measureBlocking } from './blocking.ts';
import { measureLookUps } from './look-ups.ts';
import { measureStart } from './start.ts';
import { measureThroughput } from './throughput.ts';
import { measureWorlds } from './worlds.ts';

/**
 * Measures latchkey, bare `node:http` and bare Fastify in the same run, with the server on one core and the load on another, and
 * prints ratios, because absolute numbers depend on the machine and its load. `--short` is for a quick look.
 */
const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
const rounds = values.short ? 2 : 5;
const seconds = values.short ? 1 : 3;

console.log(`throughput: requests per second, median of ${rounds} rounds of ${seconds} s, 32 connections`);
console.table(await measureThroughput(rounds, seconds));

console.log(`start to the first answer, and memory when idle: median of ${rounds * 2} starts`);
console.table(await measureStart(rounds * 2));

console.log('the first request to a world, which makes that world');
console.table(await measureWorlds(values.short ? 30 : 200));

console.log('look-ups in the store, by the number of keys');
console.table(await measureLookUps([1000, 100_000, 1_000_000], values.short ? 50_000 : 200_000));

for (const size of values.short ? [1000, 100_000] : [1000, 100_000, 1_000_000]) {
  console.log(`what each call keeps waiting, with ${size.toLocaleString('en')} keys`);
  console.table(await measureBlocking(size));
}
