// Restarts three replicas on one PostgreSQL one after the other, behind nginx and while they are used, as an upgrade does, and then kills
// each by force: bash .ci/postgres node_modules/.bin/node .ci/rolling-restart.mjs [--build dist/cli.js]
// No answer may be anything but 2xx while they leave one by one, no key may be lost, and nobody may wait long for an answer to a GET
// when one is killed. It ends with 0 (passed), 1 (inconclusive) or 2 (failed). Needs nginx and `npm run build`.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rollingRestart } from './rolling-restart/run.ts';

const { values } = parseArgs({
  options: { build: { type: 'string', default: join(import.meta.dirname, '..', 'dist', 'cli.js') } },
});
const least = { answers: 2000, posts: 200, restarts: 6 };
const mostGapMs = 1500;
/** A POST that was sent on a connection just as its replica closed it: nginx must not send it twice, and answers 502. */
const cutPost = /^POST .*: 502$/;
const mostCut = { perRestart: 1, perPost: 1 / 1000 };

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

try {
  const { LATCHKEY_TEST_POSTGRES: postgres } = process.env;
  if (postgres === undefined) throw new Error('LATCHKEY_TEST_POSTGRES is not set: bash .ci/postgres sets it');
  conclude(await rollingRestart({ build: values.build, postgres }));
} catch (error) {
  console.error(`rolling restart is inconclusive: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

function conclude(rolled) {
  const { answers, posts, failures, restarts, longestLeaveMs, badEnds, issued, lost, longestGapMs } = rolled;
  console.log(
    `restarts of replicas: ${restarts}, the slowest left in ${Math.round(longestLeaveMs)} ms; answers meanwhile: ${answers}, of which to POST: ${posts}; not 2xx: ${failures.length}`,
  );
  console.log(
    `keys issued: ${issued}; refused afterwards: ${lost}; longest gap when a replica was killed: ${Math.round(longestGapMs)} ms`,
  );
  for (const one of failures.slice(0, 20)) console.log(`  ${one}`);
  for (const one of badEnds) console.log(`  a replica left with ${one.split(':')[0]}`);
  const cut = failures.filter((one) => cutPost.test(one)).length;
  const wrong =
    failures.length > cut ||
    cut > Math.max(restarts * mostCut.perRestart, posts * mostCut.perPost) ||
    badEnds.length > 0 ||
    lost > 0 ||
    longestGapMs > mostGapMs;
  const few = Object.keys(least).filter((name) => rolled[name] < least[name]);
  if (wrong) console.log('rolling restart failed');
  else if (few.length > 0) console.log(`rolling restart is inconclusive: too few ${few.join(', ')}`);
  else console.log('rolling restart passed');
  process.exitCode = wrong ? 2 : few.length > 0 ? 1 : 0;
}
