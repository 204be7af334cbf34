import { parseArgs } from 'node:util';

/** What a flag takes. */
export interface Flag {
  /** A boolean is true if the flag stands alone; it may be given a value with `=`. */
  readonly type: 'string' | 'integer' | 'boolean';
  /** A one-letter form: `f` for `-f`. */
  readonly short?: string;
}

/** A flag as it was given. */
export interface GivenFlag {
  readonly name: string;
  /** As it was written, without its value: `--port`. */
  readonly label: string;
  readonly value: string | true;
}

/** Arguments, taken apart. */
export interface Arguments {
  readonly flags: readonly GivenFlag[];
  readonly words: readonly string[];
  /** A line for each flag that is unknown or has no value. */
  readonly problems: readonly string[];
}

/** Takes arguments apart: `--flag value`, `--flag=value`, `-f`, and words. What follows `--` is a word. */
export function readArguments(args: readonly string[], known: Readonly<Record<string, Flag>>): Arguments {
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { type, short }]) => [
      name,
      { type: type === 'boolean' ? ('boolean' as const) : ('string' as const), ...(short !== undefined && { short }) },
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const flags: GivenFlag[] = [];
  const words: string[] = [];
  const problems: string[] = [];
  let isUnknown = false;
  for (const token of tokens) {
    // A word after an unknown flag is likely its value: one problem, not two.
    if (token.kind === 'positional' && !isUnknown) words.push(token.value);
    isUnknown = token.kind === 'option' && !Object.hasOwn(known, token.name);
    if (token.kind !== 'option') continue;
    const { name, rawName: label, value } = token;
    if (isUnknown) problems.push(`unknown flag ${label}`);
    else if (value === undefined && known[name]?.type !== 'boolean') problems.push(`${label} needs a value`);
    else flags.push({ name, label, value: value ?? true });
  }
  return { flags, words, problems };
}

/** Arguments before `--`, and those after it, which belong to another command; undefined if there is no `--`. */
export function splitAtDashes(args: readonly string[]): { readonly own: readonly string[]; readonly rest?: readonly string[] } {
  const mark = args.indexOf('--');
  return mark === -1 ? { own: args } : { own: args.slice(0, mark), rest: args.slice(mark + 1) };
}
