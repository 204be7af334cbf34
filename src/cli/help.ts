import { settingsOf, variableOf } from '../config/settings.ts';
import type { ValueRule } from '../config/values.ts';
import { loadProviders } from '../providers/index.ts';
import type { Option, Options } from './arguments/options.ts';
import type { Action, Command } from './command.ts';
import { type CommandEntry, commandGroups, commands } from './commands.ts';
import { widthOf } from './printed/table.ts';

/** A left column, and what it means. */
type Row = readonly [left: string, meaning: string];

/** The help of the whole program: every command, and every setting of a server. */
export async function generalHelp(columns?: number): Promise<string> {
  const groups = commandGroups.flatMap((group) => [
    group,
    ...rowsOf(
      commands.filter((one) => one.group === group).map(({ name, does }) => [name.padEnd(11), does]),
      columns,
    ),
    '',
  ]);
  return [
    'latchkey: a fail-closed emulator of API-key management APIs',
    '',
    'Usage',
    '  latchkey [serve] [flags]',
    '  latchkey exec [flags] -- command',
    '  latchkey <command> [options]; --help after a command lists its options',
    '  latchkey -h, --help | -v, --version',
    '',
    ...groups,
    ...(await settingsPart(columns)),
    'Examples',
    ...commands.filter(({ serves }) => serves).flatMap(({ examples }) => examples.map((example) => `  latchkey ${example}`)),
    '',
  ].join('\n');
}

/** The help of a command whose flags are the settings of a server. */
export async function serverHelp({ name, does, call, examples }: CommandEntry, columns?: number): Promise<string> {
  return [
    `Usage: latchkey ${call ?? `${name} [flags]`}`,
    '',
    does,
    '',
    ...(await settingsPart(columns)),
    'Examples',
    ...examples.map((example) => `  latchkey ${example}`),
    '',
  ].join('\n');
}

async function settingsPart(columns: number | undefined): Promise<readonly string[]> {
  const settings = Object.entries<ValueRule>(settingsOf(await loadProviders()));
  const rows = settings.map(([name, rule]): Row => [`--${name.padEnd(18)} ${variableOf(name).padEnd(26)}`, meaning(rule)]);
  return [
    'Flags of serve, exec and prove, each with its environment variable. latchkey.yaml, .yml or .json in this folder, or',
    'the file that --config names, may set them too',
    ...rowsOf(rows, columns),
    '',
  ];
}

/** The help of one command: how it is called, what it can be told to do, its options, examples. */
export async function commandHelp(
  { name, does, examples, call, serves }: CommandEntry,
  { usage, actions }: Command,
  columns?: number,
): Promise<string> {
  const told = Object.entries(actions ?? {}).map(
    ([word, action]): Row => [[word, ...(action.command.usage?.words ?? [])].join(' '), action.does],
  );
  const all =
    told.length === 0 ? [] : ['Actions', ...rowsOf(told, columns), `  latchkey ${name} <action> --help lists its options`, ''];
  const settings = serves ? await settingsPart(columns) : [];
  const lines = [...all, ...optionsPart(usage?.options ?? {}, columns), ...settings];
  return page(call ?? [name, '[options]', ...(usage?.words ?? [])].join(' '), does, lines, examples);
}

/** The help of one action of a command. */
export function actionHelp(name: string, { does, examples, command: { usage } }: Action, columns?: number): string {
  const call = [name, '[options]', ...(usage?.words ?? [])].join(' ');
  return page(call, does, optionsPart(usage?.options ?? {}, columns), examples);
}

function page(call: string, does: string, lines: readonly string[], examples: readonly string[]): string {
  const shown = examples.map((example) => `  latchkey ${example}`);
  return [`Usage: latchkey ${call}`, '', does, '', ...lines, 'Examples', ...shown, ''].join('\n');
}

function optionsPart(options: Options, columns: number | undefined): readonly string[] {
  const rows = Object.entries(options).map(
    ([option, rule]): Row => [signature(option, rule), meaning(rule, (rule.hasVariable ?? rule.isSetting) && variableOf(option))],
  );
  return ['Options', ...rowsOf([...rows, ['-h, --help', 'print this']], columns), ''];
}

/** Two columns. On a terminal the right one is broken between words where it would not fit. */
function rowsOf(rows: readonly Row[], columns = Infinity): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  // A right column of a few letters would be unreadable.
  const room = Math.max(24, columns - width - 4);
  return rows.flatMap(([left, right]) => {
    const [first = '', ...more] = broken(right, room);
    return [`  ${left.padEnd(width)}  ${first}`.trimEnd(), ...more.map((text) => `${' '.repeat(width + 4)}${text}`)];
  });
}

function broken(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && widthOf(longer) > room) {
      lines.push(current);
      current = word;
    } else {
      current = longer;
    }
  }
  return [...lines, current];
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
