import { fileProblem } from '../config/system-words.ts';
import { askedFor, dispatch } from './dispatch.ts';
import { surroundingsOf } from './surroundings.ts';

/** The command in its process: arguments in, exit status out. */
export async function main(args: readonly string[]): Promise<void> {
  process.stdout.on('error', (error) => outputFailed(error, askedFor(args).entry?.serves === true));
  const surroundings = surroundingsOf(process);
  process.exitCode = surroundings === undefined ? 1 : await dispatch(args, surroundings);
}

/** The reader of the output may have gone (`latchkey requests --follow | head`): a server keeps running without it. */
function outputFailed(error: NodeJS.ErrnoException, isServing: boolean): void {
  if (error.code !== 'EPIPE') {
    process.stderr.write(`latchkey: cannot write to standard output: ${fileProblem(error)}\n`);
    process.exit(1);
  }
  if (!isServing) process.exit();
}
