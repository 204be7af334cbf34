// Checks that several replicas on one PostgreSQL are as one latchkey, while everything that can break between them breaks:
// bash .ci/postgres node_modules/.bin/node .ci/coherence.mjs [--seconds 60] [--build dist/cli.js] [--stale | --apart] [--record file]
//
// Three replicas are processes, each behind a proxy that can be cut; the third has 15 ms of latency. Owners issue, use and revoke keys
// at any replica, readers use them at all, clocks are moved over an expiry and back, faults hit a few times. Every 2 s something is
// disturbed. A finding is what cannot be if every change that was answered holds for every request that begins later: see
// .ci/coherence/judge.ts. 503 is allowed while something is disturbed, and a broken connection of a replica that was killed.
//
// With --stale the replicas learn of changes too late on purpose (.ci/coherence/stale-cli.mjs), and with --apart they share nothing
// (and need no PostgreSQL): then the check passes only if it sees what is wrong. It ends with 0 (passed), 1 (inconclusive: it saw too
// little, or could not start) or 2 (failed). Needs `npm run build`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from './coherence/run.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    build: { type: 'string' },
    stale: { type: 'boolean', default: false },
    apart: { type: 'boolean', default: false },
    record: { type: 'string' },
  },
});

const builtCommand = join(import.meta.dirname, '..', 'dist', 'cli.js');

// The replicas are killed when this process ends, which it does by itself only if it is asked like this.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

try {
  const { status, text } = await run(optionsOf(values));
  console.log(text);
  process.exitCode = status;
} catch (error) {
  console.error(`coherence check is inconclusive: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

function optionsOf({ seconds, build: givenBuild, stale, apart, record }) {
  const mode = modeOf(stale, apart);
  const build = givenBuild ?? (stale ? join(import.meta.dirname, 'coherence', 'stale-cli.mjs') : builtCommand);
  if (!(Number(seconds) > 0)) throw new Error(`--seconds must be a number above 0: ${seconds}`);
  if (!existsSync(build)) throw new Error(`there is no ${build}: npm run build makes it`);
  const { LATCHKEY_TEST_POSTGRES: url, LATCHKEY_TEST_PG_CTL: control } = process.env;
  if (mode !== 'apart' && (url === undefined || control === undefined))
    throw new Error('LATCHKEY_TEST_POSTGRES and LATCHKEY_TEST_PG_CTL are not set: bash .ci/postgres sets them');
  const socket = join(/[?&]host=([^&]+)/.exec(url ?? '')?.[1] ?? '', '.s.PGSQL.5432');
  return { mode, seconds: Number(seconds), build, record, postgres: { url, control, socket } };
}

function modeOf(stale, apart) {
  if (stale && apart) throw new Error('--stale and --apart are two checks');
  if (stale) return 'stale';
  return apart ? 'apart' : 'law';
}
