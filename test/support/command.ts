import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** The bundled command that users run; `globalSetup` builds it before the tests. */
export const commandFile = join(root, 'dist', 'cli.js');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `latchkey serve` in a process of its own. */
export interface Serving {
  /** Base URL of the shared port. */
  readonly url: string;
  /** What it printed when it was ready. */
  readonly announcement: string;
  readonly child: ChildProcessWithoutNullStreams;
  /** Sends a signal and waits until the process ends. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The bundle to run (default: this project's). */
  readonly command?: string;
}

/** Runs the command to its end. */
export async function runCommand(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  return ended(start(args, options));
}

/** Starts the command and waits until it says that it is ready; it is killed when the test ends. */
export async function serveCommand(args: readonly string[], options: CommandOptions = {}): Promise<Serving> {
  const child = start(['--port', '0', ...args], options);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const end = ended(child);
  const announcement = await Promise.race([firstOutput(child), end.then(failedToStart)]);
  const url = /http:\/\/\S+/.exec(announcement)?.[0] ?? '';
  return {
    url,
    announcement,
    child,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return end;
    },
  };
}

function start(
  args: readonly string[],
  { env = {}, cwd = root, command = commandFile }: CommandOptions,
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [command, ...args], { cwd, env: { PATH: process.env['PATH'], ...env } });
}

async function firstOutput(child: ChildProcessWithoutNullStreams): Promise<string> {
  const [chunk]: unknown[] = await once(child.stdout, 'data');
  return String(chunk);
}

async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    printed.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    printed.stderr += chunk;
  });
  const [status]: (number | null)[] = await once(child, 'close');
  return { status: status ?? null, ...printed };
}

function failedToStart({ status, stderr }: Ended): never {
  throw new Error(`the command ended with ${status}: ${stderr}`);
}
