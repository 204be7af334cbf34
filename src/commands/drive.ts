import { readFile, writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Key, Latchkey } from '../client/types.ts';
import { parseDurationMs } from '../formats/duration.ts';
import { connect } from '../library.ts';
import { diagnose } from './doctor.ts';
import { environmentOf } from './environment.ts';
import { table } from './table.ts';
import { keyTable, requestTable } from './views.ts';
import { waitUntilHealthy } from './wait.ts';

/** Where the commands write, and what they know of their surroundings. */
export interface CommandSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  write(text: string): void;
  /** Sets the exit status of a command that has not found what it should. */
  fail(): void;
}

interface Common {
  readonly url: string;
  readonly world?: string;
  readonly adminToken?: string;
  readonly json?: true;
}

/** A word that a command does not know. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The commands that drive a running latchkey, by name. */
export const drivingCommands: ReadonlySet<string> = new Set([
  'wait',
  'keys',
  'clock',
  'reset',
  'snapshot',
  'requests',
  'faults',
  'credentials',
  'doctor',
]);

/**
 * Runs a command that drives a running latchkey. Throws LatchkeyError for what it refuses, and CommanderError for arguments
 * that cannot be used, whose message is printed already.
 */
export async function drive(args: readonly string[], surroundings: CommandSurroundings): Promise<void> {
  await programOf(surroundings).parseAsync([...args], { from: 'user' });
}

function programOf(surroundings: CommandSurroundings): Command {
  const program = new Command('latchkey').exitOverride();
  const command = commandAdder(program, surroundings);
  addWait(program, surroundings);
  for (const add of [addKeys, addClock, addReset, addSnapshot, addRequests, addFaults, addCredentials]) add(command);
  addDoctor(program, surroundings);
  return program;
}

/** Adds a command with what all of them take; `run` gives what is printed, as data and as text. */
type AddCommand = <O extends object>(
  name: string,
  description: string,
  run: (lk: Latchkey, options: O & Common, args: string[]) => Promise<Shown>,
) => Command;

function commandAdder(program: Command, { env, write }: CommandSurroundings): AddCommand {
  return <O extends object>(
    name: string,
    description: string,
    run: (lk: Latchkey, options: O & Common, args: string[]) => Promise<Shown>,
  ) => {
    const added = program.command(name).description(description).exitOverride();
    addCommon(added, env);
    return added.action(async (...given: unknown[]) => {
      const options: O & Common = added.opts();
      const words = given.filter((one) => typeof one === 'string');
      const shown = await run(await open(options), options, words);
      write(options.json ? `${JSON.stringify(shown.data)}\n` : shown.text);
    });
  };
}

function addWait(program: Command, { env, fail }: CommandSurroundings): void {
  addCommon(program.command('wait').exitOverride(), env)
    .description('wait until it is healthy; exit status 1 when it is not by then')
    .option('--timeout <duration>', 'how long', duration, 30_000)
    .action(async ({ url, timeout }: Common & { readonly timeout: number }) => {
      if (!(await waitUntilHealthy(url, timeout))) fail();
    });
}

function addKeys(command: AddCommand): void {
  command<{ provider?: string; state?: Key['state']; tenant?: string; owner?: string }>(
    'keys',
    'the stored keys, with the time they have left',
    async (lk, { provider, state, tenant, owner }) => {
      const filter = {
        ...(provider && { provider }),
        ...(state && { state }),
        ...(tenant && { tenant }),
        ...(owner && { owner }),
      };
      const [keys, { now }] = [await lk.keys.list(filter), await lk.clock.read()];
      return { data: keys, text: keyTable(keys, now) };
    },
  )
    .option('--provider <name>')
    .addOption(new Option('--state <state>').choices(['active', 'suspended', 'revoked', 'expired']))
    .option('--tenant <tenant>')
    .option('--owner <owner>');
}

function addClock(command: AddCommand): void {
  command(
    'clock',
    'show the clock, or advance BY, set INSTANT, freeze, resume',
    async (lk, _options, [action = 'read', by = '']) => {
      const reading = await moveClock(lk, action, by);
      return { data: reading, text: `${reading.now}${reading.frozen ? ' (frozen)' : ''}\n` };
    },
  )
    .argument('[action]')
    .argument('[value]');
}

function addReset(command: AddCommand): void {
  command<{ to: 'seed' | 'empty' }>('reset', 'everything as at the start', async (lk, { to }) => {
    await lk.reset(to);
    return { data: { to }, text: `reset to ${to}\n` };
  }).addOption(new Option('--to <what>').choices(['seed', 'empty']).default('seed'));
}

