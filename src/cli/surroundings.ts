import { styleText } from 'node:util';
import type { ServeSources } from '../server/serve.ts';
import type { Paint } from './printed/table.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The process around a command: what it reads, and where it writes. */
export interface Surroundings {
  readonly env: Environment;
  /** The folder that relative names start from. */
  readonly folder: string;
  /** The width of the terminal that standard output is; undefined if it is none. */
  readonly columns?: number | undefined;
  /** Colours a text on standard error; undefined if that is no terminal. */
  readonly logPaint?: ServeSources['logPaint'];
  /** Colours a text if standard output is a terminal. */
  readonly paint: Paint;
  /** Writes to standard output. */
  print(text: string): void;
  /** Writes a line to standard error, below the program's name. */
  printProblem(problem: string): void;
  /** Shows what is being done, in place of what it showed before, if standard error is a terminal; an empty text ends it. */
  showProgress?: ((what: string) => void) | undefined;
}

/** What a command sees of the process that runs it; undefined, once it was said why, in a folder that was deleted. */
export function surroundingsOf(own: NodeJS.Process): Surroundings | undefined {
  const folder = folderOf(own);
  if (folder === undefined) {
    own.stderr.write('latchkey: the current folder was deleted: change to another one\n');
    return undefined;
  }
  return {
    env: own.env,
    folder,
    columns: own.stdout.isTTY ? own.stdout.columns : undefined,
    logPaint: own.stderr.isTTY ? (colour, text) => styleText(colour, text, { stream: own.stderr }) : undefined,
    // Only on a terminal, and not if NO_COLOR is set.
    paint: (colour, text) => styleText(colour, text, { stream: own.stdout }),
    print: (text) => void own.stdout.write(text),
    printProblem: (problem) => void own.stderr.write(`latchkey: ${problem}\n`),
    showProgress: own.stderr.isTTY ? (what) => void own.stderr.write(`\r\u001b[K${what}`) : undefined,
  };
}

/** The current folder; undefined if it is not there any more. */
function folderOf(own: NodeJS.Process): string | undefined {
  try {
    return own.cwd();
  } catch {
    return undefined;
  }
}
