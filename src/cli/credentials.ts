import type { Credential } from '../client/types.ts';
import { CommandError, defineCommand, type Output } from './command.ts';
import { table } from './printed/table.ts';
import { type VariableFormat, variableFormats } from './printed/variable-formats.ts';
import { drivingOptions, open } from './reaching/driving.ts';
import { environmentOf } from './running/environment.ts';

const formats = ['table', 'shell', 'dotenv', 'github', 'powershell', 'json'] as const;

export const command = defineCommand({
  options: {
    ...drivingOptions,
    format: {
      type: 'string',
      enum: formats,
      description:
        "a table, JSON, or the variables that the providers' clients read, as a shell, a .env file, GITHUB_ENV or PowerShell sets them",
    },
    env: { type: 'boolean', description: 'the same as --format shell; with --json, the variables as JSON' },
  },
  async run({ options, surroundings }) {
    const { env: asVariables = false, json = false } = options;
    const format = options.format ?? (asVariables ? 'shell' : 'table');
    if (asVariables && format !== 'shell')
      throw new CommandError(`--env means --format shell: give one of them, not --format ${format} too`);
    if (json && options.format !== undefined && format !== 'json')
      throw new CommandError(`--json means --format json: give one of them, not --format ${format} too`);
    const lk = await open(options);
    if (isOfVariables(format)) return assignments(await environmentOf(lk), format);
    if (format === 'json') return { data: lk.credentials, text: `${JSON.stringify(lk.credentials)}\n` };
    const rows = Object.entries(lk.credentials).flatMap(([provider, named]) =>
      Object.values(named).map((one) => [provider, one.name, one.description, presented(one)]),
    );
    const text = table(['PROVIDER', 'NAME', 'WHOSE', 'SECRET'], rows, surroundings);
    const isCut = text.includes('\u2026');
    const problems = isCut ? ['texts are cut to the width of this terminal: --format json, or a pipe, shows them whole'] : [];
    return { data: lk.credentials, text, problems };
  },
});

function isOfVariables(format: (typeof formats)[number]): format is VariableFormat {
  return Object.hasOwn(variableFormats, format);
}

function assignments(variables: Readonly<Record<string, string>>, format: VariableFormat): Output {
  const lines = Object.entries(variables).map(([name, value]) => `${variableFormats[format](name, value)}\n`);
  return { data: variables, text: lines.join('') };
}

/** The secret, or what a user without a key logs in with. */
function presented({ secret, login }: Credential): string {
  if (secret !== null) return secret;
  const { password } = login ?? {};
  return password === undefined ? '-' : `password ${password}`;
}
