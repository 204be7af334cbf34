import { type Flag, readArguments } from '../../config/arguments.ts';
import { variableOf } from '../../config/settings.ts';
import { gatherSettings } from '../../config/sources.ts';
import { readValues, type ValueRule, type ValuesOf } from '../../config/values.ts';
import type { Surroundings } from '../surroundings.ts';
import { CommandError } from './command-error.ts';

/** An option of a command. */
export interface Option extends ValueRule, Flag {
  /** Its environment variable is read too; the flag wins. */
  readonly hasVariable?: true;
  /** It is a setting of a server: its variable and the config file are read too, as `serve` reads them. */
  readonly isSetting?: true;
  /** Its variable does not count if one of these flags is given. */
  readonly yieldsTo?: readonly string[];
  /** What is wrong with a value; undefined if nothing is. */
  problemOf?(value: string): string | undefined;
}

export type Options = Readonly<Record<string, Option>>;

/** How a command is called: `<required>` and `[optional]` words, and options. */
export interface Usage {
  readonly words: readonly string[];
  readonly options: Options;
}

/** A call of a command, its arguments read. */
export interface Call<O extends Options> {
  readonly options: ValuesOf<O>;
  readonly words: readonly string[];
  readonly surroundings: Surroundings;
}

interface Found {
  readonly name: string;
  readonly value: unknown;
  readonly label: string;
}

/** Reads the arguments of a command, and what they leave to the environment and the config file. Throws CommandError with every problem. */
export async function readCall<const O extends Options>(
  args: readonly string[],
  { words: expected, options }: { readonly words: readonly string[]; readonly options: O },
  surroundings: Surroundings,
): Promise<Call<O>> {
  const { flags, words, problems } = readArguments(args, options);
  const settings = await settingsFor(options, flags, surroundings);
  const given: Record<string, unknown> = {};
  const labels = new Map<string, string>();
  for (const { name, value, label } of [...settings.found, ...fromEnvironment(options, flags, surroundings), ...flags]) {
    given[name] = value;
    labels.set(name, label);
  }
  const { values, bad } = readValues<O>(options, given);
  const wrong = [...bad, ...problemsOf(options, given)].map(({ name, reason }) => `${labels.get(name) ?? name} ${reason}`);
  const all = [...problems, ...settings.problems, ...wrong, ...wordProblems(words, expected)];
  if (values === undefined || all.length > 0) throw new CommandError(...all);
  return { options: values, words, surroundings };
}

/** The settings of a server among the options, as `serve` would find them in this folder and this environment. */
async function settingsFor(
  options: Options,
  flags: readonly Found[],
  { env, folder }: Surroundings,
): Promise<{ readonly found: readonly Found[]; readonly problems: readonly string[] }> {
  const known = Object.fromEntries(Object.entries(options).filter(([, { isSetting }]) => isSetting));
  if (Object.keys(known).length === 0) return { found: [], problems: [] };
  const file = flags.findLast(({ name }) => name === 'config');
  const args = file === undefined ? [] : [`--config=${file.value}`];
  const { values, origins, problems } = await gatherSettings({ args, env, folder, isPartial: true }, known);
  const found = Object.entries(values).map(([name, value]) => ({ name, value, label: origins.get(name) ?? name }));
  return { found, problems };
}

/** An empty variable counts as not set. */
function fromEnvironment(options: Options, flags: readonly Found[], { env }: Surroundings): readonly Found[] {
  return Object.entries(options).flatMap(([name, { hasVariable, yieldsTo = [] }]) => {
    const label = variableOf(name);
    const value = env[label];
    const yields = flags.some((flag) => yieldsTo.includes(flag.name));
    return hasVariable && value && !yields ? [{ name, value, label }] : [];
  });
}

function problemsOf(options: Options, given: Readonly<Record<string, unknown>>) {
  return Object.entries(options).flatMap(([name, option]) => {
    const value = given[name];
    const reason = typeof value === 'string' ? option.problemOf?.(value) : undefined;
    return reason === undefined ? [] : [{ name, reason }];
  });
}

function wordProblems(words: readonly string[], expected: readonly string[]): readonly string[] {
  if (words.length > expected.length) return words.slice(expected.length).map((word) => `unknown argument ${word}`);
  const isAsExpected = expected.every((one, index) => one.startsWith('[') || words[index] !== undefined);
  if (isAsExpected) return [];
  return [`expected ${expected.join(' ')}${words.length === 0 ? '' : `, not ${words.join(' ')}`}`];
}
