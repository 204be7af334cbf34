import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { variableOf } from './settings.ts';

/** Where settings may come from. */
export interface SettingSources {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What relative names start from, and where `latchkey.yaml`, `.yml` or `.json` is looked for. */
  readonly folder: string;
  /** False: no file is looked for (default true). */
  readonly readsFile?: boolean;
}

/** What was found: the winning value of each setting, where it came from, and what cannot be used. */
export interface Gathered {
  readonly values: Record<string, unknown>;
  readonly origins: ReadonlyMap<string, string>;
  readonly problems: string[];
}

interface Found {
  readonly setting: string;
  readonly value: unknown;
  /** What to call it in a message: `--port`, `LATCHKEY_PORT`, `latchkey.yaml: port`. */
  readonly label: string;
}

const fileNames = ['latchkey.yaml', 'latchkey.yml', 'latchkey.json'];

/** Gathers settings from the file, the environment and the flags, later ones winning. */
export async function gatherSettings(
  { args, env, folder, readsFile = true }: SettingSources,
  settings: readonly string[],
): Promise<Gathered> {
  const problems: string[] = [];
  const known = new Set(settings);
  const flags = fromFlags(args, known, problems);
  const variables = fromEnvironment(env, known, problems);
  const named = [...variables, ...flags].findLast(({ setting }) => setting === 'config');
  const file = await fromFile(
    typeof named?.value === 'string' ? named.value : readsFile ? findFile(folder) : undefined,
    folder,
    known,
    problems,
  );
  const values: Record<string, unknown> = {};
  const origins = new Map<string, string>();
  for (const { setting, value, label } of [...file, ...variables, ...flags]) {
    if (setting === 'config') continue;
    values[setting] = value;
    origins.set(setting, label);
  }
  return { values, origins, problems };
}

/** What the commands that drive a running latchkey read, and `latchkey exec` sets: no settings of a server. */
const clientVariables: ReadonlySet<string> = new Set(['LATCHKEY_URL', 'LATCHKEY_TLS_URL', 'LATCHKEY_CA']);

/** Settings that a flag alone turns on. */
const switches: ReadonlySet<string> = new Set(['explain-header']);
/** Comma-separated settings: a flag that is given once more adds to what it said before. */
const lists: ReadonlySet<string> = new Set(['providers', 'upstream']);

function fromFlags(args: readonly string[], known: ReadonlySet<string>, problems: string[]): Found[] {
  const options = Object.fromEntries(
    [...known, 'config'].map((name) => [name, { type: switches.has(name) ? ('boolean' as const) : ('string' as const) }]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const found: Found[] = [];
  let isUnknown = false;
  for (const token of tokens) {
    // What follows an unknown flag is likely its value: one problem, not two.
    if (token.kind === 'positional' && !isUnknown) problems.push(`unknown argument ${token.value}`);
    isUnknown = false;
    if (token.kind !== 'option') continue;
    const { name, rawName: label, value } = token;
    isUnknown = !Object.hasOwn(options, name) || !label.startsWith('--');
    if (isUnknown) problems.push(`unknown flag ${label}`);
    else if (value === undefined && !switches.has(name)) problems.push(`${label} needs a value`);
    else {
      const before = lists.has(name) ? found.findLast(({ setting }) => setting === name) : undefined;
      found.push({ setting: name, value: before === undefined ? (value ?? true) : `${before.value},${value}`, label });
    }
  }
  return found;
}

function fromEnvironment(env: SettingSources['env'], known: ReadonlySet<string>, problems: string[]): Found[] {
  const byVariable = new Map([...known, 'config'].map((setting) => [variableOf(setting), setting]));
  const found: Found[] = [];
  for (const [label, value] of Object.entries(env)) {
    if (!label.startsWith('LATCHKEY_') || value === undefined || value === '' || clientVariables.has(label)) continue;
    const setting = byVariable.get(label);
    if (setting === undefined) problems.push(`unknown environment variable ${label}`);
    else found.push({ setting, value, label });
  }
  return found;
}

function findFile(folder: string): string | undefined {
  return fileNames.find((name) => existsSync(join(folder, name)));
}

async function fromFile(
  name: string | undefined,
  folder: string,
  known: ReadonlySet<string>,
  problems: string[],
): Promise<Found[]> {
  if (name === undefined) return [];
  const content = await readSettingsFile(name, folder, problems);
  const found: Found[] = [];
  for (const [setting, given] of Object.entries(content)) {
    const value = Array.isArray(given) && (lists.has(setting) || setting === 'tls') ? given.join(',') : given;
    if (known.has(setting) && value === null) problems.push(`${name}: ${setting} has no value`);
    else if (known.has(setting)) found.push({ setting, value, label: `${name}: ${setting}` });
    else problems.push(`${name}: unknown key ${setting}`);
  }
  return found;
}

async function readSettingsFile(name: string, folder: string, problems: string[]): Promise<object> {
  try {
    const { readYamlFile } = await import('./yaml-file.ts');
    const { content } = readYamlFile(name, folder);
    if (content === null) return {};
    if (typeof content === 'object' && !Array.isArray(content)) return content;
    problems.push(`${name}: not a list of settings`);
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    problems.push(`${name}: ${reason}`);
  }
  return {};
}
