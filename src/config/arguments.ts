import { parseArgs } from 'node:util';
import { didYouMean } from './nearest.ts';

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
  /** Where each word stands among the arguments. */
  readonly places: readonly number[];
  /** A line for each flag that is unknown or has no value. */
  readonly problems: readonly string[];
}

/**
 * Takes arguments apart: `--flag value`, `--flag=value`, `-f`, and words. What follows `--` is a word, and so is a negative
 * number or duration (`-1h`, `-PT1H`): no flag begins like that.
 */
export function readArguments(args: readonly string[], known: Readonly<Record<string, Flag>>): Arguments {
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { type, short }]) => [
      name,
      { type: type === 'boolean' ? ('boolean' as const) : ('string' as const), ...(short !== undefined && { short }) },
    ]),
  );
  const marked = args.map((arg) => (negative.test(arg) ? mark + arg : arg));
  const { tokens } = parseArgs({ args: marked, options, strict: false, tokens: true });
  const flags: GivenFlag[] = [];
  const words: string[] = [];
  const places: number[] = [];
  const problems: string[] = [];
  let isUnknown = false;
  for (const token of tokens) {
    // A word after an unknown flag is likely its value: one problem, not two.
    if (token.kind === 'positional' && !isUnknown) {
      words.push(unmarked(token.value));
      places.push(token.index);
    }
    isUnknown = token.kind === 'option' && !Object.hasOwn(known, token.name);
    if (token.kind !== 'option') continue;
    const { name, rawName: label, value } = token;
    if (isUnknown) problems.push(`unknown flag ${label}${suggestionFor(label, known)}`);
    else if (value === undefined && known[name]?.type !== 'boolean') problems.push(`${label} needs a value`);
    else flags.push({ name, label, value: value === undefined ? true : unmarked(value) });
  }
  return { flags, words, places, problems };
}

const negative = /^-(?=\.?\d|P)/;
/** Stands before a negative number for as long as the arguments are taken apart. No argument of a process can hold it. */
const mark = '\0';

function unmarked(text: string): string {
  return text.startsWith(mark) ? text.slice(1) : text;
}

function suggestionFor(label: string, known: Readonly<Record<string, Flag>>): string {
  const flags = Object.keys(known).map((name) => `--${name}`);
  return label.startsWith('--') ? didYouMean(label, flags, '--') : '';
}

/** Arguments before `--`, and those after it, which belong to another command; undefined if there is no `--`. */
export function splitAtDashes(args: readonly string[]): { readonly own: readonly string[]; readonly rest?: readonly string[] } {
  const dashes = args.indexOf('--');
  return dashes === -1 ? { own: args } : { own: args.slice(0, dashes), rest: args.slice(dashes + 1) };
}
