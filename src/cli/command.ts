import { readArguments } from '../config/arguments.ts';
import { didYouMean } from '../config/nearest.ts';
import { fileProblem, isFileError } from '../config/system-words.ts';
import { CommandError } from './arguments/command-error.ts';
import { type Call, type Options, readCall, type Usage } from './arguments/options.ts';
import type { Surroundings } from './surroundings.ts';

export { CommandError } from './arguments/command-error.ts';
export type { Options, Usage } from './arguments/options.ts';
export type { Environment, Surroundings } from './surroundings.ts';

/** What a command prints. */
export interface Output {
  /** With `--json`, on one line. */
  readonly data: unknown;
  /** Without `--json`, on standard output. */
  readonly text: string;
  /** Without `--json`, on standard error. */
  readonly problems?: readonly string[];
  /** The exit status (default 0). */
  readonly status?: 0 | 1;
}

export interface Command {
  /** Undefined if its flags are the settings of a server. */
  readonly usage?: Usage;
  /** What it can be told to do, by the word for it. */
  readonly actions?: Readonly<Record<string, Action>>;
  /** Runs it and returns its exit status. Throws only unforeseen errors. */
  run(args: readonly string[], surroundings: Surroundings): Promise<number>;
}

/** One of several things that a command does. */
export interface Action {
  /** In one line. */
  readonly does: string;
  /** Without the program's name. */
  readonly examples: readonly string[];
  readonly command: Command;
}

interface Definition<O extends Options> {
  readonly words?: readonly string[];
  readonly options: O;
  /** Does the work. Returns undefined if it has printed everything itself. */
  run(call: Call<O>): Promise<Output | undefined>;
}

/** Makes a command. The message of an error that `run` throws is printed on one line, with exit status 1. */
export function defineCommand<const O extends Options>({ words = [], options, run }: Definition<O>): Command {
  return {
    usage: { words, options },
    async run(args, surroundings) {
      try {
        const call = await readCall(args, { words, options }, surroundings);
        const output = await run(call);
        const { json }: { readonly json?: unknown } = call.options;
        return output === undefined ? 0 : show(output, json === true, surroundings);
      } catch (error) {
        for (const problem of problemsOf(error)) surroundings.printProblem(problem);
        return 1;
      }
    },
  };
}

/** Makes a command of several actions. Without a word for one it does `fallback`; undefined: the word is required. */
export function defineGroup(actions: Readonly<Record<string, Action>>, fallback?: string): Command {
  const all = Object.values(actions).map(({ command }) => command.usage?.options ?? {});
  const options: Options = Object.assign({}, ...all);
  return {
    usage: { words: [fallback === undefined ? '<action>' : '[action]'], options },
    actions,
    async run(args, surroundings) {
      const { words, places } = readArguments(args, options);
      const [word = fallback] = words;
      const chosen = word !== undefined && Object.hasOwn(actions, word) ? actions[word] : undefined;
      if (chosen !== undefined) return chosen.command.run(args.toSpliced(places[0] ?? args.length, 1), surroundings);
      const names = Object.keys(actions);
      const expected = names.length === 1 ? `expected ${names[0]}` : `expected one of ${names.join(', ')}`;
      surroundings.printProblem(
        word === undefined ? expected : `${expected}, not ${JSON.stringify(word)}${didYouMean(word, names)}`,
      );
      return 1;
    },
  };
}

function show({ data, text, problems = [], status = 0 }: Output, isJson: boolean, surroundings: Surroundings): number {
  if (isJson) {
    surroundings.print(`${JSON.stringify(data)}\n`);
    return status;
  }
  if (text !== '') surroundings.print(text);
  for (const problem of problems) surroundings.printProblem(problem);
  return status;
}

function problemsOf(error: unknown): readonly string[] {
  if (error instanceof CommandError) return error.problems;
  if (isFileError(error)) return [`${Reflect.get(error, 'path')}: ${fileProblem(error)}`];
  return [error instanceof Error ? error.message : String(error)];
}
