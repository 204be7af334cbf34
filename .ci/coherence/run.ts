import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { makeEmptyDatabase } from '../../test/support/empty-database.ts';
import { addFaults, askForAll, KnownKeys, moveClock, own, read } from './actors.ts';
import { disturb, type Wired } from './disturber.ts';
import type { Ending, History } from './history.ts';
import { judge } from './judge.ts';
import { recoveryMs } from './judge-answers.ts';
import { CuttableProxy } from './proxy.ts';
import { Replica } from './replica.ts';
import { Stage } from './stage.ts';
import { type Mode, tooFewIn, type Verdict, verdictOn } from './verdict.ts';

export interface RunOptions {
  readonly mode: Mode;
  readonly seconds: number;
  /** Gets all that was seen, as JSON. */
  readonly record?: string | undefined;
  /** The built command of the replicas. */
  readonly build: string;
  /** The PostgreSQL of `.ci/postgres`: its URL, the folder of its socket, and its `pg_ctl`. */
  readonly postgres: { readonly url: string; readonly socket: string; readonly control: string };
}

/** The replicas, and what may disturb them. */
interface Cast {
  readonly replicas: readonly Replica[];
  readonly endings: Ending[];
  disturb(stage: Stage): Promise<void>;
}

const numbers = [1, 2, 3];
/** How late the last replica hears of PostgreSQL, and PostgreSQL of it. */
const latencyMs = 15;
const owners = 12;
const readers = 6;
const movers = ['a', 'b'];
const patienceMs = 20_000;
/** How many times as long as asked for a check may take that has seen too little so far. */
const mostTimes = 3;

/** Starts the replicas, disturbs them while they are used, and judges what they answered. */
export async function run(options: RunOptions): Promise<Verdict> {
  if (options.mode === 'apart') return runWith(options, strangers(options));
  const database = await makeEmptyDatabase(options.postgres.url);
  const wired = await wire(database.name, options);
  const disturbing = (stage: Stage) => disturb(stage, wired.all, { url: database.url, control: options.postgres.control });
  try {
    const replicas = wired.all.map(({ replica }) => replica);
    // The negative control needs no disturbance but the latency: late is late.
    return await runWith(options, {
      replicas,
      endings: wired.endings,
      disturb: options.mode === 'law' ? disturbing : async () => undefined,
    });
  } finally {
    await Promise.all(wired.all.map(({ proxy }) => proxy.refuse()));
    await database.drop();
  }
}

async function runWith({ mode, seconds, record }: RunOptions, { replicas, endings, disturb }: Cast): Promise<Verdict> {
  const stage = new Stage(replicas, endings);
  try {
    const started = await Promise.all(replicas.map((replica) => replica.start()));
    if (started.includes(false)) throw new Error(`not every replica could start:\n${endings.map(({ told }) => told).join('\n')}`);
    const keys = new KnownKeys();
    const acting = Promise.all([...actorsOf(stage, keys), disturb(stage)]);
    await Promise.race([untilOver(stage, mode, seconds), acting]);
    stage.end();
    await acting;
    // After that a replica that says 503 has no excuse.
    if (mode === 'law') await wait(recoveryMs);
    await askForAll(stage, keys, patienceMs);
    if (record !== undefined) writeFileSync(record, JSON.stringify(recorded(stage)));
    return verdictOn(stage, mode, replicas.length);
  } finally {
    stage.end();
    await Promise.all(replicas.map((replica) => replica.stop('SIGKILL')));
  }
}

/** A negative control is over once it has shown what it is there to show. Where the machine is busy, the check itself may take longer. */
async function untilOver(stage: Stage, mode: Mode, seconds: number): Promise<void> {
  const most = mode === 'law' ? seconds * mostTimes : seconds;
  for (let second = 1; second <= most; second++) {
    await wait(1000);
    if (mode !== 'law' && judge(stage).some(({ kind }) => kind === 'stale acceptance')) return;
    if (mode === 'law' && second >= seconds && tooFewIn(stage, stage.replicas.length).length === 0) return;
  }
}

function recorded({ sent, disturbances, endings }: History): History {
  return { sent, disturbances, endings };
}

function actorsOf(stage: Stage, keys: KnownKeys): Promise<void>[] {
  return [
    ...Array.from({ length: owners }, () => own(stage, keys)),
    ...Array.from({ length: readers }, () => read(stage, keys)),
    ...movers.map((mover) => moveClock(stage, keys, mover)),
    addFaults(stage),
  ];
}

/** Replicas of one database, each behind a proxy of its own. */
async function wire(database: string, { build, postgres }: RunOptions): Promise<{ all: readonly Wired[]; endings: Ending[] }> {
  const endings: Ending[] = [];
  const all = numbers.map(async (no) => {
    const proxy = new CuttableProxy({ path: postgres.socket }, no === numbers.length ? latencyMs : 0);
    await proxy.listen();
    const env = { LATCHKEY_DB: `postgres://postgres@127.0.0.1:${proxy.port}/${database}`, LATCHKEY_MAX_WORLDS: '10000' };
    return { proxy, replica: new Replica({ no, build, env, ended: (ending) => void endings.push(ending) }) };
  });
  return { all: await Promise.all(all), endings };
}

/** Replicas that share nothing. */
function strangers({ build }: RunOptions): Cast {
  const endings: Ending[] = [];
  const replicas = numbers.map(
    (no) => new Replica({ no, build, env: { LATCHKEY_MAX_WORLDS: '10000' }, ended: (ending) => void endings.push(ending) }),
  );
  return { replicas, endings, disturb: async () => undefined };
}
