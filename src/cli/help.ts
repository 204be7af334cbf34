import { settingsOf, variableOf } from '../config/settings.ts';
import type { ValueRule } from '../config/values.ts';
import { loadProviders } from '../providers/index.ts';
import type { Option, Usage } from './command.ts';
import { type CommandEntry, commands } from './commands.ts';

/** The help of the whole program: every command, and every setting of a server. */
export async function generalHelp(): Promise<string> {
  const settings = Object.entries<ValueRule>(settingsOf(await loadProviders()));
  return [
    'latchkey: a fail-closed emulator of API-key management APIs',
    '',
    'Usage',
    '  latchkey [serve] [flags]',
    '  latchkey exec [flags] -- command',
    '  latchkey <command> [options]; --help after a command lists its options',
    '  latchkey --help | --version',
    '',
    'Commands',
    ...commands.map(({ name, does }) => `  ${name.padEnd(12)} ${does}`),
    '',
    'Flags of serve and exec, each with its environment variable. latchkey.yaml, .yml or .json in this folder, or the file',
    'that --config names, may set them too',
    ...settings.map(([name, rule]) => `  --${name.padEnd(18)} ${variableOf(name).padEnd(26)} ${meaning(rule)}`),
    '',
    'Examples',
    ...commands.filter(({ serves }) => serves).flatMap(({ examples }) => examples.map((example) => `  latchkey ${example}`)),
    '',
  ].join('\n');
}

/** The help of one command: how it is called, its options, examples. */
export function commandHelp({ name, does, examples }: CommandEntry, { words, options }: Usage): string {
  const rows = Object.entries(options).map(
    ([option, rule]) => [signature(option, rule), meaning(rule, rule.hasVariable && variableOf(option))] as const,
  );
  const all = [...rows, ['-h, --help', 'print this'] as const];
  const width = Math.max(...all.map(([left]) => left.length));
  return [
    `Usage: latchkey ${[name, '[options]', ...words].join(' ')}`,
    '',
    does,
    '',
    'Options',
    ...all.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
    '',
    'Examples',
    ...examples.map((example) => `  latchkey ${example}`),
    '',
  ].join('\n');
}

function signature(name: string, { type, short }: Option): string {
  const flag = short === undefined ? `--${name}` : `-${short}, --${name}`;
  return type === 'boolean' ? flag : `${flag} <${type === 'integer' ? 'number' : 'value'}>`;
}

/** The description, the choices, the variable and the default. */
function meaning({ description, enum: choices, default: fallback }: ValueRule, variable?: string): string {
  const choice = choices === undefined || description.includes(choices.join(', ')) ? '' : `: ${choices.join(', ')}`;
  const notes = [...(variable === undefined ? [] : [variable]), ...(fallback === undefined ? [] : [`default ${fallback}`])];
  return `${description}${choice}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
}
