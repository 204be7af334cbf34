import { defineCommand, type Output } from './command.ts';
import { drivingOptions, open } from './driving.ts';
import { environmentOf } from './environment.ts';
import { table } from './table.ts';

export const command = defineCommand({
  options: {
    ...drivingOptions,
    env: { type: 'boolean', description: "print them as a shell sets the variables that the providers' clients read" },
  },
  async run({ options, surroundings: { env } }) {
    const lk = await open(options, env);
    if (options.env) return assignments(await environmentOf(lk));
    const rows = Object.entries(lk.credentials).flatMap(([provider, named]) =>
      Object.values(named).map(({ name, secret, description }) => [provider, name, secret ?? '-', description]),
    );
    return { data: lk.credentials, text: table(['PROVIDER', 'NAME', 'SECRET', 'WHOSE'], rows) };
  },
});

function assignments(variables: Readonly<Record<string, string>>): Output {
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`);
  return { data: variables, text: lines.join('') };
}
