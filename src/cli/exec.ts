import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SettingSources } from '../config/sources.ts';
import { connect } from '../library.ts';
import { serve } from '../server/serve.ts';
import { environmentOf } from './environment.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `latchkey exec [flags] -- command`: starts a latchkey on any free port unless the flags say otherwise, runs the command with
 * what the providers' clients read in its environment, and stops. Gives the command's exit status. Throws the system's own
 * error for a command that cannot be run.
 */
export async function execWithLatchkey(sources: SettingSources, command: readonly string[], version: string): Promise<number> {
  const isPortGiven = sources.args.some((arg) => /^--port(=|$)/.test(arg)) || Boolean(sources.env['LATCHKEY_PORT']);
  const args = [...(isPortGiven ? [] : ['--port', '0']), '--log-level', 'warn', ...sources.args];
  const { emulator, config } = await serve({ ...sources, args }, version);
  const folders: string[] = [];
  try {
    const variables = await environmentOf(await connect(emulator.url, config));
    const token = config.adminToken === undefined ? {} : { LATCHKEY_ADMIN_TOKEN: config.adminToken };
    const trust = await trusting(emulator.https?.ca, sources.env, folders);
    return await run(command, { ...sources.env, ...variables, ...token, ...trust });
  } finally {
    await emulator.close();
    for (const folder of folders) await rm(folder, { recursive: true });
  }
}

/** What makes programs of Node trust https; others have to be told of `LATCHKEY_CA`. */
async function trusting(ca: string | null | undefined, env: Environment, folders: string[]): Promise<Environment> {
  if (ca === null || ca === undefined) return {};
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-exec-'));
  folders.push(folder);
  const [own, all] = [join(folder, 'ca.pem'), join(folder, 'trusted.pem')];
  await writeFile(own, ca);
  // Node takes one file: whom the user trusts already stays trusted. Of one that is not there it only warns.
  const trusted = await readFile(env['NODE_EXTRA_CA_CERTS'] ?? '', 'utf8').catch(() => '');
  await writeFile(all, `${trusted}\n${ca}`);
  return { LATCHKEY_CA: own, NODE_EXTRA_CA_CERTS: all };
}

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

function run([program = '', ...args]: readonly string[], env: Environment): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env });
    const passOn = (signal: NodeJS.Signals) => {
      // A terminal interrupts whatever runs in it, the command too.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of passedOn) process.on(signal, passOn);
    child.on('close', () => {
      for (const signal of passedOn) process.off(signal, passOn);
    });
    child.on('error', reject);
    // As shells do it: a command that a signal has ended has 128 and the signal's number.
    child.on('exit', (status, signal) => resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
