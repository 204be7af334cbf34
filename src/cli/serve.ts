import closeWithGrace from 'close-with-grace';
import { readVersion } from '../package.ts';
import { serve } from '../server/serve.ts';
import type { Command } from './command.ts';
import { startProblems } from './start-problems.ts';

/** How long requests may take to end after a signal to stop. */
const graceMs = 900;

export const command: Command = {
  async run(args, { env, folder, print, printProblem }) {
    try {
      const { emulator, logger, announcement } = await serve({ args, env, folder }, readVersion());
      const closing = closeWithGrace({ delay: graceMs, logger: false }, async ({ err }) => {
        if (err) logger.fatal({ err }, 'stopping after an unexpected error');
        await emulator.close();
        logger.flush();
      });
      // A forked process ends with its parent, however the parent ends.
      if (process.connected) process.once('disconnect', () => closing.close());
      print(announcement);
      return 0;
    } catch (error) {
      for (const problem of startProblems(error)) printProblem(problem);
      return 1;
    }
  },
};
