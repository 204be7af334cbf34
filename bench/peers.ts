import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { casesOf } from './cases.ts';
import { type Load, sendLoad } from './load.ts';
import { median, type Server, startServer } from './process.ts';

/** What npm has of emulators and mock servers, in the versions that are measured. */
const packages = ['oauth2-mock-server@9.3.0', '@stoplight/prism-cli@5.16.0', 'json-server@0.17.4'];

/** A program that is measured: its script, and the request that is typical of it. */
interface Peer {
  readonly name: string;
  readonly script: string;
  readonly path: string;
  readonly headers: readonly string[];
}

const peers: readonly Peer[] = [
  { name: 'bare node:http', script: 'bench/bare-http.mjs', path: '/', headers: [] },
  {
    name: 'oauth2-mock-server, its metadata',
    script: 'bench/peers/oauth2-mock-server.mjs',
    path: '/.well-known/openid-configuration',
    headers: [],
  },
  {
    name: 'Prism, one key of an OpenAPI document',
    script: 'bench/peers/prism.mjs',
    path: '/v1/orgs/self/users/self/apikeys/key-050',
    headers: ['authorization: ApiKey any'],
  },
  { name: 'json-server, one record', script: 'bench/peers/json-server.mjs', path: '/keys/1', headers: [] },
];

/** What was measured of one program. */
interface Measured {
  readonly startMs: number;
  readonly idleMiB: number;
  readonly perSecond: readonly number[];
  readonly cpuUs: readonly number[];
}

/**
 * Measures latchkey beside its peers in the same minutes: requests per second and CPU time of a typical GET, start, idle memory.
 * None of them checks a key as latchkey does; the figures say what that costs. The packages are installed in a folder of the
 * system's for temporary files on the first call. Throws if npm cannot install them.
 */
export async function measurePeers(rounds: number, seconds: number): Promise<Record<string, object>> {
  const env = { PEERS: installed() };
  const measured = new Map<string, { readonly server: Server; readonly load: Load; readonly at: Measured }>();
  try {
    for (const { name, script, path, headers } of peers) {
      const server = await startServer(script, path, env);
      await add(measured, name, server, { url: server.url + path, method: 'GET', headers });
    }
    const latchkey = await startServer('dist/cli.js', '/health');
    const [{ load } = { load: undefined }] = await casesOf(latchkey);
    if (load !== undefined) await add(measured, 'latchkey, one key (Rockset)', latchkey, load);
    return table(await inTurn(measured, rounds, seconds));
  } finally {
    for (const { server } of measured.values()) server.stop();
  }
}

type Servers = ReadonlyMap<string, { readonly server: Server; readonly load: Load; readonly at: Measured }>;

async function add(
  servers: Map<string, { readonly server: Server; readonly load: Load; readonly at: Measured }>,
  name: string,
  server: Server,
  load: Load,
): Promise<void> {
  await wait(3000);
  const { startMs } = server;
  servers.set(name, { server, load, at: { startMs, idleMiB: server.residentMiB(), perSecond: [], cpuUs: [] } });
}

async function inTurn(servers: Servers, rounds: number, seconds: number): Promise<ReadonlyMap<string, Measured>> {
  const results = new Map<string, Measured>([...servers].map(([name, { at }]) => [name, at]));
  for (const { load } of servers.values()) await sendLoad(load, 1);
  for (let round = 0; round < rounds; round++) {
    for (const [name, { server, load }] of servers) {
      const before = server.cpuMs();
      const answered = await sendLoad(load, seconds);
      const cpuUs = ((server.cpuMs() - before) * 1000) / answered.requests;
      const known = results.get(name);
      if (known === undefined) continue;
      const perSecond = [...known.perSecond, answered.requests / answered.seconds];
      results.set(name, { ...known, perSecond, cpuUs: [...known.cpuUs, cpuUs] });
    }
  }
  return results;
}

function table(results: ReadonlyMap<string, Measured>): Record<string, object> {
  const bare = results.get('bare node:http');
  const rows = [...results].map(([name, { startMs, idleMiB, perSecond, cpuUs }]) => {
    const ratios = cpuUs.map((value, round) => (bare?.cpuUs[round] ?? Number.NaN) / value);
    const row = {
      'per second': Math.round(median(perSecond)),
      'µs of CPU': Number(median(cpuUs).toFixed(1)),
      'CPU: node:http ÷ it': Number(median(ratios).toFixed(3)),
      'start ms': Math.round(startMs),
      'idle MiB': Math.round(idleMiB),
    };
    return [name, row];
  });
  return Object.fromEntries(rows);
}

/** A file in the folder where the packages are, from which they can be resolved. */
function installed(): string {
  const folder = join(tmpdir(), 'latchkey-bench-peers');
  const done = join(folder, `${packages.join('+').replaceAll('/', '-')}.installed`);
  if (!existsSync(done)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: folder, stdio: 'inherit' });
    if (status !== 0) throw new Error(`npm could not install ${packages.join(', ')} in ${folder}`);
    writeFileSync(done, '');
  }
  return join(folder, 'package.json');
}
