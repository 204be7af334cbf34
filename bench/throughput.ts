import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median, pinned, type Server, startServer } from './process.ts';

const run = promisify(execFile);
const hasWrk = spawnSync('wrk', ['--version']).error === undefined;

interface Load {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly header: string | undefined;
}

/** Requests per second of each case, and the ratio to bare `node:http`. The cases are measured in turn, so that drift affects them alike. */
export async function measureThroughput(rounds: number, seconds: number): Promise<Record<string, object>> {
  const servers = {
    http: await startServer('bench/bare-http.mjs'),
    fastify: await startServer('bench/bare-fastify.mjs'),
    latchkey: await startServer('dist/cli.js'),
  };
  try {
    const cases = await casesOf(servers.http, servers.fastify, servers.latchkey);
    const measured = new Map<string, number[]>([...cases.keys()].map((name) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const [name, load] of cases) measured.get(name)?.push(await requestsPerSecond(load, seconds));
    }
    return table(measured);
  } finally {
    for (const server of Object.values(servers)) server.stop();
  }
}

async function casesOf(http: Server, fastify: Server, latchkey: Server): Promise<ReadonlyMap<string, Load>> {
  const owner = await seededHeader(latchkey, 'rockset');
  const user = await seededHeader(latchkey, 'estuary');
  const member = line(owner);
  for (let index = 0; index < 99; index++) {
    const body = JSON.stringify({ name: `key-${String(index).padStart(3, '0')}` });
    const headers = { [owner.name]: owner.value, 'content-type': 'application/json' };
    await fetch(`${latchkey.url}/v1/orgs/self/users/self/apikeys`, { method: 'POST', headers, body });
  }
  const get = (url: string, value?: string): Load => ({ url, method: 'GET', header: value });
  return new Map([
    ['bare node:http', get(http.url)],
    ['bare Fastify', get(fastify.url)],
    ['GET one key (Rockset)', get(`${latchkey.url}/v1/orgs/self/users/self/apikeys/key-050`, member)],
    ['GET a list of 100 (Rockset)', get(`${latchkey.url}/v1/orgs/self/users/self/apikeys`, member)],
    ['GET a refusal (WhyLabs)', get(`${latchkey.url}/v1/api-key/validate`)],
    ['issue a key (Estuary)', { url: `${latchkey.url}/user/api-keys`, method: 'POST', header: line(user) }],
  ]);
}

interface Header {
  readonly name: string;
  readonly value: string;
}

/** The header of a provider's second seeded credential, which is an ordinary user's. */
async function seededHeader({ url }: Server, provider: string): Promise<Header> {
  const answer = await fetch(`${url}/_latchkey/credentials`);
  const seeded: Record<string, { readonly credentials: readonly { readonly header: Header }[] }> = JSON.parse(
    await answer.text(),
  );
  return seeded[provider]?.credentials[1]?.header ?? { name: '', value: '' };
}

function line({ name, value }: Header): string {
  return `${name}: ${value}`;
}

function table(measured: ReadonlyMap<string, readonly number[]>): Record<string, object> {
  const base = measured.get('bare node:http') ?? [];
  const rows = [...measured].map(([name, values]) => {
    const ratios = values.map((value, round) => value / (base[round] ?? Number.NaN));
    return [name, { 'per second': Math.round(median(values)), 'of node:http': Number(median(ratios).toFixed(2)) }];
  });
  return Object.fromEntries(rows);
}

async function requestsPerSecond(load: Load, seconds: number): Promise<number> {
  return hasWrk ? byWrk(load, seconds) : byAutocannon(load, seconds);
}

async function byWrk({ url, method, header }: Load, seconds: number): Promise<number> {
  const script = join(tmpdir(), `latchkey-bench-${method}.lua`);
  writeFileSync(script, `wrk.method = "${method}"\n`);
  const headers = header === undefined ? [] : ['-H', header];
  const [program, args] = pinned(1, ['wrk', '-t1', '-c32', `-d${seconds}s`, '-s', script, ...headers, url]);
  const { stdout } = await run(program, args);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}

/** For machines without wrk. autocannon is slower itself, so the ratios of slow servers look better than they are. */
async function byAutocannon({ url, method, header }: Load, seconds: number): Promise<number> {
  const command = createRequire(import.meta.url).resolve('autocannon/autocannon.js');
  const headers = header === undefined ? [] : ['-H', header];
  const [program, args] = pinned(1, [
    process.execPath,
    command,
    '-j',
    '-c',
    '32',
    '-d',
    String(seconds),
    '-m',
    method,
    ...headers,
    url,
  ]);
  const { stdout } = await run(program, args, { maxBuffer: 1 << 24 });
  const { requests }: { requests: { average: number } } = JSON.parse(stdout);
  return requests.average;
}
