import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { send } from '../coherence/http.ts';

const nobody = 65_534;

/** An nginx, unprivileged, until it is stopped. */
export interface Balancer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts one with examples/replicas/nginx.conf in front of these ports. */
export async function startNginx(ports: readonly number[]): Promise<Balancer> {
  const scratch = mkdtempSync(join(tmpdir(), 'latchkey-nginx-'));
  const port = await freePort();
  writeFileSync(join(scratch, 'nginx.conf'), configurationFor(scratch, port, ports));
  const isRoot = process.getuid?.() === 0;
  chmodSync(scratch, 0o755);
  if (isRoot) chownSync(scratch, nobody, nobody);
  const child = spawn('nginx', ['-e', 'stderr', '-p', scratch, '-c', join(scratch, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: `${process.env['PATH']}:/usr/sbin` },
    ...(isRoot && { uid: nobody, gid: nobody }),
  });
  process.on('exit', () => child.kill());
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill();
      await once(child, 'close');
    }
    rmSync(scratch, { recursive: true, force: true });
  };
  await untilItListens(child, port);
  return { port, stop };
}

/** The example's configuration, with these ports, and with folders that an unprivileged user may write to. */
function configurationFor(scratch: string, port: number, ports: readonly number[]): string {
  const example = readFileSync(join(import.meta.dirname, '..', '..', 'examples', 'replicas', 'nginx.conf'), 'utf8');
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${scratch}/${name};`);
  // Of each replica that leaves it tells below that.
  const alone = `daemon off; pid ${scratch}/nginx.pid; error_log stderr crit;`;
  const changes: readonly (readonly [string, string])[] = [
    ['events {}', `${alone} events {}`],
    ['http {', `http { access_log off; ${folders.join(' ')}`],
    ['listen 5282;', `listen 127.0.0.1:${port};`],
  ];
  const changed = changes.reduce((text, [from, to]) => replaced(text, from, () => to), example);
  // Whatever the example says of its server holds for each.
  return replaced(changed, /server latchkey:5282( [^;]*)?;/, (_, rest = '') =>
    ports.map((one) => `server 127.0.0.1:${one}${rest};`).join(' '),
  );
}

function replaced(text: string, from: string | RegExp, to: (whole: string, rest?: string) => string): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`examples/replicas/nginx.conf has no ${from}`);
  return changed;
}

/** A port that is free now: nginx has to be told beforehand where the replicas will be. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

async function untilItListens(child: ChildProcess, port: number): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  for (let attempt = 1; attempt <= 100; attempt++) {
    if (failure !== undefined || child.exitCode !== null) break;
    const { status } = await send(port, undefined, { method: 'GET', path: '/_latchkey/health' });
    if (status !== undefined) return;
    await wait(50);
  }
  throw new Error(`nginx could not start: ${failure?.message ?? `status ${child.exitCode}`}`);
}
