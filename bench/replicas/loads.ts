import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { type Load, sendLoad } from '../load.ts';
import { median, type Server } from '../process.ts';
import type { PostgresProcess } from './postgres-process.ts';
import { issue, keysUrl, type Owner, ownerOf, send } from './requests.ts';
import { atLeast, atMost, notShown, type Row, shown } from './rows.ts';

export interface LoadParts {
  /** One without a database. */
  readonly memory: Server;
  /** Four at one database. */
  readonly replicas: readonly [Server, Server, Server, Server];
  /** One more at it, on another core. */
  readonly writer: Server;
  readonly postgres: PostgresProcess;
  readonly rounds: number;
  readonly seconds: number;
}

/** What one round gave. */
interface Round {
  readonly perSecond: number;
  readonly p50Ms: number;
  /** Microseconds of CPU time for each request: of the servers, and of PostgreSQL. */
  readonly serverUs: number;
  readonly postgresUs: number;
}

interface RoundOptions {
  readonly seconds: number;
  readonly over?: number;
  /** The world of each server, if they do not share one. */
  readonly worlds?: readonly string[];
}

const world = 'bench';
const connections = 32;
/** How often a world is written to meanwhile, in milliseconds. */
const writeEveryMs = 50;

/** The rows of requests that are sent as fast as they are answered. All are measured in turn, so that drift affects them alike. */
export async function measureLoads(parts: LoadParts): Promise<Row[]> {
  const { memory, replicas, writer, rounds, seconds } = parts;
  const [first] = replicas;
  const owner = await ownerOf(memory.url);
  for (const server of [memory, first]) await issue(server.url, world, 'read', owner);
  const worlds = replicas.map((_, at) => `${world}-${at}`);
  for (const own of worlds) await issue(first.url, own, 'read', owner);
  const measure = (servers: readonly Server[], options: Partial<RoundOptions> = {}) =>
    roundOf(parts.postgres, servers, owner, { seconds, ...options });
  const cases = {
    memory: () => measure([memory]),
    postgres: () => measure([first]),
    quietMemory: () => measure([memory], { over: 1 }),
    quietPostgres: () => measure([first], { over: 1 }),
    writtenMemory: () => whileWritten(memory, owner, () => measure([memory])),
    writtenPostgres: () => whileWritten(writer, owner, () => measure([first])),
    two: () => measure(replicas.slice(0, 2)),
    four: () => measure(replicas),
    fourApart: () => measure(replicas, { worlds }),
  };
  // What is compiled in the first second is not measured.
  for (const server of [memory, ...replicas]) await measure([server], { seconds: 1 });
  await measure(replicas, { seconds: 1, worlds });
  const measured = new Map<string, Round[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(cases)) measured.set(name, [...(measured.get(name) ?? []), await run()]);
  }
  return rowsOf((name: keyof typeof cases) => measured.get(name) ?? []);
}

type Names =
  | 'memory'
  | 'postgres'
  | 'quietMemory'
  | 'quietPostgres'
  | 'writtenMemory'
  | 'writtenPostgres'
  | 'two'
  | 'four'
  | 'fourApart';

function rowsOf(of: (name: Names) => readonly Round[]): Row[] {
  const perSecond = ({ perSecond }: Round) => perSecond;
  const serverUs = ({ serverUs }: Round) => serverUs;
  const bothUs = ({ serverUs, postgresUs }: Round) => serverUs + postgresUs;
  const p50 = (name: Names) => median(of(name).map(({ p50Ms }) => p50Ms));
  const ratio = (name: Names, other: Names, value: (round: Round) => number) => medianRatio(of(name), of(other), value);
  const [one, two, four] = [of('postgres'), of('two'), of('four')].map((rounds) => median(rounds.map(bothUs)));
  const beside = ` (${[one, two, four].map((us = Number.NaN) => shown(us)).join(', ')} µs)`;
  const share = median(of('postgres').map((round) => round.postgresUs / round.serverUs));
  return [
    atLeast(`one key, ${connections} connections: requests a second ÷ in memory`, ratio('postgres', 'memory', perSecond), 0.7),
    atLeast('the same by CPU: in memory ÷ the replica', ratio('memory', 'postgres', serverUs), 0.85),
    atMost('one key, 1 connection: p50 more than in memory', p50('quietPostgres') - p50('quietMemory'), 0.5, ' ms'),
    atLeast(
      'a world written to 20 times a second by another replica: requests a second ÷ in memory',
      ratio('writtenPostgres', 'writtenMemory', perSecond),
      0.4,
    ),
    atMost(
      'CPU of replicas and PostgreSQL for a request at 1, 2, 4 replicas: 4 ÷ 1',
      ratio('four', 'postgres', bothUs),
      1.25,
      '',
      beside,
    ),
    atMost('the same, each replica in a world of its own: 4 ÷ 1', ratio('fourApart', 'postgres', bothUs), 1.25),
    atMost("PostgreSQL's CPU for a request ÷ the replica's", share, 0.25),
    throughputRow(ratio('four', 'postgres', perSecond)),
  ];
}

/** Four replicas, the load and PostgreSQL need a core each to show it. */
function throughputRow(ratio: number): Row {
  const what = 'requests a second at 4 replicas ÷ at 1';
  return availableParallelism() < 6 ? notShown(what, 'needs 6 cores') : atLeast(what, ratio, 2);
}

function medianRatio(some: readonly Round[], others: readonly Round[], value: (round: Round) => number): number {
  return median(some.flatMap((round, at) => (others[at] === undefined ? [] : value(round) / value(others[at]))));
}

async function roundOf(
  postgres: PostgresProcess,
  servers: readonly Server[],
  owner: Owner,
  { seconds, over = connections, worlds = [] }: RoundOptions,
): Promise<Round> {
  const cpuMs = () => servers.reduce((sum, server) => sum + server.cpuMs(), 0);
  const [before, postgresBefore] = [cpuMs(), postgres.cpuMs()];
  const answers = await Promise.all(
    servers.map(({ url }, at) => sendLoad(loadOf(url, worlds[at] ?? world, owner), seconds, over)),
  );
  const requests = answers.reduce((sum, answered) => sum + answered.requests, 0);
  return {
    perSecond: answers.reduce((sum, answered) => sum + answered.requests / answered.seconds, 0),
    p50Ms: median(answers.map(({ p50Ms }) => p50Ms)),
    serverUs: ((cpuMs() - before) * 1000) / requests,
    postgresUs: ((postgres.cpuMs() - postgresBefore) * 1000) / requests,
  };
}

function loadOf(base: string, inWorld: string, { authorization }: Owner): Load {
  return { url: keysUrl(base, inWorld, 'read'), method: 'GET', headers: [`authorization: ${authorization}`] };
}

/** Does something while keys are issued and revoked at a server. */
async function whileWritten<R>(server: Server, owner: Owner, work: () => Promise<R>): Promise<R> {
  const over = new AbortController();
  const writing = write(server.url, owner, over.signal);
  try {
    return await work();
  } finally {
    over.abort();
    await writing;
  }
}

async function write(base: string, owner: Owner, signal: AbortSignal): Promise<void> {
  for (let isThere = false; isThere || !signal.aborted; isThere = !isThere) {
    const startedAt = performance.now();
    if (isThere) await send(keysUrl(base, world, 'written'), { method: 'DELETE', headers: { ...owner } });
    else await issue(base, world, 'written', owner);
    await wait(Math.max(0, writeEveryMs - (performance.now() - startedAt)));
  }
}
