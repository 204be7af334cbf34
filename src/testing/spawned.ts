import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { clientAt } from '../client/connect.ts';
import type { Latchkey } from '../client/types.ts';
import { root } from '../package.ts';

/** Starts a latchkey in a process of its own, on any free port; it ends with this one. Throws what it said where it does not start. */
export async function spawnLatchkey(): Promise<Latchkey> {
  const args = [join(root, 'dist', 'cli.js'), '--port', '0', '--log-level', 'warn'];
  // Its own settings alone: the environment is about the tests.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LATCHKEY_')));
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const url = await readyUrl(child);
  // It ends when this process does, by the channel between them; and does not keep it.
  child.stdout?.destroy();
  child.channel?.unref();
  child.unref();
  return clientAt(url, undefined, async () => {
    child.ref();
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  });
}

async function readyUrl({ stdout }: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: stdout ?? process.stdin })) {
    const [, url] = /ready: (http:\S+)/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('latchkey did not start: see what it said above');
}
