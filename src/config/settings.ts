import type { ProviderModule } from '../provider/provider.ts';
import type { ValueRule, ValuesOf } from './values.ts';

/** One setting of a server. */
export interface Setting extends ValueRule {
  /** Its value is a comma-separated list, which a file may hold as a list. */
  readonly isList?: true;
  /** Giving the flag again adds to the list. */
  readonly isRepeatable?: true;
  /** Why a file cannot set it. */
  readonly notInFile?: string;
}

const text = { type: 'string', minLength: 1 } as const;
const port = { type: 'integer', minimum: 0, maximum: 65_535 } as const;

/**
 * Every setting that is not about one provider. Its name is its key in the config file and, behind `--`, its flag; `variableOf`
 * gives its environment variable. The types of settings, the checks of their values and the help are derived from this table.
 */
export const settings = {
  host: { ...text, default: 'localhost', description: 'address or name to listen on; localhost is both loopback addresses' },
  port: { ...port, default: 5282, description: 'shared port; 0 is any free one' },
  db: {
    ...text,
    default: ':memory:',
    description: 'SQLite file to keep keys in, or the postgres:// URL of a database that several processes may serve',
  },
  providers: {
    ...text,
    isList: true,
    isRepeatable: true,
    description: 'providers to emulate, comma-separated (default: all)',
  },
  seed: { ...text, description: 'YAML or JSON seed file; none: only the first administrators (default: built-in seed)' },
  clock: { type: 'string', description: 'start instant of the clock, RFC 3339 (default: system time)' },
  'admin-token': { ...text, description: 'token that callers of the control plane must send (default: none)' },
  'allow-host': {
    ...text,
    isList: true,
    isRepeatable: true,
    description: 'host names that the control plane answers for, comma-separated, besides local ones; *.example.com is any below',
  },
  tls: { ...text, isList: true, description: 'self-signed, or cert.pem,key.pem: serve https alongside http (default: off)' },
  'tls-port': { ...port, description: 'port of https (default: 5283, or any free one if --port is 0)' },
  'tls-ca': {
    ...text,
    description: 'file of the authority behind self-signed, made if it does not exist (default: a new one at each start)',
  },
  'max-worlds': { type: 'integer', minimum: 1, maximum: 100_000, default: 256, description: 'maximum number of open worlds' },
  'world-idle': {
    type: 'string',
    default: 'off',
    description: 'how long a world that was made by use or by a client may stay unused before it is dropped, such as 1h',
  },
  drain: {
    type: 'string',
    default: '0s',
    description: 'how long it still answers after a signal to stop, while it is no longer ready, such as 5s; at most 5m',
  },
  'journal-size': {
    type: 'integer',
    minimum: 1,
    maximum: 100_000,
    default: 1000,
    description: 'maximum number of requests in the journal of a world',
  },
  'journal-memory': {
    type: 'integer',
    minimum: 1,
    maximum: 65_536,
    default: 256,
    description: 'megabytes that the journals of all worlds may take together',
  },
  'explain-header': {
    type: 'boolean',
    default: false,
    description: 'name the journal entry of each answer in X-Latchkey-Request',
  },
  upstream: {
    ...text,
    isList: true,
    isRepeatable: true,
    description: 'provider=URL, comma-separated: your mock for operations that are not emulated (default: none)',
  },
  watch: { type: 'boolean', default: false, description: 'read the seed file again, and reset, whenever it changes' },
  'log-format': {
    type: 'string',
    enum: ['pretty', 'json'],
    description: 'pretty: lines for a person, at info one for each request (default: pretty on a terminal, else json)',
  },
  mutant: {
    ...text,
    notInFile: 'a file lies about for longer than a command line: use --mutant or LATCHKEY_MUTANT',
    description:
      'how to err on purpose, for tests of your tests: NAME or NAME@PROVIDER, such as accept-revoked@rockset; none records what would err',
  },
  'upstream-credentials': {
    type: 'string',
    enum: ['drop', 'pass'],
    default: 'drop',
    description: "whether your mock gets the client's own credential",
  },
  'log-level': {
    type: 'string',
    enum: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    default: 'info',
    description: 'lowest level of lines to log',
  },
} as const satisfies Readonly<Record<string, Setting>>;

/** The settings above, and a port and a profile for each provider. */
export type AllSettings = typeof settings &
  Readonly<Record<`${string}-port`, typeof port & { readonly description: string }>> &
  Readonly<Record<`${string}-profile`, ProfileSetting>>;

/** The values of all settings. */
export type Settings = ValuesOf<AllSettings>;

interface ProfileSetting {
  readonly type: 'string';
  readonly enum: readonly string[];
  readonly description: string;
}

/** Every setting of a server with these providers. */
export function settingsOf(providers: readonly ProviderModule[]): AllSettings {
  const ports: Record<`${string}-port`, AllSettings[`${string}-port`]> = {};
  const profiles: Record<`${string}-profile`, ProfileSetting> = {};
  for (const { name, profiles: known } of providers) {
    ports[`${name}-port`] = { ...port, description: `a port for ${name} only (default: none)` };
    profiles[`${name}-profile`] = {
      type: 'string',
      enum: known,
      description: `which version of ${name} to emulate: ${known.join(', ')} (default: ${known[0]})`,
    };
  }
  return Object.assign({}, settings, ports, profiles);
}

/** The environment variable of a setting, or of an option that has one. */
export function variableOf(setting: string): string {
  return `LATCHKEY_${setting.toUpperCase().replaceAll('-', '_')}`;
}
