import type { Server } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.ts';
import type { TlsSetting } from '../config/tls.ts';
import type { Https } from '../control/scope.ts';
import { othersTurn } from '../core/pieces.ts';
import type { Mounts } from '../http/mounts.ts';
import type { Provider } from '../provider/provider.ts';
import { keepLimits, keepSessionLimits, type Limits } from './limits.ts';
import { listen, portOf, servedBy, stop } from './listening.ts';
import { OpenConnections } from './open-connections.ts';

export interface PortsParts {
  readonly app: FastifyInstance;
  readonly mounts: Mounts;
  readonly providers: readonly Provider[];
  readonly config: Pick<Config, 'host' | 'port' | 'providerPorts'> & Partial<Pick<Config, 'tls'>>;
  readonly limits: Limits;
}

/** The ports of an emulator: the shared one, that of https, and those of single providers. */
export class Ports {
  readonly #parts: PortsParts;
  /** The servers beside the app's own. */
  readonly #servers: Server[] = [];
  readonly #connections = new OpenConnections();
  readonly #providerUrls = new Map<string, string>();
  #https: Https | undefined;
  #isLeaving = false;

  constructor(parts: PortsParts) {
    this.#parts = parts;
    keepLimits(parts.app.server, parts.limits);
    this.#connections.watch(parts.app.server);
  }

  /** Whether it drains or closes: no further requests should be sent to it. */
  get isLeaving(): boolean {
    return this.#isLeaving;
  }

  /** How https is served; undefined if it is not, or not yet. */
  get https(): Https | undefined {
    return this.#https;
  }

  /** The base URL of each provider that has a port of its own. */
  get providerUrls(): ReadonlyMap<string, string> {
    return this.#providerUrls;
  }

  /**
   * Listens on every port and returns the base URL of the shared one. That one is opened last: once it says that
   * latchkey is healthy, all the others are open. Throws TlsError, or the system's own error if a port cannot be opened.
   */
  async open(): Promise<string> {
    const { app, config } = this.#parts;
    if (config.tls !== undefined) await this.#openHttps(config.tls);
    for (const [provider, port] of config.providerPorts) await this.#openProvider(provider, port);
    return this.#listen(app.server, config.port);
  }

  /** Answers as before, but every connection over HTTP/1.1 ends with its next answer. */
  drain(): void {
    this.#isLeaving = true;
    this.#connections.drain();
  }

  /** Stops listening. Open requests have a moment to be answered; connections that are left then are destroyed. */
  async close(): Promise<void> {
    this.#isLeaving = true;
    const closing = Promise.all([this.#parts.app.close(), ...this.#servers.map(stop)]);
    // A connection that was just accepted is not idle: what has arrived on it is read first.
    await othersTurn();
    const closed = this.#connections.close(this.#parts.limits.graceMs);
    await closing;
    closed();
  }

  async #listen(server: Server, port: number, scheme?: string): Promise<string> {
    const { url, twin } = await listen(server, this.#parts.config.host, port, scheme);
    if (twin !== undefined) this.#servers.push(twin);
    return url;
  }

  async #openHttps({ certificate, port }: TlsSetting): Promise<void> {
    const { app, limits } = this.#parts;
    const { secureServer } = await import('./tls/secure-server.ts');
    const { server, ca } = await secureServer(certificate, namesOf(this.#parts), app.server, limits.handshakeMs);
    this.#servers.push(server);
    keepLimits(server, limits);
    keepSessionLimits(server, limits);
    this.#connections.watchSecure(server);
    this.#https = { url: await this.#listen(server, port, 'https'), ca };
  }

  async #openProvider(provider: string, port: number): Promise<void> {
    const { app, mounts, limits } = this.#parts;
    const server = servedBy(app);
    this.#servers.push(server);
    keepLimits(server, limits);
    this.#connections.watch(server);
    this.#providerUrls.set(provider, await this.#listen(server, port));
    mounts.ports.set(portOf(server), provider);
  }
}

/** The names by which clients know this server without a name service. */
function namesOf({ providers, config: { host } }: PortsParts): string[] {
  const own = ['0.0.0.0', '::'].includes(host) ? [] : [host];
  const ofProviders = providers.flatMap(({ name, hosts }) => [`${name}.localhost`, ...hosts]);
  return [...new Set(['localhost', '*.localhost', '127.0.0.1', '::1', ...own, ...ofProviders])];
}
