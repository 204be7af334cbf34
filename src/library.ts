import { versions } from 'node:process';
import { clientAt } from './client/connect.ts';
import type { Latchkey } from './client/types.ts';
import { requireNode } from './node-version.ts';
import { readVersion } from './package.ts';

export { connect } from './client/connect.ts';
export { LatchkeyError } from './client/error.ts';
export type * from './client/types.ts';

// What is imported above loads nothing native; what does is imported once a latchkey is started.
requireNode(versions.node);

/** How a latchkey is to run: the settings of the command, by their names without dashes. */
export interface StartOptions {
  readonly host?: string;
  /** Left out or 0: any free one. */
  readonly port?: number;
  /** A subset of the providers. */
  readonly providers?: readonly string[];
  /** Which era of a provider to be, by provider. */
  readonly profiles?: Readonly<Record<string, string>>;
  /** Ports that belong to one provider alone, by provider. */
  readonly providerPorts?: Readonly<Record<string, number>>;
  /** An SQLite file to persist to. */
  readonly db?: string;
  /** A seed file, or `none`. */
  readonly seed?: string;
  /** The instant at which the clock starts, RFC 3339. */
  readonly clock?: string;
  readonly adminToken?: string;
  readonly maxWorlds?: number;
  readonly explainHeader?: boolean;
  /** `self-signed`, or `cert.pem,key.pem`: https beside http; see `Latchkey.tls`. */
  readonly tls?: string;
  /** Left out or 0: any free one. */
  readonly tlsPort?: number;
  /** Where the authority behind `self-signed` is kept, made where there is none. */
  readonly tlsCa?: string;
  /** Base URLs of mocks that answer what is not emulated, by provider. */
  readonly upstreams?: Readonly<Record<string, string>>;
  /** A pino level (default: silent). */
  readonly logLevel?: string;
}

/**
 * Starts a latchkey in this process. Settings come from the options alone: neither the environment nor a file is looked at.
 * Throws an error whose message says what cannot be used. Nothing is left open once `close` has resolved.
 */
export async function startLatchkey(options: StartOptions = {}): Promise<Latchkey> {
  const { serve } = await import('./server/serve.ts');
  const { emulator } = await serve({ args: argsOf(options), env: {}, folder: '', readsFile: false }, readVersion());
  return clientAt(emulator.url, options.adminToken, () => emulator.close()).catch(async (error: unknown) => {
    await emulator.close();
    throw error;
  });
}

/** The same settings as the command would get them, so that there is one reader of them. */
function argsOf(options: StartOptions): string[] {
  const { providers, profiles = {}, providerPorts = {}, upstreams = {}, port = 0, logLevel = 'silent', ...rest } = options;
  const plain = Object.entries({ ...rest, port, logLevel, providers: providers?.join(',') });
  const pairs = [
    ...plain.map(([name, value]) => [dashed(name), value]),
    ...Object.entries(profiles).map(([provider, profile]) => [`${provider}-profile`, profile]),
    ...Object.entries(providerPorts).map(([provider, providerPort]) => [`${provider}-port`, providerPort]),
    ...(Object.keys(upstreams).length > 0
      ? [
          [
            'upstream',
            Object.entries(upstreams)
              .map((pair) => pair.join('='))
              .join(','),
          ],
        ]
      : []),
  ];
  return pairs.filter(([, value]) => value !== undefined && value !== false).flatMap(([name, value]) => [`--${name}=${value}`]);
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
