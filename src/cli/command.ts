import { type Flag, readArguments } from '../config/arguments.ts';
import { variableOf } from '../config/settings.ts';
import { readValues, type ValueRule, type ValuesOf } from '../config/values.ts';
import type { Paint } from './table.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The process around a command: what it reads, and where it writes. */
export interface Surroundings {
  readonly env: Environment;
  /** The folder that relative names start from. */
  readonly folder: string;
  /** Colours a text if standard output is a terminal. */
  readonly paint: Paint;
  /** Writes to standard output. */
  print(text: string): void;
  /** Writes a line to standard error, below the program's name. */
  printProblem(problem: string): void;
}

/** An option of a command. */
export interface Option extends ValueRule, Flag {
  /** Its environment variable is read too; the flag wins. */
  readonly hasVariable?: true;
}

export type Options = Readonly<Record<string, Option>>;

/** How a command is called: `<required>` and `[optional]` words, literal ones, and options. */
export interface Usage {
  readonly words: readonly string[];
  readonly options: Options;
}

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
  /** Runs it and returns its exit status. Throws only unforeseen errors. */
  run(args: readonly string[], surroundings: Surroundings): Promise<number>;
}

/** Why a command cannot do what was asked: a line for each problem. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly problems: readonly string[];

  constructor(...problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** A call of a command, its arguments read. */
export interface Call<O extends Options> {
  readonly options: ValuesOf<O>;
  readonly words: readonly string[];
  readonly surroundings: Surroundings;
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
        const call = readCall(args, words, options, surroundings);
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

/** The choice that a word names. Throws CommandError, which lists the choices. */
export function chosen<T>(choices: Readonly<Record<string, T>>, word: string): T {
  const choice = Object.hasOwn(choices, word) ? choices[word] : undefined;
  if (choice !== undefined) return choice;
  throw new CommandError(`expected one of ${Object.keys(choices).join(', ')}, not ${JSON.stringify(word)}`);
}

function readCall<O extends Options>(
  args: readonly string[],
  expected: readonly string[],
  options: O,
  surroundings: Surroundings,
): Call<O> {
  const { flags, words, problems } = readArguments(args, options);
  const given: Record<string, unknown> = {};
  const labels = new Map<string, string>();
  const found = [...fromEnvironment(options, surroundings.env), ...flags];
  for (const { name, value, label } of found) {
    given[name] = value;
    labels.set(name, label);
  }
  const { values, bad } = readValues(options, given);
  const wrong = bad.map(({ name, reason }) => `${labels.get(name) ?? name} ${reason}`);
  const all = [...problems, ...wrong, ...wordProblems(words, expected)];
  if (values === undefined || all.length > 0) throw new CommandError(...all);
  return { options: values, words, surroundings };
}

/** An empty variable counts as not set. */
function fromEnvironment(options: Options, env: Environment) {
  return Object.entries(options).flatMap(([name, { hasVariable }]) => {
    const label = variableOf(name);
    const value = env[label];
    return hasVariable && value ? [{ name, value, label }] : [];
  });
}

function wordProblems(words: readonly string[], expected: readonly string[]): readonly string[] {
  if (words.length > expected.length) return words.slice(expected.length).map((word) => `unknown argument ${word}`);
  const isAsExpected = expected.every((one, index) => {
    if (one.startsWith('[')) return true;
    return one.startsWith('<') ? words[index] !== undefined : words[index] === one;
  });
  if (isAsExpected) return [];
  return [`expected ${expected.join(' ')}${words.length === 0 ? '' : `, not ${words.join(' ')}`}`];
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
  return [error instanceof Error ? error.message : String(error)];
}
