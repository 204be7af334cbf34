import { isSendable } from '../client/admin-token.ts';
import { fromIso, type Instant, isWritable } from '../clock.ts';
import type { ProviderModule } from '../provider/provider.ts';
import { settingsSchema } from './settings.ts';
import { gatherSettings, type SettingSources } from './sources.ts';
import type { TlsSetting } from './tls.ts';
import { readValues } from './values.ts';

/** How the program is to run. */
export interface Config {
  readonly host: string;
  /** The shared port; 0 is any free one. */
  readonly port: number;
  /** Ports that belong to one provider alone. */
  readonly providerPorts: ReadonlyMap<string, number>;
  /** An SQLite file, or `:memory:`. */
  readonly db: string;
  /** The providers to run, each with its profile. */
  readonly profiles: ReadonlyMap<string, string>;
  /** A seed file, or `none`; undefined is the built-in seed. */
  readonly seed: string | undefined;
  /** What the clock shows at the start; undefined is real time. */
  readonly clock: Instant | undefined;
  readonly logLevel: string;
  /** What the control plane wants to be shown; undefined: nothing. */
  readonly adminToken: string | undefined;
  /** The most worlds there may be. */
  readonly maxWorlds: number;
  /** Whether answers name their journal entry in a header. */
  readonly explainHeader: boolean;
  /** Base URLs of the users' own mocks, by provider. */
  readonly upstreams: ReadonlyMap<string, string>;
  /** How https is served beside http; undefined: not at all. */
  readonly tls: TlsSetting | undefined;
}

export const defaultMaxWorlds = 256;

/** Settings that cannot be used: every problem, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** The settings as checked by their schema; names of providers make up the rest of the keys. */
interface Settings {
  readonly host?: string;
  readonly port?: number;
  readonly db?: string;
  readonly providers?: string;
  readonly seed?: string;
  readonly clock?: string;
  readonly 'log-level'?: string;
  readonly 'admin-token'?: string;
  readonly 'max-worlds'?: number;
  readonly 'explain-header'?: boolean;
  readonly upstream?: string;
  readonly tls?: string;
  readonly 'tls-port'?: number;
  readonly 'tls-ca'?: string;
  readonly [ofProvider: string]: string | number | boolean | undefined;
}

/**
 * Joins flags, environment and file (each wins over the next) with the defaults.
 * Throws ConfigError with every problem at once.
 */
