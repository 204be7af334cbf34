import { spawn } from 'node:child_process';
import { splitAtDashes } from '../config/arguments.ts';
import { readVersion } from '../package.ts';
import { type ServeSources, serve } from '../server/serve.ts';
import type { Command, Environment } from './command.ts';
import { startProblems } from './printed/start-problems.ts';
import { freePort } from './running/free-port.ts';
import { programEnvironment } from './running/program-environment.ts';
import { endingSignals, statusAfter } from './running/signals.ts';

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
  const args = [...freePort(sources.env), ...sources.args];
  const { emulator, config } = await serve({ ...sources, args, defaults: { 'log-level': 'warn' } }, readVersion());
  try {
    const { variables, dispose } = await programEnvironment(emulator, config, sources.env);
    return await runProgram(program, variables).finally(dispose);
  } finally {
    await emulator.close();
  }
}

function runProgram([program = '', ...args]: readonly string[], env: Environment): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env });
    const passOn = (signal: NodeJS.Signals) => {
      // A terminal interrupts every process in its foreground, so the command too.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of endingSignals) process.on(signal, passOn);
    child.on('close', () => {
      for (const signal of endingSignals) process.off(signal, passOn);
    });
    child.on('error', reject);
    child.on('exit', (status, signal) => resolve(status ?? (signal === null ? 128 : statusAfter(signal))));
  });
}

/** As in shells, 127 for a command that does not exist, 126 for one that cannot be run. */
function statusOf(error: unknown): number {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error && String(error.syscall).startsWith('spawn'))) return 1;
  return error.code === 'ENOENT' ? 127 : 126;
}
