import { splitAtDashes } from '../config/arguments.ts';
import { readVersion } from '../package.ts';
import type { Surroundings } from './command.ts';
import { type CommandEntry, commands } from './commands.ts';

/** What the arguments ask for. */
interface Asked {
  readonly name: string;
  /** Undefined for an unknown command. */
  readonly entry: CommandEntry | undefined;
  readonly args: readonly string[];
}

/** Flags without a command are those of `serve`. */
export function askedFor(args: readonly string[]): Asked {
  const [first = 'serve', ...rest] = args;
  const isFlag = first.startsWith('-');
  const name = isFlag ? 'serve' : first;
  return { name, entry: commands.find((one) => one.name === name), args: isFlag ? args : rest };
}

/** Runs the command that the arguments ask for, or prints help or the version. Returns the exit status. */
export async function dispatch(all: readonly string[], surroundings: Surroundings): Promise<number> {
  const { name, entry, args } = askedFor(all);
  const { own } = splitAtDashes(all);
  if (name === 'help' || own.includes('--help') || own.includes('-h')) {
    surroundings.print(await helpFor(entry));
    return 0;
  }
  if (own.includes('--version')) {
    surroundings.print(`${readVersion()}\n`);
    return 0;
  }
  if (entry === undefined) {
    surroundings.printProblem(`unknown command ${name}; latchkey --help lists all commands`);
    return 1;
  }
  const { command } = await entry.load();
  return command.run(args, surroundings);
}

async function helpFor(entry: CommandEntry | undefined): Promise<string> {
  const { commandHelp, generalHelp } = await import('./help.ts');
  const usage = entry === undefined ? undefined : (await entry.load()).command.usage;
  return entry === undefined || usage === undefined ? generalHelp() : commandHelp(entry, usage);
}
