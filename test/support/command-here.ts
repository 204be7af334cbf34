import { dispatch } from '../../src/cli/dispatch.ts';
import { root } from '../../src/package.ts';
import type { Ended } from './command.ts';

export interface HereOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** The width of the terminal (default: none is used). */
  readonly columns?: number;
}

/** Runs a command in this process, from its arguments to its exit status: `runCommand` without the process. */
export async function runHere(args: readonly string[], { env = {}, folder = root, columns }: HereOptions = {}): Promise<Ended> {
  const printed = { stdout: '', stderr: '' };
  const status = await dispatch(args, {
    env,
    folder,
    columns,
    paint: (_colour, text) => text,
    print: (text) => {
      printed.stdout += text;
    },
    printProblem: (problem) => {
      printed.stderr += `latchkey: ${problem}\n`;
    },
  });
  return { status, ...printed };
}
