import { LatchkeyError } from '../client/error.ts';
import type { Profiles, ProviderName, Seed } from '../client/types.ts';

/** The settings of a latchkey: those of the command, by their names without dashes. */
export interface StartOptions {
  /** The address to listen on (default `localhost`: both loopback addresses). */
  readonly host?: string;
  /** The shared port (default: any free one). */
  readonly port?: number;
  /** The providers to emulate (default: all). */
  readonly providers?: readonly ProviderName[];
  /** Which version of each provider to emulate, by provider. */
  readonly profiles?: Profiles;
  /** Ports that belong to one provider only, by provider. */
  readonly providerPorts?: { readonly [P in ProviderName]?: number };
  /** An SQLite file to keep keys in (default: in memory). */
  readonly db?: string;
  /** A seed as in `createWorld`, a seed file, or `none` (default: the built-in seed). */
  readonly seed?: string | Seed;
  /** The instant at which the clock starts, RFC 3339 (default: real time). */
  readonly clock?: string;
  /** The token that callers of the control plane must send. */
  readonly adminToken?: string;
  /** Host names that the control plane answers for besides the local ones, comma-separated; `*.` in front stands for any names below. */
  readonly allowHost?: string;
  /** The maximum number of open worlds (default 256). */
  readonly maxWorlds?: number;
  /** How long a world that was made by use or by a client may stay unused before it is dropped, such as `1h` (default `off`). */
  readonly worldIdle?: string;
  /** How long requests are still answered once `close` is called, while `ready` says no, such as `5s` (default `0s`). */
  readonly drain?: string;
  /** The maximum number of requests in the journal of a world (default 1000). */
  readonly journalSize?: number;
  /** The megabytes that the journals of all worlds may take together (default 256). */
  readonly journalMemory?: number;
  /** Whether each answer names its journal entry, in `X-Latchkey-Request`. */
  readonly explainHeader?: boolean;
  /** `self-signed`, or `cert.pem,key.pem`: https alongside http; see `Latchkey.tls`. */
  readonly tls?: string;
  /** The port of https (default: any free one if `port` is, else 5283). */
  readonly tlsPort?: number;
  /** The file of the authority behind `self-signed`, made if it does not exist. */
  readonly tlsCa?: string;
  /** Base URLs of your mocks for operations that are not emulated, by provider. */
  readonly upstreams?: { readonly [P in ProviderName]?: string };
  /** Whether the seed file is read again, and everything reset, whenever it changes. */
  readonly watch?: boolean;
  /** Whether those mocks get the client's own credential (default: drop). */
  readonly upstreamCredentials?: 'drop' | 'pass';
  /**
   * How it errs on purpose, for tests of your tests: `accept-revoked`, `accept-revoked@rockset`; `none` records what would err.
   * An empty text is not set, so that it can be `process.env.LATCHKEY_MUTANT`.
   */
  readonly mutant?: string | undefined;
  /** A pino level (default: silent). */
  readonly logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** `pretty` or `json` (default: json). */
  readonly logFormat?: 'pretty' | 'json';
}

/** What the value of an option is, and how a message says so. */
const kinds = {
  text: { is: (value: unknown) => typeof value === 'string', words: 'a string' },
  number: { is: (value: unknown) => typeof value === 'number', words: 'a number' },
  flag: { is: (value: unknown) => typeof value === 'boolean', words: 'true or false' },
  names: { is: (value: unknown) => Array.isArray(value) && value.every(isText), words: 'a list of the names of providers' },
  texts: { is: (value: unknown) => isRecordOf(value, isText), words: 'an object with a string for each provider' },
  numbers: { is: (value: unknown) => isRecordOf(value, isNumber), words: 'an object with a number for each provider' },
  seed: {
    is: (value: unknown) => isText(value) || isRecordOf(value, isObject),
    words: 'a seed, the name of a seed file, or none',
  },
  instant: { is: isText, words: "a string such as '2030-01-01T00:00:00Z'" },
} as const;

