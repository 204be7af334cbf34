import { type Command, Option } from 'commander';
import type { Latchkey } from '../client/types.ts';
import { connect } from '../library.ts';
import type { Paint } from './table.ts';

/** Where the commands write, and what they know of their surroundings. */
export interface CommandSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Colours a text, where somebody sees it. */
  readonly paint: Paint;
  write(text: string): void;
  /** Sets the exit status of a command that has not found what it should. */
  fail(): void;
}

/** What every command takes. */
export interface Common {
  readonly url: string;
  readonly world?: string;
  readonly adminToken?: string;
  readonly json?: true;
}

/** What a command prints, as data and as text. */
export interface Shown {
  readonly data: unknown;
  readonly text: string;
}

/** A word that a command does not know. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What a command does with the latchkey that it drives; undefined where it has printed what there was itself. */
type Run<O extends object> = (
  lk: Latchkey,
  options: O & Common,
  words: readonly string[],
  surroundings: CommandSurroundings,
) => Promise<Shown | undefined>;

/** Adds a command that drives a running latchkey, with the options that all of them have. */
export type AddCommand = <O extends object>(name: string, description: string, run: Run<O>) => Command;

export function commandAdder(program: Command, surroundings: CommandSurroundings): AddCommand {
  return <O extends object>(name: string, description: string, run: Run<O>) => {
    const added = addCommon(program.command(name).description(description).exitOverride(), surroundings.env);
    return added.action(async (...given: unknown[]) => {
      const options: O & Common = added.opts();
      const words = given.filter((one) => typeof one === 'string');
      const shown = await run(await open(options), options, words, surroundings);
      if (shown !== undefined) surroundings.write(options.json ? `${JSON.stringify(shown.data)}\n` : shown.text);
    });
  };
}

/** The options that all of them have. */
function addCommon(command: Command, env: CommandSurroundings['env']): Command {
  return addReach(command, env).option('--world <name>', 'a world other than the default one');
}

/** The options of those that look at a latchkey from outside. */
export function addReach(command: Command, env: CommandSurroundings['env']): Command {
  return command
    .option(
      '--url <url>',
      'base URL of the running latchkey (LATCHKEY_URL)',
      env['LATCHKEY_URL'] || `http://127.0.0.1:${env['LATCHKEY_PORT'] || 5282}`,
    )
    .addOption(
      // The help shows what is the default, and a secret is not for showing.
      new Option('--admin-token <token>', 'what it was started with').default(
        env['LATCHKEY_ADMIN_TOKEN'] || undefined,
        'LATCHKEY_ADMIN_TOKEN',
      ),
    )
    .option('--json', 'print JSON');
}

/** The help of a command ends with how it is used. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  latchkey ${line}`).join('\n')}`;
}

/** The latchkey that is meant, in the world that is meant. */
export async function open({ url, world, adminToken }: Common): Promise<Latchkey> {
  // The credentials of a world may be its own.
  return connect(world === undefined ? url : `${url.replace(/\/+$/, '')}/~${world}`, { adminToken });
}

export function shownAs(data: unknown): Shown {
  return { data, text: `${JSON.stringify(data)}\n` };
}
