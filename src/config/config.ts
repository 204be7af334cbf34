import { isSendable } from '../client/admin-token.ts';
import { fromIso, type Instant, isWritable } from '../clock.ts';
import { parseDurationMs } from '../formats/duration.ts';
import type { ChosenMutant } from '../provider/mutants.ts';
import type { ProviderModule } from '../provider/provider.ts';
import { readDatabase } from './database.ts';
import { GivenSettings } from './given.ts';
import { readMutant } from './mutant.ts';
import { type Settings, settings, settingsOf } from './settings.ts';
import { gatherSettings, type SettingSources } from './sources.ts';
import { readTls, type TlsSetting } from './tls.ts';
import { readValues } from './values.ts';

/** The settings that the program uses as they were given, by their names in code: `maxWorlds` is `max-worlds`. */
type PlainSettings = Pick<
  Settings,
  | 'host'
  | 'port'
  | 'db'
  | 'seed'
  | 'watch'
  | 'log-level'
  | 'log-format'
  | 'admin-token'
  | 'max-worlds'
  | 'journal-size'
  | 'journal-memory'
  | 'explain-header'
  | 'upstream-credentials'
>;

/** `max-worlds` in code: `maxWorlds`. */
export type Camel<Name> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : Name;

/** How the program is to run. `settings.ts` says what each plain setting means. */
export interface Config extends Readonly<{ [Name in keyof PlainSettings as Camel<Name>]: PlainSettings[Name] }> {
  /** Host names that the control plane answers for besides the local ones; `*.` in front stands for any names below. */
  readonly allowHosts: readonly string[];
  /** Ports that belong to one provider only. */
  readonly providerPorts: ReadonlyMap<string, number>;
  /** The providers to run, each with its profile. */
  readonly profiles: ReadonlyMap<string, string>;
  /** What the clock shows at the start; undefined is real time. */
  readonly clock: Instant | undefined;
  /** Base URLs of the user's own mocks, by provider. */
  readonly upstreams: ReadonlyMap<string, string>;
  /** How long a world that was made by use or by a client may stay unused, in real time, before it is dropped; undefined: for ever. */
  readonly worldIdleMs: number | undefined;
  /** How long requests are still answered after a signal to stop, in real time. */
  readonly drainMs: number;
  /** How https is served alongside http; undefined if it is not. */
  readonly tls: TlsSetting | undefined;
  /** How it errs on purpose; undefined: not at all. */
  readonly mutant: ChosenMutant | undefined;
}

export const defaultMaxWorlds = settings['max-worlds'].default;
export const defaultJournalSize = settings['journal-size'].default;
export const defaultJournalMemory = settings['journal-memory'].default;

const longestDrainMs = 300_000;

/** Settings that cannot be used: a line for each problem. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/**
 * Joins flags, environment and file (each wins over the next) with the defaults.
 * Throws ConfigError with every problem at once.
 */
