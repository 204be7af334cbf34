import { Client } from 'pg';
import { median, type Server } from '../process.ts';
import { issue, keysUrl, ownerOf, send, timed } from './requests.ts';
import { atMost, exactly, type Row, shown } from './rows.ts';

export interface ChangeParts {
  /** One without a database. */
  readonly memory: Server;
  /** Three at one database. */
  readonly replicas: readonly [Server, Server, Server];
  /** One at a database with few worlds, as `replicas` are at the one with many. */
  readonly lonely: Server;
  /** The URL of that database. */
  readonly url: string;
  /** How often each is measured, and how many worlds are many. */
  readonly times: number;
  readonly worlds: number;
}

const faultyRequests = 300;
const warmUps = 5;

/** The rows of single requests, one at a time, in memory and on PostgreSQL in turn. */
export async function measureChanges(parts: ChangeParts): Promise<Row[]> {
  // Not beside the worlds that are made for it.
  const changes = await measureSingle(parts);
  return [...changes, await measureManyWorlds(parts), await measureFault(parts), await measureGather(parts)];
}

async function measureSingle({ memory, replicas: [replica], url, times }: ChangeParts): Promise<Row[]> {
  const owner = await ownerOf(memory.url);
  const [first, reset, revoke] = [new InTurn(), new InTurn(), new InTurn()];
  const fsyncMs = await measureFsync(url, times);
  // The first ones are slower: V8 compiles code for them.
  for (let time = -warmUps; time < times; time++) {
    const world = `change-${time}`;
    const isCounted = time >= 0;
    const method = 'DELETE';
    for (const [at, { url: base }] of [memory, replica].entries()) {
      const firstMs = await timed(`${base}/~${world}/health`);
      const resetMs = await timed(`${base}/~${world}/_latchkey/reset`, { method: 'POST' });
      await issue(base, world, 'revoked', owner);
      const revokeMs = await timed(keysUrl(base, world, 'revoked'), { method, headers: { ...owner } });
      await send(`${base}/_latchkey/worlds/${world}`, { method });
      if (!isCounted) continue;
      first.add(at, firstMs);
      reset.add(at, resetMs);
      revoke.add(at, revokeMs);
    }
  }
  const mostMs = Number((3 * fsyncMs + 2).toFixed(1));
  return [
    atMost('first request to a new world', first.onPostgres, 20, ' ms', first.besideMemory),
    atMost('reset', reset.onPostgres, 25, ' ms', reset.besideMemory),
    atMost(`revocation (3 × fsync of ${shown(fsyncMs)} ms + 2 ms)`, revoke.onPostgres, mostMs, ' ms', revoke.besideMemory),
  ];
}

/** How long the same takes in memory and on PostgreSQL. */
class InTurn {
  readonly #taken: readonly [number[], number[]] = [[], []];

  /** `at` is 0 for memory, and 1 for PostgreSQL. */
  add(at: number, ms: number): void {
    this.#taken[at]?.push(ms);
  }

  get onPostgres(): number {
    return median(this.#taken[1]);
  }

  get besideMemory(): string {
    const [memory, postgres] = this.#taken;
    return ` (best ${shown(Math.min(...postgres))}; in memory ${shown(median(memory))}, best ${shown(Math.min(...memory))})`;
  }
}

/** How much longer a change takes that waits until it is on the disk. */
async function measureFsync(url: string, times: number): Promise<number> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query('CREATE TABLE bench AS SELECT 0 AS n');
    const taken: Record<'on' | 'off', number[]> = { on: [], off: [] };
    for (let time = 0; time < times * 2; time++) {
      const waits = time % 2 === 0 ? 'on' : 'off';
      await client.query(`SET synchronous_commit = ${waits}`);
      const startedAt = performance.now();
      await client.query('UPDATE bench SET n = n + 1');
      taken[waits].push(performance.now() - startedAt);
    }
    return Math.max(0, median(taken.on) - median(taken.off));
  } finally {
    await client.end();
  }
}

/** Making a world in a database with many ÷ in one with few, in turn. */
async function measureManyWorlds({ replicas: [replica], lonely, times, worlds }: ChangeParts): Promise<Row> {
  for (let index = 0; index < worlds; index++) await send(`${replica.url}/~many-${index}/health`);
  for (let index = 0; index < warmUps; index++) await timedWorld(lonely.url, `warm-up-${index}`);
  const many: number[] = [];
  const few: number[] = [];
  for (let time = 0; time < times; time++) {
    many.push(await timedWorld(replica.url, `more-${time}`));
    few.push(await timedWorld(lonely.url, `more-${time}`));
  }
  const beside = ` (${shown(median(many))} ÷ ${shown(median(few))} ms)`;
  return atMost(`making a world where ${worlds} are ÷ where none is`, median(many) / median(few), 1.5, '', beside);
}

async function timedWorld(base: string, world: string): Promise<number> {
  const ms = await timed(`${base}/~${world}/health`);
  await send(`${base}/_latchkey/worlds/${world}`, { method: 'DELETE' });
  return ms;
}

/** How many requests at three replicas at once are hit by a fault that hits one. */
async function measureFault({ replicas }: ChangeParts): Promise<Row> {
  const [{ url: first }] = replicas;
  const world = 'faulty';
  for (const { url } of replicas) await send(`${url}/~${world}/health`);
  const body = JSON.stringify({ match: { provider: 'rockset' }, effect: { status: 429 }, times: 1 });
  await send(`${first}/~${world}/_latchkey/faults`, { method: 'POST', body });
  const owner = await ownerOf(first);
  const statuses = await Promise.all(
    Array.from({ length: faultyRequests }, async (_, index) => {
      const { url = first } = replicas[index % replicas.length] ?? {};
      const answer = await fetch(keysUrl(url, world), { headers: { ...owner } });
      await answer.text();
      return answer.status;
    }),
  );
  const odd = statuses.filter((status) => status !== 200 && status !== 429);
  if (odd.length > 0) throw new Error(`a request to a world with a fault was answered ${odd[0]}`);
  const hits = statuses.filter((status) => status === 429).length;
  return exactly(`a fault with times: 1, ${faultyRequests} requests at ${replicas.length} replicas: hits`, hits, 1);
}

/** Reading the journal of a world that three replicas serve, which all of them have something new of. */
async function measureGather({ replicas, times }: ChangeParts): Promise<Row> {
  const owner = await ownerOf(replicas[0].url);
  const taken: number[] = [];
  const world = 'gathered';
  for (let time = 0; time < times; time++) {
    for (const { url } of replicas) await send(keysUrl(url, world), { headers: { ...owner } });
    const { url } = replicas[time % replicas.length] ?? replicas[0];
    taken.push(await timed(`${url}/~${world}/_latchkey/requests?limit=20`));
  }
  return atMost(
    `reading the journal of ${replicas.length} replicas`,
    median(taken),
    30,
    ' ms',
    ` (best ${shown(Math.min(...taken))})`,
  );
}