const options: { readonly [Name in keyof StartOptions]-?: keyof typeof kinds } = {
  host: 'text',
  port: 'number',
  providers: 'names',
  profiles: 'texts',
  providerPorts: 'numbers',
  db: 'text',
  seed: 'seed',
  clock: 'instant',
  adminToken: 'text',
  allowHost: 'text',
  maxWorlds: 'number',
  worldIdle: 'text',
  drain: 'text',
  journalSize: 'number',
  journalMemory: 'number',
  explainHeader: 'flag',
  tls: 'text',
  tlsPort: 'number',
  tlsCa: 'text',
  upstreams: 'texts',
  watch: 'flag',
  upstreamCredentials: 'text',
  mutant: 'text',
  logLevel: 'text',
  logFormat: 'text',
};
const kindOf: ReadonlyMap<string, keyof typeof kinds> = new Map(Object.entries(options));

/** Throws LatchkeyError with every option that is unknown or has a value of the wrong kind. An option that is undefined is not given. */
export function checkOptions(given: unknown, allowed: readonly string[] = [...kindOf.keys()]): void {
  if (!isObject(given)) throw refused([`the options must be an object, not ${described(given)}`]);
  const problems = Object.entries(given).flatMap(([name, value]) => {
    const kind = allowed.includes(name) ? kindOf.get(name) : undefined;
    if (kind === undefined) return [`there is no option ${JSON.stringify(name)}: the options are ${allowed.join(', ')}`];
    const { is, words } = kinds[kind];
    return value === undefined || is(value) ? [] : [`${name} must be ${words}, not ${described(value)}`];
  });
  if (problems.length > 0) throw refused(problems);
}

/** The options as flags of the command, so that both are read and checked in one place. A seed that is an object is left out. */
export function flagsOf(given: StartOptions): string[] {
  const { providers, profiles = {}, providerPorts = {}, upstreams = {}, seed, mutant, ...others } = given;
  const pairs = Object.entries(upstreams).filter(([, url]) => url !== undefined);
  const settings: readonly (readonly [name: string, value: unknown])[] = [
    ['providers', providers?.join(',')],
    ['upstream', pairs.length === 0 ? undefined : pairs.map(([provider, url]) => `${provider}=${url}`).join(',')],
    ['seed', typeof seed === 'string' ? seed : undefined],
    // As everywhere, an empty variable is not set.
    ['mutant', mutant === '' ? undefined : mutant],
    ...Object.entries(profiles).map(([provider, profile]) => [`${provider}-profile`, profile] as const),
    ...Object.entries(providerPorts).map(([provider, port]) => [`${provider}-port`, port] as const),
    ...Object.entries(others).map(([name, value]) => [dashed(name), value] as const),
  ];
  return settings.filter(([, value]) => value !== undefined).map(([name, value]) => `--${name}=${value}`);
}

/** A message that speaks of flags, speaking of options: `--estuary-profile` is `profiles.estuary`. */
export function inOptions(message: string): string {
  return message.replaceAll(/(?<![\w-])--([a-z][a-z-]*)/g, (flag, name: string) => {
    const option = name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (kindOf.has(option)) return option;
    if (name === 'upstream') return 'upstreams';
    const [, provider, field] = /^(.+)-(profile|port)$/.exec(name) ?? [];
    if (provider === undefined) return flag;
    return field === 'port' ? `providerPorts.${provider}` : `profiles.${provider}`;
  });
}

function refused(problems: readonly string[]): LatchkeyError {
  return new LatchkeyError(0, 'option_invalid', problems.join('\n'), problems);
}

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

/** Whether a value is an object with fields: a list, a Date and the like are not. */
function isObject(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}

function isRecordOf(value: unknown, is: (field: unknown) => boolean): boolean {
  return isObject(value) && Object.values(value).every((field) => field === undefined || is(field));
}

function described(value: unknown): string {
  if (isText(value)) return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const [, kind = 'object'] = /^\[object (\w+)\]$/.exec(Object.prototype.toString.call(value)) ?? [];
  if (kind === 'Array') return JSON.stringify(value) ?? 'a list';
  return kind === 'Object' ? 'an object' : `a ${kind}`;
}
