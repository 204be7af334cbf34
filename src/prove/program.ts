import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../clock.ts';
import type { Ending } from './attempt.ts';
import { InterruptedError } from './stopped.ts';

/** A program to run, in a process group of its own. */
export interface Program {
  readonly command: readonly string[];
  readonly folder: string;
  /** Ends it, and what it started. */
  readonly stop: AbortSignal;
  /** How long a group may take to end after SIGTERM (default: five seconds). */
  readonly graceMs?: number;
}

/** How a program was run. */
export interface Ran {
  readonly ending: Ending;
  readonly ms: number;
  readonly output: readonly string[];
}

/** How many lines of output are kept, and how many letters of them. */
const [keptLines, keptLength] = [40, 64 * 1024];
/** How long a program that has ended may leave others of its group running, and its output open. */
const [leftoverMs, drainMs] = [1000, 500];
/** How often it is looked whether a group has ended. */
const lookMs = 20;

/**
 * Runs a program to its end or its limit, and ends what is left of its process group. Throws InterruptedError if `stop` ended
 * it, and the system's own error for a program that cannot be run.
 */
export async function runProgram(
  { command: [file = '', ...args], folder, stop, graceMs = 5000 }: Program,
  env: Readonly<Record<string, string | undefined>>,
  limitMs?: number,
): Promise<Ran> {
  if (stop.aborted) throw new InterruptedError();
  const began = systemClock.now();
  const child = spawn(file, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const closed = once(child, 'close').catch(() => undefined);
  const output = lastLinesOf([child.stdout, child.stderr]);
  remember(child);
  const end = await endOf(child, stop, limitMs).catch((error: unknown) => {
    forget(child);
    throw error;
  });
  const ms = systemClock.now() - began;
  await endGroup(child, end.kind === 'ended' ? leftoverMs : graceMs);
  forget(child);
  // A process that left the group may keep the output open for ever.
  await firstOf([closed, drainMs]);
  child.stdout.destroy();
  child.stderr.destroy();
  if (end.kind === 'stopped') throw new InterruptedError();
  return { ending: end.kind === 'timeout' ? { kind: 'timeout' } : endingOf(end), ms, output: output() };
}

/** The groups that are running: whatever becomes of this process, they do not outlive it. */
const running = new Set<ChildProcess>();

function remember(child: ChildProcess): void {
  if (running.size === 0) process.once('exit', endAll);
  running.add(child);
}

function forget(child: ChildProcess): void {
  running.delete(child);
  if (running.size === 0) process.off('exit', endAll);
}

function endAll(): void {
  for (const child of running) signalGroup(child, 'SIGKILL');
}

interface Ended {
  readonly kind: 'ended';
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

type End = Ended | { readonly kind: 'timeout' } | { readonly kind: 'stopped' };

async function endOf(child: ChildProcess, stop: AbortSignal, limitMs: number | undefined): Promise<End> {
  const over = new AbortController();
  const { signal } = over;
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, by) => resolve({ kind: 'ended', status, signal: by }));
  });
  const stopped = once(stop, 'abort', { signal }).then((): End => ({ kind: 'stopped' }));
  const timeout = limitMs === undefined ? [] : [pause<End>(limitMs, { kind: 'timeout' }, { signal })];
  const others = [stopped, ...timeout];
  for (const other of others) other.catch(() => undefined);
  try {
    return await Promise.race([ended, ...others]);
  } finally {
    over.abort();
  }
}

/** Ends every process of a group that is still there, and returns when it has. */
async function endGroup(child: ChildProcess, graceMs: number): Promise<void> {
  if (!signalGroup(child, 'SIGTERM')) return;
  const deadline = systemClock.now() + graceMs;
  while (signalGroup(child, 0)) {
    if (systemClock.now() >= deadline) {
      signalGroup(child, 'SIGKILL');
      return;
    }
    await pause(lookMs);
  }
}

/** False if there is nobody to send it to. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return pid !== undefined && process.kill(-pid, signal);
  } catch {
    return false;
  }
}

async function firstOf([one, ms]: readonly [Promise<unknown>, number]): Promise<void> {
  const over = new AbortController();
  const late = pause(ms, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([one, late]);
  over.abort();
}

/** As in shells, 126 is a command that cannot be run, 127 one that does not exist, and above 128 the signal that ended it. */
function endingOf({ status, signal }: Ended): Ending {
  if (signal !== null) return { kind: 'broken', says: `${signal} ended the command, which latchkey did not send` };
  if (status === 0) return { kind: 'green' };
  if (status === 126) return { kind: 'broken', says: 'the command ended with status 126: something cannot be run' };
  if (status === 127) return { kind: 'broken', says: 'the command ended with status 127: something does not exist' };
  const [by] = Object.entries(constants.signals).find(([, number]) => status === 128 + number) ?? [];
  if (by !== undefined)
    return { kind: 'broken', says: `the command ended with status ${status}: ${by} ended it, or a part of it` };
  return { kind: 'red', status: status ?? 1 };
}

/** Keeps the last lines of some streams, in the order in which they come. */
function lastLinesOf(streams: readonly Readable[]): () => readonly string[] {
  let text = '';
  for (const stream of streams) {
    stream.setEncoding('utf8').on('data', (piece) => {
      text = (text + piece).slice(-keptLength);
    });
    stream.on('error', () => undefined);
  }
  return () => (text.trim() === '' ? [] : text.trimEnd().split('\n').slice(-keptLines));
}
