import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from './arguments.ts';
import { didYouMean } from './nearest.ts';
import { type Setting, variableOf } from './settings.ts';

/** Where settings may come from. */
export interface SettingSources {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative names start from, and that may hold `latchkey.yaml`, `.yml` or `.json`. */
  readonly folder: string;
  /** False: no file is looked for (default true). */
  readonly readsFile?: boolean;
  /** Values that win over the built-in defaults, and over nothing else. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** True: names that are not settings are passed over, not refused: some of the settings are enough (default false). */
  readonly isPartial?: boolean;
}

/** The settings that were found. */
export interface Gathered {
  /** The winning value of each setting. */
  readonly values: Readonly<Record<string, unknown>>;
  /** How a message names each setting: `--port`, `LATCHKEY_PORT`, `latchkey.yaml: port`. */
  readonly origins: ReadonlyMap<string, string>;
  /** A line for each value that belongs to no known setting. */
  readonly problems: string[];
  /** What the file holds for commands other than `serve`, by their names. */
  readonly others: Readonly<Record<string, unknown>>;
}

interface Found {
  readonly setting: string;
  readonly value: unknown;
  readonly label: string;
}

/** The settings that may be given, by name. */
type Known = Readonly<Record<string, Setting>>;

const fileNames = ['latchkey.yaml', 'latchkey.yml', 'latchkey.json'];

/** Not a setting of the server: the file with the others, named by a flag or a variable. */
export const config: Setting = { type: 'string', description: 'the file with the other settings' };

/** Commands that find something of their own in the file, below their names. */
const commandsInFile: ReadonlySet<string> = new Set(['prove']);

/** Variables that clients of a running latchkey read and `latchkey exec` sets: they are not settings of a server. */
const clientVariables: ReadonlySet<string> = new Set(['LATCHKEY_URL', 'LATCHKEY_TLS_URL', 'LATCHKEY_CA']);

/** Gathers settings from the file, the environment and the flags; later ones win. */
export async function gatherSettings(
  { args, env, folder, readsFile = true, defaults = {}, isPartial = false }: SettingSources,
  settings: Known,
): Promise<Gathered> {
  const problems: string[] = [];
  const unknown: string[] = [];
  const known = { ...settings, config };
  const flags = fromFlags(args, known, problems);
  const variables = fromEnvironment(env, known, unknown);
  const named = [...variables, ...flags].findLast(({ setting }) => setting === 'config');
  const name = named === undefined ? fileIn(readsFile ? folder : undefined) : String(named.value);
  const { found: file, others } = await fromFile(name, folder, settings, { problems, unknown });
  if (!isPartial) problems.push(...unknown);
  const values: Record<string, unknown> = { ...defaults };
  const origins = new Map<string, string>();
  for (const { setting, value, label } of [...file, ...variables, ...flags]) {
    if (setting === 'config') continue;
    values[setting] = value;
    origins.set(setting, label);
  }
  return { values, origins, problems, others };
}

function fromFlags(args: readonly string[], known: Known, problems: string[]): Found[] {
  const { flags, words, problems: wrong } = readArguments(args, known);
  problems.push(...wrong, ...words.map((word) => `unknown argument ${word}`));
  const found: Found[] = [];
  for (const { name, label, value } of flags) {
    const before = known[name]?.isRepeatable && found.findLast(({ setting }) => setting === name);
    found.push({ setting: name, value: before ? `${before.value},${value}` : value, label });
  }
  return found;
}

function fromEnvironment(env: SettingSources['env'], known: Known, problems: string[]): Found[] {
  const byVariable = new Map(Object.keys(known).map((setting) => [variableOf(setting), setting]));
  const found: Found[] = [];
  for (const [label, value] of Object.entries(env)) {
    if (!label.startsWith('LATCHKEY_') || value === undefined || value === '' || clientVariables.has(label)) continue;
    const setting = byVariable.get(label);
    if (setting === undefined)
      problems.push(`unknown environment variable ${label}${didYouMean(label, byVariable.keys(), 'LATCHKEY_')}`);
    else found.push({ setting, value, label });
  }
  return found;
}

function fileIn(folder: string | undefined): string | undefined {
  return folder === undefined ? undefined : fileNames.find((name) => existsSync(join(folder, name)));
}

async function fromFile(
  name: string | undefined,
  folder: string,
  known: Known,
  { problems, unknown }: { readonly problems: string[]; readonly unknown: string[] },
): Promise<{ readonly found: readonly Found[]; readonly others: Gathered['others'] }> {
  if (name === undefined) return { found: [], others: {} };
  const content = Object.entries(await readSettingsFile(name, folder, problems));
  const found: Found[] = [];
  for (const [setting, given] of content.filter(([key]) => !commandsInFile.has(key))) {
    const rule = Object.hasOwn(known, setting) ? known[setting] : undefined;
    const value = Array.isArray(given) && rule?.isList ? given.join(',') : given;
    if (rule === undefined) unknown.push(`${name}: unknown key ${setting}${didYouMean(setting, Object.keys(known))}`);
    else if (rule.notInFile !== undefined) problems.push(`${name}: ${setting} is refused: ${rule.notInFile}`);
    else if (value === null) problems.push(`${name}: ${setting} has no value`);
    else found.push({ setting, value, label: `${name}: ${setting}` });
  }
  return { found, others: Object.fromEntries(content.filter(([key]) => commandsInFile.has(key))) };
}

async function readSettingsFile(name: string, folder: string, problems: string[]): Promise<object> {
  try {
    const { readYamlFile } = await import('./yaml-file.ts');
    const { content } = readYamlFile(name, folder);
    if (content === null) return {};
    if (typeof content === 'object' && !Array.isArray(content)) return content;
    problems.push(`${name}: must hold settings by name (port: 5282)`);
  } catch (error) {
    problems.push(`${name}: ${error instanceof Error ? error.message : error}`);
  }
  return {};
}
