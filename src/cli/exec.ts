import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../client/connect.ts';
import { splitAtDashes } from '../config/arguments.ts';
import { readVersion } from '../package.ts';
import { type ServeSources, serve } from '../server/serve.ts';
import type { Command, Environment } from './command.ts';
import { environmentOf } from './environment.ts';
import { startProblems } from './printed/start-problems.ts';

export const command: Command = {
  async run(args, { env, folder, logPaint, printProblem }) {
    const { own, rest: program = [] } = splitAtDashes(args);
    if (!program[0]) {
      printProblem('expected a command after --: latchkey exec [flags] -- command');
      return 1;
    }
    try {
      return await execWithLatchkey({ args: own, env, folder, logPaint }, program);
    } catch (error) {
      for (const problem of await startProblems(error)) printProblem(problem);
      return statusOf(error);
    }
  },
};

/**
 * Starts a latchkey, on any free port unless a flag or a variable says otherwise, runs a command with the variables that the
 * providers' clients read in its environment, and stops. Returns the command's exit status. Throws the system's own error for a
 * command that cannot be run.
 */
async function execWithLatchkey(sources: ServeSources, program: readonly string[]): Promise<number> {
  // If a flag is given twice, the later one wins.
  const port = sources.env['LATCHKEY_PORT'] ? [] : ['--port', '0'];
  const args = [...port, ...sources.args];
  const { emulator, config } = await serve({ ...sources, args, defaults: { 'log-level': 'warn' } }, readVersion());
  const folders: string[] = [];
  try {
    const variables = await environmentOf(await connect(emulator.url, config));
    const token = config.adminToken === undefined ? {} : { LATCHKEY_ADMIN_TOKEN: config.adminToken };
    const trust = await trusting(emulator.https?.ca, sources.env, folders);
    const direct = withoutProxy(sources.env, [emulator.url, emulator.https?.url]);
    return await runProgram(program, { ...sources.env, ...variables, ...token, ...trust, ...direct });
  } finally {
    await emulator.close();
    for (const folder of folders) await rm(folder, { recursive: true });
  }
}

/** Variables that make Node.js programs trust https; other programs have to be told of the file in `LATCHKEY_CA`. */
async function trusting(ca: string | null | undefined, env: Environment, folders: string[]): Promise<Environment> {
  if (ca === null || ca === undefined) return {};
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-exec-'));
  folders.push(folder);
  const [own, all] = [join(folder, 'ca.pem'), join(folder, 'trusted.pem')];
  await writeFile(own, ca);
  // Node.js takes one file, so the user's own goes into it. If that does not exist, Node.js only warns.
  const trusted = await readFile(env['NODE_EXTRA_CA_CERTS'] ?? '', 'utf8').catch(() => '');
  await writeFile(all, `${trusted}\n${ca}`);
  return { LATCHKEY_CA: own, NODE_EXTRA_CA_CERTS: all };
}

/** Variables that keep programs from sending requests for latchkey to a proxy. Some read one spelling only, some prefer one. */
function withoutProxy(env: Environment, urls: readonly (string | undefined)[]): Environment {
  const hosts = urls.flatMap((url) => (url === undefined ? [] : [new URL(url).hostname.replace(/^\[|\]$/g, '')]));
  const direct = [...hosts, 'localhost', '.localhost', '127.0.0.1', '::1'];
  const extended = (own: string | undefined) =>
    [...new Set([...(own ?? '').split(',').filter((one) => one !== ''), ...direct])].join(',');
  const { NO_PROXY: upper, no_proxy: lower } = env;
  return { NO_PROXY: extended(upper || lower), no_proxy: extended(lower || upper) };
}

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

function runProgram([program = '', ...args]: readonly string[], env: Environment): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env });
    const passOn = (signal: NodeJS.Signals) => {
      // A terminal interrupts every process in its foreground, so the command too.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of passedOn) process.on(signal, passOn);
    child.on('close', () => {
      for (const signal of passedOn) process.off(signal, passOn);
    });
    child.on('error', reject);
    // As in shells, the status of a command that was ended by a signal is 128 plus the signal's number.
    child.on('exit', (status, signal) => resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

/** As in shells, 127 for a command that does not exist, 126 for one that cannot be run. */
function statusOf(error: unknown): number {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error && String(error.syscall).startsWith('spawn'))) return 1;
  return error.code === 'ENOENT' ? 127 : 126;
}
