import { styleText } from 'node:util';
import type { Surroundings } from './command.ts';

/** What a command sees of the process that runs it. */
export function surroundingsOf(own: NodeJS.Process): Surroundings {
  return {
    env: own.env,
    folder: own.cwd(),
    // Only on a terminal, and not if NO_COLOR is set.
    paint: (colour, text) => styleText(colour, text, { stream: own.stdout }),
    print: (text) => void own.stdout.write(text),
    printProblem: (problem) => void own.stderr.write(`latchkey: ${problem}\n`),
  };
}
