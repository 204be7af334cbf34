// The page's latchkeys: one at a time, all on the same port.
import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const longestStopMs = 10_000;

/** Free ports. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
    }),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Starts a latchkey with default settings, and uses it as readers will have used theirs: pages must work on any (found 4.7). */
export async function startServer({ root, port, processes }) {
  const cli = join(root, 'dist', 'cli.js');
  const args = [cli, '--port', String(port), '--log-level', 'warn'];
  const child = spawn(process.execPath, args, { env: {}, stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(processes, `${child.pid}\n`, { flag: 'a' });
  await promisify(execFile)(process.execPath, [cli, 'wait', '--url', `http://127.0.0.1:${port}`]);
  for (let count = 0; count < 11; count += 1) await (await fetch(`http://127.0.0.1:${port}/health`)).arrayBuffer();
}

/** Ends everything that the page started, and waits until its port is free. */
export async function stopServers({ port, processes }) {
  if (!existsSync(processes)) return;
  for (const id of readFileSync(processes, 'utf8').trim().split('\n').filter(Boolean)) end(Number(id));
  writeFileSync(processes, '');
  const until = performance.now() + longestStopMs;
  while (await isListening(port)) {
    if (performance.now() > until) throw new Error(`port ${port} is still in use`);
    await pause(5);
  }
}

function end(id) {
  try {
    process.kill(id);
  } catch {
    // It has already ended.
  }
}

function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(socket.destroy() && true));
    socket.on('error', () => resolve(false));
  });
}
