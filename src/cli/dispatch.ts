import { readArguments, splitAtDashes } from '../config/arguments.ts';
import { didYouMean } from '../config/nearest.ts';
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
  const { own } = splitAtDashes(all);
  const asksForHelp = own.includes('--help') || own.includes('-h');
  if (asksForHelp || all[0] === 'help') return printHelp(all[0] === 'help' ? own.slice(1) : own, surroundings);
  if (own.includes('--version') || own.includes('-v')) {
    surroundings.print(`${readVersion()}\n`);
    return 0;
  }
  const { name, entry, args } = askedFor(all);
  if (entry === undefined) return unknownCommand(name, surroundings);
  const { command } = await entry.load();
  return command.run(args, surroundings);
}

/** Prints the help of the command, or of its action, that the words name; without a command that of the program. */
async function printHelp(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const asked = args.filter((arg) => arg !== '--help' && arg !== '-h');
  const { actionHelp, commandHelp, generalHelp, serverHelp } = await import('./help.ts');
  const { name, entry, args: rest } = askedFor(asked);
  const isGeneral = asked[0] === undefined || asked[0].startsWith('-');
  if (entry === undefined) return unknownCommand(name, surroundings);
  const { columns } = surroundings;
  if (isGeneral) {
    surroundings.print(await generalHelp(columns));
    return 0;
  }
  const { command } = await entry.load();
  const [word] = readArguments(rest, command.usage?.options ?? {}).words;
  const action = word !== undefined && Object.hasOwn(command.actions ?? {}, word) ? command.actions?.[word] : undefined;
  if (action !== undefined && word !== undefined) surroundings.print(actionHelp(`${name} ${word}`, action, columns));
  else surroundings.print(command.usage ? await commandHelp(entry, command, columns) : await serverHelp(entry, columns));
  return 0;
}

function unknownCommand(name: string, { printProblem }: Surroundings): number {
  const suggestion = didYouMean(name, [...commands.map((one) => one.name), 'help']);
  printProblem(`unknown command ${name}${suggestion === '' ? ';' : suggestion} latchkey --help lists all commands`);
  return 1;
}
