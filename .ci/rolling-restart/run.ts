import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { makeEmptyDatabase } from '../../test/support/empty-database.ts';
import { type Answer, send } from '../coherence/http.ts';
import { type Issued, type Way, ways } from '../coherence/keys.ts';
import { Replica } from '../coherence/replica.ts';
import { oneOf } from '../coherence/stage.ts';
import { freePort, startNginx } from './nginx.ts';

export interface RollingOptions {
  readonly build: string;
  /** A URL of a PostgreSQL where databases may be made. */
  readonly postgres: string;
}

export interface Rolled {
  /** Answers while replicas left and came back, and those that were not 2xx. */
  readonly answers: number;
  readonly posts: number;
  readonly failures: readonly string[];
  readonly restarts: number;
  /** How long the slowest replica took to leave, its drain included. */
  readonly longestLeaveMs: number;
  /** How replicas ended that did not leave with status 0. */
  readonly badEnds: readonly string[];
  readonly issued: number;
  /** Keys that were issued and are refused by a replica afterwards. */
  readonly lost: number;
  /** The longest time without a 200 through nginx, after a replica was killed. */
  readonly longestGapMs: number;
}

const replicas = 3;
const rounds = 2;
const worlds = ['', '/~one', '/~two', '/~three', '/~four', '/~five'];
const readers = 6;
const issuers = 2;
const drain = '2s';
/** A killed replica is away for so long. */
const awayMs = 3000;

/** Restarts three replicas behind nginx, one after the other, while they are used; then kills one. */
export async function rollingRestart({ build, postgres }: RollingOptions): Promise<Rolled> {
  const database = await makeEmptyDatabase(postgres);
  const ends: string[] = [];
  const ports = await Promise.all(Array.from({ length: replicas }, freePort));
  const env = { LATCHKEY_DB: database.url, LATCHKEY_DRAIN: drain };
  const running = ports.map(
    (port, index) => new Replica({ no: index + 1, build, env, port, ended: ({ told }) => void ends.push(told) }),
  );
  const cleaning: (() => Promise<void>)[] = [() => database.drop()];
  try {
    cleaning.push(async () => void (await Promise.all(running.map((replica) => replica.stop('SIGKILL')))));
    if ((await Promise.all(running.map((replica) => replica.start()))).includes(false)) throw new Error(ends.join('\n'));
    const nginx = await startNginx(ports);
    cleaning.push(() => nginx.stop());
    const load = new Load(nginx.port);
    const leaves = await load.during(() => restartInTurn(running));
    const badEnds = ends.filter((told) => !told.startsWith('status 0:'));
    const { answers, posts, failures } = load;
    const left = { restarts: leaves.length, longestLeaveMs: Math.max(...leaves) };
    const longestGapMs = await longestGap(load, running);
    const lost = await countLost(load, running);
    return { answers, posts, failures: [...failures], ...left, badEnds, issued: load.keys.length, lost, longestGapMs };
  } finally {
    for (const clean of cleaning.toReversed()) await clean();
  }
}

/** How long each took to leave. */
async function restartInTurn(running: readonly Replica[]): Promise<readonly number[]> {
  const leaves: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const replica of running) {
      await wait(500);
      const toldAt = performance.now();
      await replica.stop('SIGTERM');
      leaves.push(performance.now() - toldAt);
      if (!(await replica.start())) throw new Error(`replica ${replica.no} did not come back`);
      // nginx asks a server again that has refused a connection after 2 s.
      await wait(2500);
    }
  }
  return leaves;
}

interface LoadKey {
  readonly world: string;
  readonly way: Way;
  readonly issued: Issued;
}

/** Requests through nginx, each by a client that keeps its connection. */
class Load {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true });
  #isOver = false;
  answers = 0;
  posts = 0;
  readonly failures: string[] = [];
  readonly keys: LoadKey[] = [];

  constructor(port: number) {
    this.#port = port;
  }

  /** Uses and issues keys while something else is done. */
  async during<T>(done: () => Promise<T>): Promise<T> {
    this.#isOver = false;
    for (const world of worlds) await this.#issue(world);
    const acting = [
      ...Array.from({ length: readers }, () => this.#repeat(() => this.#use(oneOf(this.keys)))),
      ...Array.from({ length: issuers }, () => this.#repeat(() => this.#issue(oneOf(worlds)))),
    ];
    try {
      return await done();
    } finally {
      this.#isOver = true;
      await Promise.all(acting);
    }
  }

  /** One use of each world's first key. */
  async useOneOfEach(): Promise<readonly Answer[]> {
    return Promise.all(this.keys.slice(0, worlds.length).map((key) => this.#send(key)));
  }

  async #repeat(act: () => Promise<void>): Promise<void> {
    while (!this.#isOver) {
      await act();
      await wait(2);
    }
  }

  async #use(key: LoadKey): Promise<void> {
    this.#record(`GET in ${key.world}`, await this.#send(key));
  }

  async #issue(world: string): Promise<void> {
    const way = oneOf(ways);
    this.posts += 1;
    const answer = await send(this.#port, this.#agent, way.issue(world, `key-${this.posts}`));
    this.#record(`POST in ${world}`, answer);
    if (answer.status === 200) this.keys.push({ world, way, issued: way.read(answer.body) });
  }

  #send({ world, way, issued }: LoadKey): Promise<Answer> {
    return send(this.#port, this.#agent, way.ask(world, issued));
  }

  #record(name: string, answer: Answer): void {
    this.answers += 1;
    if (answer.status === undefined) this.failures.push(`${name}: ${answer.why}`);
    else if (answer.status !== 200) this.failures.push(`${name}: ${answer.status}`);
  }
}

/** Kills a replica and asks in every world, again and again, until it is back. */
async function longestGap(load: Load, running: readonly Replica[]): Promise<number> {
  let longest = 0;
  for (const replica of running) {
    let isBack = false;
    const back = replica
      .stop('SIGKILL')
      .then(() => wait(awayMs))
      .then(() => replica.start())
      .finally(() => {
        isBack = true;
      });
    let lastAt = performance.now();
    while (!isBack) {
      const answers = await load.useOneOfEach();
      // All worlds must be served: each leads to a replica of its own.
      if (answers.some(({ status }) => status !== 200)) continue;
      longest = Math.max(longest, performance.now() - lastAt);
      lastAt = performance.now();
    }
    await back;
    longest = Math.max(longest, performance.now() - lastAt);
    await wait(2500);
  }
  return longest;
}

async function countLost({ keys }: Load, running: readonly Replica[]): Promise<number> {
  let lost = 0;
  for (const replica of running) {
    const remaining = keys.values();
    const lanes = Array.from({ length: 8 }, async () => {
      for (const { way, world, issued } of remaining) {
        const { status } = await replica.send(way.ask(world, issued));
        if (status !== 200) lost += 1;
      }
    });
    await Promise.all(lanes);
  }
  return lost;
}
