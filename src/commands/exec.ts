import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { connect } from '../library.ts';
import type { SettingSources } from '../setting-sources.ts';
import { environmentOf } from './environment.ts';
import { serve } from './serve.ts';

/**
 * `latchkey exec [flags] -- command`: starts a latchkey on any free port unless the flags say otherwise, runs the command with
 * what the providers' clients read in its environment, and stops. Gives the command's exit status.
 */
export async function execWithLatchkey(sources: SettingSources, command: readonly string[], version: string): Promise<number> {
  const isPortGiven = sources.args.some((arg) => /^--port(=|$)/.test(arg)) || sources.env['LATCHKEY_PORT'] !== undefined;
  const args = [...(isPortGiven ? [] : ['--port', '0']), '--log-level', 'warn', ...sources.args];
  const { emulator, config } = await serve({ ...sources, args }, version);
  try {
    const variables = await environmentOf(await connect(emulator.url, config));
    return await run(command, { ...sources.env, ...variables });
  } finally {
    await emulator.close();
  }
}

function run([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env });
    child.on('error', reject);
    // As shells do it: a command that a signal has ended has 128 and the signal's number.
    child.on('exit', (status, signal) => resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