export async function loadConfig(sources: SettingSources, providers: readonly ProviderModule[]): Promise<Config> {
  const { properties } = settingsSchema(providers);
  const { values: given, origins, problems } = await gatherSettings(sources, Object.keys(properties));
  const { values, bad } = readValues(properties, given);
  const labelOf = (setting: string) => origins.get(setting) ?? setting;
  problems.push(...bad.map(({ setting, reason }) => `${labelOf(setting)} ${reason}`));
  if (bad.length > 0) throw new ConfigError(problems);
  const config = assemble(values, providers, labelOf, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

type LabelOf = (setting: string) => string;

function assemble(settings: Settings, providers: readonly ProviderModule[], labelOf: LabelOf, problems: string[]): Config {
  const chosen = chooseProviders(settings, providers, labelOf, problems);
  const providerPorts = new Map<string, number>();
  const profiles = new Map<string, string>();
  for (const { name, profiles: known } of providers) {
    const port = settings[`${name}-port`];
    const profile = settings[`${name}-profile`];
    if (!chosen.has(name)) {
      for (const setting of [`${name}-port`, `${name}-profile`].filter((key) => settings[key] !== undefined)) {
        problems.push(`${labelOf(setting)} is set, but ${name} is not among the providers`);
      }
      continue;
    }
    if (typeof port === 'number') providerPorts.set(name, port);
    profiles.set(name, typeof profile === 'string' ? profile : (known[0] ?? ''));
  }
  const adminToken = settings['admin-token'];
  if (adminToken !== undefined && !isSendable(adminToken))
    problems.push(`${labelOf('admin-token')} must be what a header can carry: ASCII, with no blank at its ends`);
  const port = settings.port ?? 5282;
  const tls = readTls(settings, port, labelOf, problems);
  const fixed = [port, ...providerPorts.values(), ...(tls ? [tls.port] : [])].filter((one) => one !== 0);
  if (new Set(fixed).size < fixed.length) problems.push('two ports are the same');
  return {
    host: settings.host ?? '127.0.0.1',
    port,
    providerPorts,
    db: settings.db ?? ':memory:',
    profiles,
    seed: settings.seed,
    clock: startInstant(settings, labelOf, problems),
    logLevel: settings['log-level'] ?? 'info',
    adminToken,
    maxWorlds: settings['max-worlds'] ?? defaultMaxWorlds,
    explainHeader: settings['explain-header'] ?? false,
    upstreams: readUpstreams(settings, chosen, labelOf, problems),
    tls,
  };
}

function chooseProviders(
  settings: Settings,
  providers: readonly ProviderModule[],
  labelOf: LabelOf,
  problems: string[],
): ReadonlySet<string> {
  const names = providers.map(({ name }) => name);
  if (settings.providers === undefined) return new Set(names);
  const wanted = settings.providers.split(',').map((name) => name.trim());
  for (const name of wanted.filter((one) => !names.includes(one))) {
    problems.push(
      `${labelOf('providers')} names ${name === '' ? 'an empty provider' : `an unknown provider, ${name}`}: there are ${names.join(', ')}`,
    );
  }
  return new Set(wanted);
}

/** `provider=URL`, comma-separated. */
function readUpstreams({ upstream = '' }: Settings, chosen: ReadonlySet<string>, labelOf: LabelOf, problems: string[]) {
  const upstreams = new Map<string, string>();
  for (const pair of upstream.split(',').filter((text) => text !== '')) {
    const [, provider = '', url = ''] = /^([^=]*)=(.*)$/.exec(pair.trim()) ?? [];
    if (provider === '') problems.push(`${labelOf('upstream')} needs provider=URL, not ${JSON.stringify(pair.trim())}`);
    else if (!chosen.has(provider))
      problems.push(`${labelOf('upstream')} names ${JSON.stringify(provider)}, which is not among the providers`);
    else if (!/^https?:\/\/[^/?#\s]+[^?#\s]*$/.test(url) || !URL.canParse(url))
      problems.push(`${labelOf('upstream')} needs an http or https URL for ${provider}`);
    else if (upstreams.has(provider)) problems.push(`${labelOf('upstream')} names ${provider} twice`);
    else upstreams.set(provider, url);
  }
  return upstreams;
}

/** `self-signed`, or the files of a certificate and its key. */
function readTls(settings: Settings, port: number, labelOf: LabelOf, problems: string[]): TlsSetting | undefined {
  const { tls, 'tls-ca': authorityFile, 'tls-port': tlsPort = port === 0 ? 0 : 5283 } = settings;
  if (tls === undefined) {
    for (const setting of ['tls-port', 'tls-ca'].filter((key) => settings[key] !== undefined))
      problems.push(`${labelOf(setting)} is set, but --tls is not`);
    return undefined;
  }
  if (tls === 'self-signed') return { port: tlsPort, certificate: { kind: 'self-signed', authorityFile } };
  const [certFile = '', keyFile = '', ...more] = tls.split(',').map((file) => file.trim());
  if (certFile === '' || keyFile === '' || more.length > 0)
    problems.push(`${labelOf('tls')} must be self-signed, or cert.pem,key.pem`);
  if (authorityFile !== undefined) problems.push(`${labelOf('tls-ca')} is for --tls self-signed`);
  return { port: tlsPort, certificate: { kind: 'files', certFile, keyFile } };
}

function startInstant(settings: Settings, labelOf: LabelOf, problems: string[]): Instant | undefined {
  if (settings.clock === undefined) return undefined;
  const instant = fromIso(settings.clock);
  if (instant === undefined || !isWritable(instant))
    problems.push(`${labelOf('clock')} must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z`);
  return instant;
}