function addSnapshot(command: AddCommand): void {
  command('snapshot', 'save FILE, or load FILE', async (lk, _options, [action = '', file = '']) => {
    if (action === 'save') await writeFile(file, await lk.snapshot());
    else if (action === 'load') await lk.restore(await readFile(file));
    else throw new UsageError('say save or load');
    return { data: { [action]: file }, text: `${action === 'save' ? 'saved to' : 'loaded from'} ${file}\n` };
  })
    .argument('<action>')
    .argument('<file>');
}

function addRequests(command: AddCommand): void {
  command<{ provider?: string; status?: string; limit: string }>(
    'requests',
    'the last requests; with an ID why it was answered so',
    async (lk, { provider, status, limit }, [id]) => {
      if (id !== undefined) {
        const explained = await lk.explain(id);
        return { data: explained, text: `${explained.explanation.verdict}: ${explained.explanation.sentence}\n` };
      }
      const requests = await lk.requests({
        limit: Number(limit),
        ...(provider && { provider }),
        ...(status && { status: Number(status) }),
      });
      return { data: requests, text: requestTable(requests) };
    },
  )
    .argument('[id]')
    .option('--provider <name>')
    .option('--status <status>')
    .option('--limit <count>', 'how many', '20');
}

function addFaults(command: AddCommand): void {
  command('faults', 'list them, add JSON, remove ID, clear', async (lk, _options, [action = 'list', value = '']) => {
    if (action === 'add') return shownAs(await lk.faults.add(JSON.parse(value)));
    if (action === 'remove') await lk.faults.remove(value);
    else if (action === 'clear') await lk.faults.clear();
    else if (action !== 'list') throw new UsageError('say list, add, remove or clear');
    const faults = await lk.faults.list();
    const rows = faults.map(({ id, effect, hits, times }) => [id, JSON.stringify(effect), `${hits} of ${times ?? 'all'}`]);
    return { data: faults, text: table(['ID', 'EFFECT', 'HITS'], rows) };
  })
    .argument('[action]')
    .argument('[value]');
}

function addCredentials(command: AddCommand): void {
  command<{ env?: true }>(
    'credentials',
    "the seeded credentials; --env as the providers' clients read them",
    async (lk, options) => {
      if (options.env) return environmentText(await environmentOf(lk));
      const rows = Object.entries(lk.credentials).flatMap(([provider, named]) =>
        Object.values(named).map(({ name, secret, description }) => [provider, name, secret ?? '-', description]),
      );
      return { data: lk.credentials, text: table(['PROVIDER', 'NAME', 'SECRET', 'WHOSE'], rows) };
    },
  ).option('--env', 'as assignments for a shell');
}

function addDoctor(program: Command, { env, write, fail }: CommandSurroundings): void {
  addCommon(program.command('doctor').exitOverride(), env)
    .description('find out why a client cannot reach it')
    .action(async ({ url, json }: Common) => {
      const findings = await diagnose(url);
      const lines = findings.map(({ isWell, what }) => `${isWell ? 'ok  ' : 'BAD '} ${what}`);
      write(json ? `${JSON.stringify(findings)}\n` : `${lines.join('\n')}\n`);
      if (findings.some(({ isWell }) => !isWell)) fail();
    });
}

interface Shown {
  readonly data: unknown;
  readonly text: string;
}

function addCommon(command: Command, env: CommandSurroundings['env']): Command {
  return command
    .option(
      '--url <url>',
      'base URL of the running latchkey (LATCHKEY_URL)',
      env['LATCHKEY_URL'] ?? `http://127.0.0.1:${env['LATCHKEY_PORT'] || 5282}`,
    )
    .option('--world <name>', 'a world other than the default one')
    .option('--admin-token <token>', 'what it was started with (LATCHKEY_ADMIN_TOKEN)', env['LATCHKEY_ADMIN_TOKEN'])
    .option('--json', 'print JSON');
}

async function open({ url, world, adminToken }: Common): Promise<Latchkey> {
  const lk = await connect(url, { adminToken });
  return world === undefined ? lk : lk.world(world);
}

async function moveClock(lk: Latchkey, action: string, value: string) {
  const moves: Readonly<Record<string, () => ReturnType<Latchkey['clock']['read']>>> = {
    read: () => lk.clock.read(),
    advance: () => lk.clock.advance(value),
    set: () => lk.clock.set(value),
    freeze: () => lk.clock.freeze(),
    resume: () => lk.clock.resume(),
  };
  const move = moves[action];
  if (move === undefined) throw new UsageError('say advance, set, freeze or resume');
  return move();
}

function environmentText(variables: Readonly<Record<string, string>>): Shown {
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`);
  return { data: variables, text: lines.join('') };
}

function shownAs(data: unknown): Shown {
  return { data, text: `${JSON.stringify(data)}\n` };
}

function duration(text: string): number {
  const ms = parseDurationMs(text);
  if (ms === undefined || ms < 0) throw new InvalidArgumentError('a duration such as 30s');
  return ms;
}
