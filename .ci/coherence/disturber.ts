import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { runStatement } from '../../test/support/empty-database.ts';
import { type KindOfDisturbance, kindsOfDisturbance } from './history.ts';
import type { CuttableProxy } from './proxy.ts';
import type { Replica } from './replica.ts';
import { oneOf, type Stage } from './stage.ts';

/** A replica, and what lies between it and PostgreSQL. */
export interface Wired {
  readonly replica: Replica;
  readonly proxy: CuttableProxy;
}

/** What PostgreSQL itself is disturbed with. */
export interface Server {
  /** A URL of the database, not through a proxy. */
  readonly url: string;
  /** The command that `restart -m immediate` is given to. */
  readonly control: string;
}

/** Before the first disturbance a replica that says 503 has no excuse. */
const quietMs = 4000;
const everyMs = 2000;
/** How often a replica that ends before it is ready is started again. */
const mostStarts = 30;

/** Disturbs until it is over: each kind in turn, in a new order each time. */
export async function disturb(stage: Stage, wired: readonly Wired[], server: Server): Promise<void> {
  const inProgress: Promise<void>[] = [];
  await wait(quietMs);
  while (!stage.isOver) {
    for (const kind of shuffled(kindsOfDisturbance)) {
      if (stage.isOver) break;
      inProgress.push(cause(kind, stage, wired, server));
      await wait(everyMs);
    }
  }
  await Promise.all(inProgress);
}

async function cause(kind: KindOfDisturbance, stage: Stage, wired: readonly Wired[], server: Server): Promise<void> {
  // One that is about to start again is disturbed enough.
  const ready = wired.filter(({ replica }) => replica.isReady);
  if (ready.length === 0) return;
  const { replica, proxy } = oneOf(ready);
  const begun = performance.now();
  // What it may explain is known while it is in progress, too, but judged at the end.
  const ended = await effects[kind](replica, proxy, server);
  if (!ended) return;
  const isForAll = kind === 'terminate' || kind === 'restart';
  stage.disturbances.push({ kind, begun, answered: performance.now(), ...(!isForAll && { replica: replica.no }) });
}

/** Each causes its disturbance and waits for its end; false if it could not. */
const effects: Readonly<Record<KindOfDisturbance, (replica: Replica, proxy: CuttableProxy, server: Server) => Promise<boolean>>> =
  {
    kill: async (replica) => {
      await replica.stop('SIGKILL');
      await wait(300);
      // Where PostgreSQL cannot be reached right now it ends, and whoever runs it starts it again.
      for (let attempt = 1; attempt <= mostStarts && !(await replica.start()); attempt++) await wait(300);
      return true;
    },
    cut: async (_, proxy) => {
      proxy.cut();
      return true;
    },
    silence: async (_, proxy) => {
      proxy.silence();
      await wait(3000);
      proxy.speak();
      return true;
    },
    refuse: async (_, proxy) => {
      await proxy.refuse();
      await wait(1500);
      await proxy.listen();
      return true;
    },
    terminate: async (_replica, _proxy, { url }) => {
      const everybody = 'FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
      // A restart of PostgreSQL may still be in progress; the next turn comes.
      return runStatement(url, `SELECT pg_terminate_backend(pid) ${everybody}`).then(
        () => true,
        () => false,
      );
    },
    pause: async (replica) => {
      replica.pause();
      await wait(1500);
      replica.resume();
      return true;
    },
    restart: async (_replica, _proxy, { control }) => {
      await promisify(execFile)(control, ['restart', '-m', 'immediate']);
      return true;
    },
  };

function shuffled<One>(all: readonly One[]): One[] {
  return all
    .map((one) => ({ one, rank: Math.random() }))
    .toSorted((first, second) => first.rank - second.rank)
    .map(({ one }) => one);
}
