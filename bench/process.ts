import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = join(import.meta.dirname, '..');
const canPin = spawnSync('taskset', ['--version']).status === 0;

/** A server in its own process, on one core. */
export interface Server {
  readonly url: string;
  /** From the start of the process to its first answer. */
  readonly startMs: number;
  readonly residentMiB: () => number;
  /** The CPU time that it has taken so far, in its own code and in the system's; NaN where there is no /proc. */
  readonly cpuMs: () => number;
  stop(): void;
}

/** A command that is pinned to one core, if the machine has `taskset`. */
export function pinned(core: number, command: readonly [string, ...string[]]): [string, string[]] {
  const [program, ...args] = command;
  return canPin ? ['taskset', ['-c', String(core), program, ...args]] : [program, args];
}

/** Starts a Node script that prints its base URL, and waits for the answer to `path`. */
export async function startServer(
  script: string,
  path = '/',
  env: Readonly<Record<string, string>> = {},
  core = 0,
): Promise<Server> {
  const startedAt = performance.now();
  const [program, args] = pinned(core, [process.execPath, resolve(root, script)]);
  const child = spawn(program, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LATCHKEY_PORT: '0', LATCHKEY_LOG_LEVEL: 'error', ...env },
  });
  const url = await firstUrl(child);
  await (await fetch(url + path)).text();
  const startMs = performance.now() - startedAt;
  return {
    url,
    startMs,
    residentMiB: () => residentMiB(child),
    cpuMs: () => cpuMs(child),
    stop: () => child.kill('SIGKILL'),
  };
}

/** A server whose loop is watched. */
export interface MeasuredServer extends Server {
  /** The longest turn of its loop since this was last asked. */
  longestTurnMs(): Promise<number>;
  /** Resolves once memory that is not used any more was given back. */
  collectGarbage(): Promise<void>;
}

/** Starts latchkey with its loop watched, and waits until it is healthy. */
export async function startMeasured(command: readonly string[], env: Record<string, string>): Promise<MeasuredServer> {
  const startedAt = performance.now();
  const watch = join(import.meta.dirname, 'loop-delay.ts');
  const [program, args] = pinned(0, [process.execPath, '--expose-gc', '--import', watch, ...command]);
  const child = spawn(program, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], LATCHKEY_PORT: '0', LATCHKEY_LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const url = await firstUrl(child);
  await (await fetch(`${url}/_latchkey/health`)).text();
  return {
    url,
    startMs: performance.now() - startedAt,
    residentMiB: () => residentMiB(child),
    cpuMs: () => cpuMs(child),
    longestTurnMs: async () => {
      child.send('longest?');
      const [longest] = await once(child, 'message');
      return Number(longest);
    },
    collectGarbage: async () => {
      child.send('collect');
      await once(child, 'message');
    },
    stop: () => child.kill('SIGKILL'),
  };
}

function firstUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      const url = /http:\/\/[\w.:]+/.exec(String(chunk))?.[0];
      if (url !== undefined) resolve(url);
    });
    child.stderr?.on('data', (chunk) => process.stderr.write(chunk));
    child.once('exit', (status) => reject(new Error(`the server ended with ${status}`)));
  });
}

function residentMiB(child: ChildProcess): number {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}

function cpuMs(child: ChildProcess): number {
  const tasks = `/proc/${child.pid}/task`;
  try {
    // Nanoseconds of each thread; utime and stime have steps of 10 ms.
    const ofThreads = readdirSync(tasks).map((task) => readFileSync(join(tasks, task, 'schedstat'), 'utf8').split(' ')[0]);
    return ofThreads.reduce((sum, nanoseconds) => sum + Number(nanoseconds), 0) / 1e6;
  } catch {
    return Number.NaN;
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