export async function loadConfig(sources: SettingSources, providers: readonly ProviderModule[]): Promise<Config> {
  const rules = settingsOf(providers);
  const { values: found, origins, problems } = await gatherSettings(sources, rules);
  const { values, bad } = readValues(rules, found);
  problems.push(...bad.map(({ name, reason }) => `${origins.get(name) ?? name} ${reason}`));
  if (values === undefined) throw new ConfigError(problems);
  const config = assemble(new GivenSettings(values, origins, problems), providers);
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function assemble(given: GivenSettings, providers: readonly ProviderModule[]): Config {
  const { values } = given;
  const chosen = chooseProviders(given, providers);
  const providerPorts = portsOf(given, chosen);
  const tls = readTls(given);
  const ports = [values.port, ...providerPorts.values(), ...(tls ? [tls.port] : [])].filter((port) => port !== 0);
  if (new Set(ports).size < ports.length) given.problems.push(`ports must differ, but these do not: ${ports.join(', ')}`);
  return {
    host: values.host,
    port: values.port,
    providerPorts,
    db: readDatabase(given),
    profiles: profilesOf(given, chosen),
    seed: values.seed,
    clock: startInstant(given),
    watch: watches(given),
    logLevel: values['log-level'],
    logFormat: values['log-format'],
    adminToken: adminToken(given),
    allowHosts: allowHosts(given),
    maxWorlds: values['max-worlds'],
    journalSize: values['journal-size'],
    journalMemory: values['journal-memory'],
    explainHeader: values['explain-header'],
    worldIdleMs: worldIdleMs(given),
    drainMs: drainMs(given),
    upstreams: readUpstreams(given, chosen),
    upstreamCredentials: values['upstream-credentials'],
    tls,
    mutant: readMutant(given, { all: providers, chosen }),
  };
}

/** The providers to run. Settings of the others are refused. */
function chooseProviders(given: GivenSettings, modules: readonly ProviderModule[]): readonly ProviderModule[] {
  const { providers } = given.values;
  if (providers === undefined) return modules;
  const names = modules.map(({ name }) => name);
  const wanted = providers.split(',').map((name) => name.trim());
  for (const name of wanted.filter((one) => !names.includes(one)))
    given.refuse('providers', `must name some of ${names.join(', ')}, not ${JSON.stringify(name)}`);
  for (const name of names.filter((one) => !wanted.includes(one))) {
    for (const setting of [`${name}-port`, `${name}-profile`].filter((one) => given.has(one)))
      given.refuse(setting, `is set, but ${name} is not among the providers`);
  }
  return modules.filter(({ name }) => wanted.includes(name));
}

function portsOf({ values }: GivenSettings, chosen: readonly ProviderModule[]): ReadonlyMap<string, number> {
  const ports = new Map<string, number>();
  for (const { name } of chosen) {
    const port = values[`${name}-port`];
    if (port !== undefined) ports.set(name, port);
  }
  return ports;
}

/** Each provider's profile: by default its first one. */
function profilesOf({ values }: GivenSettings, chosen: readonly ProviderModule[]): ReadonlyMap<string, string> {
  return new Map(chosen.map(({ name, profiles }) => [name, values[`${name}-profile`] ?? profiles[0] ?? '']));
}

function watches(given: GivenSettings): boolean {
  const { watch, seed } = given.values;
  if (watch && (seed === undefined || seed === 'none')) given.refuse('watch', 'is set, but --seed names no file');
  return watch;
}

function adminToken(given: GivenSettings): string | undefined {
  const token = given.values['admin-token'];
  if (token !== undefined && !isSendable(token))
    given.refuse('admin-token', 'must be ASCII without a space at either end: a header cannot carry anything else');
  return token;
}

/** Reads host names, comma-separated. */
function allowHosts(given: GivenSettings): readonly string[] {
  const names = (given.values['allow-host'] ?? '').split(',').map((name) => name.trim().toLowerCase());
  const hosts = names.filter((name) => name !== '');
  for (const name of hosts.filter((one) => !/^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(one)))
    given.refuse('allow-host', `must be names such as latchkey.example.com or *.example.com, not ${JSON.stringify(name)}`);
  return hosts;
}

function worldIdleMs(given: GivenSettings): number | undefined {
  const text = given.values['world-idle'];
  if (text === 'off') return undefined;
  const ms = parseDurationMs(text);
  if (ms === undefined || ms < 1000)
    given.refuse('world-idle', `must be off, or a duration of at least 1s such as 30m, not ${JSON.stringify(text)}`);
  return ms;
}

function drainMs(given: GivenSettings): number {
  const { drain } = given.values;
  const ms = parseDurationMs(drain) ?? -1;
  if (ms < 0 || ms > longestDrainMs)
    given.refuse('drain', `must be a duration from 0s to 5m such as 5s, not ${JSON.stringify(drain)}`);
  return ms;
}

/** Reads `provider=URL`, comma-separated. */
function readUpstreams(given: GivenSettings, chosen: readonly ProviderModule[]): ReadonlyMap<string, string> {
  const upstreams = new Map<string, string>();
  const pairs = (given.values.upstream ?? '').split(',').filter((text) => text !== '');
  for (const pair of pairs.map((text) => text.trim())) {
    const [, provider = '', url = ''] = /^([^=]*)=(.*)$/.exec(pair) ?? [];
    if (provider === '') given.refuse('upstream', `must be provider=URL, not ${JSON.stringify(pair)}`);
    else if (!chosen.some(({ name }) => name === provider))
      given.refuse('upstream', `names ${JSON.stringify(provider)}, which is not among the providers`);
    else if (!/^https?:\/\/[^/?#\s]+[^?#\s]*$/.test(url) || !URL.canParse(url))
      given.refuse('upstream', `needs an http or https URL for ${provider}`);
    else if (upstreams.has(provider)) given.refuse('upstream', `names ${provider} twice`);
    else upstreams.set(provider, url);
  }
  return upstreams;
}

function startInstant(given: GivenSettings): Instant | undefined {
  const { clock } = given.values;
  if (clock === undefined) return undefined;
  const instant = fromIso(clock);
  if (instant === undefined || !isWritable(instant))
    given.refuse('clock', `must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z, not ${JSON.stringify(clock)}`);
  return instant;
}
