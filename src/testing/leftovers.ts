import { spawn } from 'node:child_process';
import process from 'node:process';

/** A world of a latchkey that outlives this process. */
export interface Leftover {
  /** Its base URL. */
  readonly url: string;
  readonly adminToken: string | undefined;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The worlds that are open. */
const open = new Set<Leftover>();

/** What drops worlds once this process has ended: a program of its own, because nothing can be awaited any more. */
const dropper = `
  for (const { url, adminToken } of JSON.parse(process.env.LATCHKEY_LEFTOVERS)) {
    const [, root, name] = /^(.*)\\/~([^/]+)$/.exec(url);
    const headers = adminToken === undefined ? {} : { authorization: 'Bearer ' + adminToken };
    require(root.startsWith('https:') ? 'node:https' : 'node:http')
      .request(root + '/_latchkey/worlds/' + name, { method: 'DELETE', headers, signal: AbortSignal.timeout(5000) })
      .on('response', (answer) => answer.resume())
      .on('error', () => {})
      .end();
  }`;

/**
 * Has a world dropped if this process is interrupted, or exits, before its tests have ended. Returns what ends that. The process
 * ends as it would without this: by the signal, or as its other listeners want.
 */
export function dropAtExit(world: Leftover): () => void {
  if (open.size === 0) watch();
  open.add(world);
  return () => {
    if (open.delete(world) && open.size === 0) unwatch();
  };
}

function watch(): void {
  process.on('exit', dropAll);
  // The first of all listeners: others look whether they are alone, and end the process if they are.
  for (const signal of signals) process.prependOnceListener(signal, interrupted);
}

function unwatch(): void {
  process.off('exit', dropAll);
  for (const signal of signals) process.off(signal, interrupted);
}

function interrupted(signal: NodeJS.Signals): void {
  dropAll();
  // Without other listeners the process would have ended.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function dropAll(): void {
  const env = { ...process.env, NODE_OPTIONS: '', LATCHKEY_LEFTOVERS: JSON.stringify([...open]) };
  // Ctrl-C reaches every process of the terminal's group, and this one must not be among them.
  spawn(process.execPath, ['-e', dropper], { detached: true, stdio: 'ignore', env })
    .on('error', () => undefined)
    .unref();
}
