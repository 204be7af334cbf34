import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { clientAt } from '../client/connect.ts';
import { LatchkeyError } from '../client/error.ts';
import type { Latchkey } from '../client/types.ts';
import { checkOptions, flagsOf, inOptions } from '../library/options.ts';
import { root } from '../package.ts';
import type { ServerOptions } from './test-world.ts';

/** The options of a latchkey that is started for tests. */
export const serverOptions = ['providers', 'profiles', 'tls', 'seed', 'clock'] as const;

/**
 * Starts a latchkey in its own process, on any free port: tests replace timers and other globals of theirs. It ends with this
 * process. Throws LatchkeyError if it does not start.
 */
export async function spawnLatchkey(options: ServerOptions = {}): Promise<Latchkey> {
  checkOptions(options, serverOptions);
  return withSeedFile(options, async (given) => {
    const args = [join(root, 'dist', 'cli.js'), '--port', '0', '--log-level', 'warn', ...flagsOf(given)];
    // LATCHKEY_ variables here are for the tests: they are not settings of this server.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LATCHKEY_')));
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const url = await readyUrl(child);
    detach(child);
    return clientAt(url, undefined, async () => {
      child.ref();
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    });
  });
}

/** Does something with a seed that is an object in a file, because the command reads files; the file is removed afterwards. */
async function withSeedFile<T>({ seed, ...options }: ServerOptions, start: (options: ServerOptions) => Promise<T>): Promise<T> {
  if (typeof seed !== 'object') return start({ ...options, ...(seed !== undefined && { seed }) });
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-seed-'));
  try {
    const file = join(folder, 'seed.json');
    writeFileSync(file, JSON.stringify(seed), { mode: 0o600 });
    return await start({ ...options, seed: file });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The channel ends the child with this process, but neither it nor the child nor its output keeps this process running. */
function detach(child: ChildProcess): void {
  const { stdout, stderr, channel } = child;
  stdout?.destroy();
  stderr?.pipe(process.stderr, { end: false });
  if (stderr instanceof Socket) stderr.unref();
  channel?.unref();
  child.unref();
}

async function readyUrl({ stdout, stderr }: ChildProcess): Promise<string> {
  const problems: string[] = [];
  const note = (text: unknown) => void problems.push(String(text));
  stderr?.on('data', note);
  for await (const line of createInterface({ input: stdout ?? process.stdin })) {
    const [, url] = /ready: (http:\S+)/.exec(line) ?? [];
    if (url === undefined) continue;
    stderr?.off('data', note);
    return url;
  }
  const said = inOptions(
    problems
      .join('')
      .replaceAll(/^latchkey: /gm, '')
      .trim(),
  );
  throw new LatchkeyError(0, 'start_failed', `latchkey did not start: ${said}`, null);
}
