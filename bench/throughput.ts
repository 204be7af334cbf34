import { setTimeout as wait } from 'node:timers/promises';
import { type Case, casesOf } from './cases.ts';
import { type Load, sendLoad } from './load.ts';
import { median, type Server, startServer } from './process.ts';

/** A case at the server that it is for. */
interface Measured extends Case {
  readonly server: Server;
}

/** What one round of a case gave. */
interface Round {
  readonly perSecond: number;
  /** Microseconds of the server's CPU time for each request. */
  readonly cpuUs: number;
}

/** What a request is compared with: the same method at a server that does nothing. */
const yardstick = { GET: 'bare node:http', POST: 'bare node:http, a POST' } as const;
const get: Load = { url: '', method: 'GET', headers: [] };

/** Between two readings of a URL that is read beside a load. */
const pauseMs = 50;

export interface ThroughputOptions {
  readonly rounds: number;
  readonly seconds: number;
  /** Builds of latchkey to measure, each a `cli.js`: more than one to compare them. */
  readonly builds: readonly string[];
  /** Measures only the cases whose names contain this. */
  readonly only: string;
}

/**
 * Requests per second and CPU time of each case, and their ratios to bare `node:http`. The cases are measured in turn, so that
 * drift affects them alike. The CPU time is the figure to trust: others who use the machine take time from it, but hardly any
 * CPU time. Both ratios are 1 for what costs no more than `node:http`, and smaller for what costs more.
 */
export async function measureThroughput({ rounds, seconds, builds, only }: ThroughputOptions): Promise<Record<string, object>> {
  const http = await startServer('bench/bare-http.mjs');
  const fastify = await startServer('bench/bare-fastify.mjs');
  const latchkeys = await Promise.all(builds.map((build) => startServer(build)));
  try {
    const bare = (name: string, server: Server, load: Load = get): Measured => ({
      name,
      server,
      load: { ...load, url: server.url },
    });
    const cases = [bare('bare Fastify', fastify), ...(await casesOfBuilds(latchkeys, builds))];
    const measuredOnes = cases.filter(({ name }) => name.includes(only));
    const posted = measuredOnes.find(({ load }) => load.body !== undefined)?.load;
    const yardsticks = [bare(yardstick.GET, http), ...(posted === undefined ? [] : [bare(yardstick.POST, http, posted)])];
    const chosen = [...yardsticks, ...measuredOnes];
    const measured = new Map<string, Round[]>(chosen.map(({ name }) => [name, []]));
    // What is compiled in the first second is not measured.
    for (const one of chosen) await roundOf(one, 1);
    for (let round = 0; round < rounds; round++) {
      for (const one of chosen) measured.get(one.name)?.push(await roundOf(one, seconds));
    }
    return table(chosen, measured);
  } finally {
    for (const server of [http, fastify, ...latchkeys]) server.stop();
  }
}

async function casesOfBuilds(servers: readonly Server[], builds: readonly string[]): Promise<Measured[]> {
  const cases: Measured[][] = [];
  for (const [index, server] of servers.entries()) {
    const mark = servers.length > 1 ? ` [${builds[index]}]` : '';
    cases.push((await casesOf(server)).map((one) => ({ ...one, name: one.name + mark, server })));
  }
  // The builds in turn, case by case.
  return (cases[0] ?? []).flatMap((_, place) => cases.flatMap((ofOne) => ofOne[place] ?? []));
}

async function roundOf({ server, load, beside }: Measured, seconds: number): Promise<Round> {
  const over = new AbortController();
  const reading = beside === undefined ? undefined : readAgainAndAgain(beside, over.signal);
  const before = server.cpuMs();
  const answered = await sendLoad(load, seconds);
  const cpuUs = ((server.cpuMs() - before) * 1000) / answered.requests;
  over.abort();
  await reading;
  return { perSecond: answered.requests / answered.seconds, cpuUs };
}

async function readAgainAndAgain(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await (await fetch(url)).text();
    await wait(pauseMs);
  }
}

function table(chosen: readonly Measured[], measured: ReadonlyMap<string, readonly Round[]>): Record<string, object> {
  const rows = chosen.map(({ name, load }) => {
    const rounds = measured.get(name) ?? [];
    const base = measured.get(yardstick[load.method]) ?? measured.get(yardstick.GET) ?? [];
    const speeds = rounds.map(({ perSecond }, round) => perSecond / (base[round]?.perSecond ?? Number.NaN));
    const costs = rounds.map(({ cpuUs }, round) => (base[round]?.cpuUs ?? Number.NaN) / cpuUs);
    const row = {
      'per second': Math.round(median(rounds.map(({ perSecond }) => perSecond))),
      'of node:http': Number(median(speeds).toFixed(2)),
      'µs of CPU': Number(median(rounds.map(({ cpuUs }) => cpuUs)).toFixed(1)),
      'CPU: node:http ÷ it': Number(median(costs).toFixed(3)),
    };
    return [name, row];
  });
  return Object.fromEntries(rows);
}
