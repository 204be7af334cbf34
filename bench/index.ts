import { parseArgs } from 'node:util';
import { measureBlocking } from './blocking.ts';
import { measureLookUps } from './look-ups.ts';
import { measureMemory } from './memory.ts';
import { measurePeers } from './peers.ts';
import { measureReplicas } from './replicas.ts';
import { measureStart } from './start.ts';
import { measureThroughput } from './throughput.ts';
import { measureWorlds } from './worlds.ts';

/**
 * Measures latchkey, bare `node:http` and bare Fastify in the same run, with the server on one core and the load on another, and
 * prints ratios, because absolute numbers depend on the machine and its load. `--short` is for a quick look, `--throughput` measures
 * nothing else, `--peers` measures what npm has of its kind beside it, `--replicas` measures it on a PostgreSQL, `--only Rockset` only the cases with this word, and each `--build dist/cli.js` is one build to measure.
 */
const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    replicas: { type: 'boolean', default: false },
    throughput: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    build: { type: 'string', multiple: true, default: ['dist/cli.js'] },
  },
});
const rounds = values.short ? 2 : 5;
const seconds = values.short ? 1 : 3;

if (values.peers) {
  console.log(`beside its peers: median of ${rounds} rounds of ${seconds} s, 32 connections`);
  console.table(await measurePeers(rounds, seconds));
  process.exit();
}

if (values.replicas) {
  const url = process.env['LATCHKEY_TEST_POSTGRES'];
  if (url === undefined || url === '') {
    console.error(
      'LATCHKEY_TEST_POSTGRES is not set; this starts a PostgreSQL and sets it: bash .ci/postgres npm run bench -- --replicas',
    );
    process.exit(1);
  }
  const [times, worlds] = values.short ? [20, 60] : [60, 300];
  console.log(`on PostgreSQL: median of ${rounds} rounds of ${seconds} s, or of ${times} requests; many worlds are ${worlds}`);
  console.table(await measureReplicas({ url, rounds, seconds, times, worlds }));
  process.exit();
}

console.log(`throughput: requests and CPU time, median of ${rounds} rounds of ${seconds} s, 32 connections`);
console.table(await measureThroughput({ rounds, seconds, builds: values.build, only: values.only }));
if (values.throughput) process.exit();

console.log(`start to the first answer, and memory when idle: median of ${rounds * 2} starts`);
console.table(await measureStart(rounds * 2));

console.log('the first request to a world, which makes that world');
console.table(await measureWorlds(values.short ? 30 : 200));

console.log('memory, while worlds with a thousand keys each are made and dropped');
console.table(await measureMemory(values.short ? 40 : 200, 3));

console.log('look-ups in the store, by the number of keys');
console.table(await measureLookUps([1000, 100_000, 1_000_000], values.short ? 50_000 : 200_000));

for (const size of values.short ? [1000, 100_000] : [1000, 100_000, 1_000_000]) {
  console.log(`what each call keeps waiting, with ${size.toLocaleString('en')} keys`);
  console.table(await measureBlocking(size));
}
