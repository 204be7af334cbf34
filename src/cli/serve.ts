import { isatty } from 'node:tty';
import closeWithGrace from 'close-with-grace';
import { isShared } from '../config/database.ts';
import { readVersion } from '../package.ts';
import { hasSeedFile, type Served, serve } from '../server/serve.ts';
import type { Command } from './command.ts';
import { startProblems } from './printed/start-problems.ts';
import { giveBackStartMemory } from './running/settle.ts';
import type { Environment } from './surroundings.ts';

/** How long requests may take to end after a signal to stop, */
const graceMs = 900;
/** and where other processes serve the same worlds: what only this one knows is written for them. */
const sharedGraceMs = 30_000;

/** The signals that a drain comes after. */
const drainedSignals = ['SIGTERM', 'SIGINT'] as const;

/** How often it is looked whether the parent has ended. */
const parentCheckMs = 200;

export const command: Command = {
  async run(args, { env, folder, logPaint, print, printProblem }) {
    try {
      const served = await serve({ args, env, folder, logPaint }, readVersion());
      const { emulator, config, logger, announcement } = served;
      const own = config.drainMs === 0 ? [] : drainedSignals;
      const closing = closeWithGrace(
        { delay: isShared(config.db) ? sharedGraceMs : graceMs, logger: false, skip: ['SIGHUP', ...own] },
        async ({ err }) => {
          if (err) logger.fatal({ err }, 'stopping after an unexpected error');
          await emulator.close();
          logger.flush();
        },
      );
      const stop = onlyOnce(() => closing.close());
      if (config.drainMs > 0) onSignal(served, stop);
      onHangUp(served, stop);
      // A forked process ends with its parent, however the parent ends.
      if (process.connected) process.once('disconnect', stop);
      if (isBehindShell(env)) onOrphaned(stop);
      print(announcement);
      giveBackStartMemory();
      return 0;
    } catch (error) {
      for (const problem of await startProblems(error)) printProblem(problem);
      return 1;
    }
  },
};

/** Whether npm runs this in a shell of its own: `npx latchkey`, or `npm start` in a checkout. A signal to npm ends that shell alone. */
function isBehindShell({ npm_command: command, npm_lifecycle_event: script, npm_package_name: project }: Environment): boolean {
  return command === 'exec' || (script === 'start' && project === 'latchkey');
}

function onOrphaned(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, parentCheckMs).unref();
}

/** Several may ask for it: a signal, and the end of the drain or of the parent. */
function onlyOnce(act: () => void): () => void {
  const done = { is: false };
  return () => {
    if (done.is) return;
    done.is = true;
    act();
  };
}

/** The first signal begins the drain, and a second one ends it. */
function onSignal({ drain }: Served, stop: () => void): void {
  const begin = () => {
    for (const signal of drainedSignals) process.off(signal, begin).once(signal, stop);
    void drain().then(stop);
  };
  for (const signal of drainedSignals) process.on(signal, begin);
}

/** SIGHUP has the seed file read again. Without such a file, and when the terminal was closed, it stops the server. */
function onHangUp({ config, reseed }: Served, stop: () => void): void {
  const hadTerminal = isatty(0);
  process.on('SIGHUP', () => {
    const isTerminalGone = hadTerminal && !isatty(0);
    if (!hasSeedFile(config) || isTerminalGone) stop();
    else void reseed();
  });
}
