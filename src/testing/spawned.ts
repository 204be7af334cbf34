import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { clientAt } from '../client/connect.ts';
import type { Latchkey } from '../client/types.ts';
import { root } from '../package.ts';

/**
 * Starts a latchkey in its own process, on any free port. It ends with this process. Throws an Error if it does not start; the reason
 * is on standard error.
 */
export async function spawnLatchkey(): Promise<Latchkey> {
  const args = [join(root, 'dist', 'cli.js'), '--port', '0', '--log-level', 'warn'];
  // LATCHKEY_ variables here are for the tests: they are not settings of this server.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LATCHKEY_')));
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const url = await readyUrl(child);
  // The channel ends the child with this process, but neither the channel nor the child keeps this process running.
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
  throw new Error('latchkey did not start: the reason is above');
}
