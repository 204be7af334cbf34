import { versions } from 'node:process';
import { clientAt } from './client/connect.ts';
import type { Latchkey } from './client/types.ts';
import { requireNode } from './node-version.ts';
import { readVersion } from './package.ts';

export { connect } from './client/connect.ts';
export { LatchkeyError } from './client/error.ts';
export type * from './client/types.ts';

// The imports above load no native code: modules that do are imported when a latchkey is started.
requireNode(versions.node);

/** The settings of a latchkey: those of the command, by their names without dashes. */
export interface StartOptions {
  /** The address to listen on (default `localhost`: both loopback addresses). */
  readonly host?: string;
  /** The shared port (default: any free one). */
  readonly port?: number;
  /** The providers to emulate (default: all). */
  readonly providers?: readonly string[];
  /** Which version of each provider to emulate, by provider. */
  readonly profiles?: Readonly<Record<string, string>>;
  /** Ports that belong to one provider only, by provider. */
  readonly providerPorts?: Readonly<Record<string, number>>;
  /** An SQLite file to keep keys in (default: in memory). */
  readonly db?: string;
  /** A seed file, or `none` (default: the built-in seed). */
  readonly seed?: string;
  /** The instant at which the clock starts, RFC 3339 (default: real time). */
  readonly clock?: string;
  /** The token that callers of the control plane must send. */
  readonly adminToken?: string;
  /** Host names that the control plane answers for besides the local ones, comma-separated; `*.` in front stands for any names below. */
  readonly allowHost?: string;
  /** The maximum number of open worlds (default 256). */
  readonly maxWorlds?: number;
  /** How long a world that was made by use may stay unused before it is dropped, such as `1h` (default `off`). */
  readonly worldIdle?: string;
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
  readonly upstreams?: Readonly<Record<string, string>>;
  /** Whether the seed file is read again, and everything reset, whenever it changes. */
  readonly watch?: boolean;
  /** Whether those mocks get the client's own credential (default: drop). */
  readonly upstreamCredentials?: 'drop' | 'pass';
  /** A pino level (default: silent). */
  readonly logLevel?: string;
  /** `pretty` or `json` (default: json). */
  readonly logFormat?: string;
}

/**
 * Starts a latchkey in this process. Settings come only from the options, not from the environment or a file.
 * Throws an error whose message says which settings cannot be used. Nothing is left open once `close` has resolved.
 */
export async function startLatchkey(options: StartOptions = {}): Promise<Latchkey> {
  const { serve } = await import('./server/serve.ts');
  const { emulator } = await serve({ args: argsOf(options), env: {}, folder: '', readsFile: false }, readVersion());
  return clientAt(emulator.url, options.adminToken, () => emulator.close()).catch(async (error: unknown) => {
    await emulator.close();
    throw error;
  });
}

/** The options as flags of the command, so that both are read and checked in one place. */
function argsOf(options: StartOptions): string[] {
  const { port = 0, logLevel = 'silent', providers, profiles = {}, providerPorts = {}, upstreams = {}, ...others } = options;
  const settings: readonly (readonly [name: string, value: unknown])[] = [
    ['port', port],
    ['log-level', logLevel],
    ['providers', providers?.join(',')],
    ['upstream', pairsOf(upstreams)],
    ...Object.entries(profiles).map(([provider, profile]) => [`${provider}-profile`, profile] as const),
    ...Object.entries(providerPorts).map(([provider, ownPort]) => [`${provider}-port`, ownPort] as const),
    ...Object.entries(others).map(([name, value]) => [dashed(name), value] as const),
  ];
  return settings.filter(([, value]) => value !== undefined).map(([name, value]) => `--${name}=${value}`);
}

/** `provider=URL`, comma-separated; undefined if there are none. */
function pairsOf(upstreams: Readonly<Record<string, string>>): string | undefined {
  const pairs = Object.entries(upstreams).map(([provider, url]) => `${provider}=${url}`);
  return pairs.length === 0 ? undefined : pairs.join(',');
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
