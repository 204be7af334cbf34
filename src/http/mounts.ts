import type { IncomingMessage } from 'node:http';
import type { Operation } from '../provider/operations.ts';
import type { Provider } from '../provider/provider.ts';
import { Claims, firstSegment, isBelow } from './claims.ts';
import { readTarget, splitTarget, type Target, targetAt } from './target.ts';

/** Prefix of the control plane. */
export const controlPrefix = '/_latchkey';

declare module 'node:http' {
  interface IncomingMessage {
    /** Where this request leads; undefined until it was routed. */
    mounting?: Mounting;
  }
}

type Mounted = Pick<Provider, 'name' | 'owns' | 'hosts' | 'normalizePath'>;

/** The facts of a request that decide where it leads. */
export interface Arrival {
  /** The target of its request line: path and query. */
  readonly target: string;
  readonly host: string | undefined;
  /** The port that it came in on. */
  readonly port: number | undefined;
  /** Whether a browser shows the answer as a page: it asks by GET and wants HTML. */
  readonly isBrowser?: boolean;
}

/** The fact that decided where a request leads. */
export type MountedBy = 'port' | 'host' | 'prefix' | 'owned path' | 'nothing';

/** Where a request leads. */
export interface Mounting {
  /** The internal target: `/<provider>/…`, `/_latchkey/…`, or unchanged if no provider has the path. */
  readonly target: Target;
  /** The name of its world as it was written; it may be an invalid one. */
  readonly world: string;
  readonly by: MountedBy;
}

/** A mounting before its query is added. */
interface MountedPath {
  readonly by: MountedBy;
  readonly path: string;
}

/** What a `Host` header means: a provider, perhaps by the name of its real service, and perhaps a world. */
interface HostMeaning {
  readonly provider: Mounted | undefined;
  readonly isReal: boolean;
  readonly world: string;
  /** Where targets lead that were sent to it. */
  readonly mountings: Map<string, Mounting>;
}

/** How much is remembered of hosts and of the targets that were sent to each: when there are more, all are forgotten. */
const mostHosts = 16;
const mostTargets = 256;
/** A longer target is hardly sent twice. */
const longestTarget = 256;

/** The world of a request that names no world. */
const defaultWorld = 'default';

/**
 * Maps every way of reaching a provider (its own port, a host name, a path prefix, a path that it owns at the root) to one
 * place: `/<provider>/…`. A path that belongs to no provider stays as it is.
 */
export class Mounts {
  /** Ports that belong to one provider only; filled in once they listen. */
  readonly ports = new Map<number, string>();
  readonly #providers: readonly Mounted[];
  readonly #byName: ReadonlyMap<string, Mounted>;
  readonly #claims = new Claims();
  /**
   * What each `Host` means, and where the targets lead that were sent to it: clients repeat both. Forgotten when a provider gets
   * further paths; bounded by `mostHosts`, `mostTargets` and `longestTarget`.
   */
  readonly #hosts = new Map<string, HostMeaning>();

  /** Throws OwnershipError when two providers claim the same path at the root. */
  constructor(providers: readonly Mounted[]) {
    this.#providers = providers;
    this.#byName = new Map(providers.map((provider) => [provider.name, provider]));
    for (const { name, owns } of providers) this.#claims.add(name, owns);
  }

  /**
   * Gives a provider the paths of its operations at the root, emulated or not, beside those that it declares to own.
   * Throws OwnershipError when another provider owns one of them.
   */
  claim(provider: string, operations: readonly Pick<Operation, 'path'>[]): void {
    this.#hosts.clear();
    this.#claims.addOperations(provider, operations);
  }

  /** For Fastify's `rewriteUrl`: gives the internal target, and remembers where the request leads. */
  readonly rewrite = (request: IncomingMessage): string => {
    const mounting = this.#mountingOf(request);
    request.mounting = mounting;
    return mounting.target.url;
  };

  /** Where a request that was rewritten leads. */
  of(request: IncomingMessage): Mounting {
    return request.mounting ?? { target: splitTarget(request.url ?? '/'), world: defaultWorld, by: 'nothing' };
  }

  /** Decides where a request leads. */
  resolve(arrival: Arrival): Mounting {
    const { path: whole, search } = readTarget(arrival.target);
    const [named, path] = splitWorld(whole);
    const meaning = this.#hostMeaning(arrival.host ?? '');
    const { by, path: internal } = this.#mount(path, arrival, meaning);
    return { target: targetAt(internal, search), world: named ?? meaning.world, by };
  }

  /** The URL at which a provider answers in a world, for a client that used this `Host`; without a scheme. */
  baseOf(provider: string, world: string, host: string): string {
    const meaning = this.#hostMeaning(host);
    const prefix = world === meaning.world ? '' : `/~${world}`;
    // A host that names a provider cannot reach another one.
    if (meaning.provider === undefined) return `${host}${prefix}/${provider}`;
    return host.replace(/^[^.]+/, provider) + prefix;
  }

  /** The URL at which a world answers, for a client that used this `Host`; without a scheme. */
  baseOfWorld(world: string, host: string): string {
    const meaning = this.#hostMeaning(host);
    if (meaning.provider === undefined) return world === meaning.world ? host : `${host}/~${world}`;
    const shared = host.replace(/^.*(?=localhost)/i, '');
    return world === defaultWorld ? shared : `${shared}/~${world}`;
  }

  #mountingOf(request: IncomingMessage): Mounting {
    const { url: target = '/' } = request;
    const { host } = request.headers;
    // The port and what a browser accepts decide too, so that these requests are not among the remembered ones.
    if (this.ports.size > 0 || isBrowser(request)) {
      return this.resolve({ target, host, port: request.socket.localPort, isBrowser: isBrowser(request) });
    }
    const { mountings } = this.#hostMeaning(host ?? '');
    const known = mountings.get(target);
    if (known !== undefined) return known;
    const mounting = this.resolve({ target, host, port: undefined, isBrowser: false });
    if (mountings.size >= mostTargets) mountings.clear();
    if (target.length <= longestTarget) mountings.set(target, mounting);
    return mounting;
  }

  /** Decides by everything except the world, which has been removed from `path`. */
  #mount(path: string, arrival: Arrival, { provider: byHost, isReal }: HostMeaning): MountedPath {
    const byPort = this.#byName.get(this.ports.get(arrival.port ?? 0) ?? '');
    if (byPort !== undefined) return inside('port', byPort, path);
    if (!isReal && isBelow(path, controlPrefix)) return { by: 'prefix', path };
    if (byHost !== undefined) return inside('host', byHost, path);
    const byPrefix = this.#byName.get(firstSegment(path));
    if (byPrefix !== undefined) return inside('prefix', byPrefix, path.slice(byPrefix.name.length + 1) || '/');
    // A browser at the root of the shared port is redirected to the pages of the control plane; see server/root.ts.
    const owner = path === '/' && arrival.isBrowser ? undefined : this.#ownerOf(path);
    return owner === undefined ? { by: 'nothing', path } : inside('owned path', owner, path);
  }

  /** The provider that owns a path as it is written, or else the first whose `normalizePath` turns it into a path that it owns. */
  #ownerOf(path: string): Mounted | undefined {
    const asWritten = this.#byName.get(this.#claims.ownerOf(path) ?? '');
    return asWritten ?? this.#providers.find((provider) => this.#claims.ownerOf(normalized(provider, path)) === provider.name);
  }

  #hostMeaning(host: string): HostMeaning {
    const known = this.#hosts.get(host);
    if (known !== undefined) return known;
    const name = host.toLowerCase().replace(/:\d*$/, '');
    const real = this.#providers.find((provider) => isRealHostOf(provider, name));
    const [, first = '', world = defaultWorld] = /^([^.]+)(?:\.([^.]+))?\.localhost$/.exec(name) ?? [];
    const meaning = { provider: real ?? this.#byName.get(first), isReal: real !== undefined, world, mountings: new Map() };
    if (this.#hosts.size >= mostHosts) this.#hosts.clear();
    this.#hosts.set(host, meaning);
    return meaning;
  }
}

/** Whether a browser shows the answer to a request as a page. */
export function isBrowser({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  return method === 'GET' && headers.accept?.includes('text/html') === true;
}

function isRealHostOf(provider: Mounted, name: string): boolean {
  return provider.hosts.some((host) => (host.startsWith('*.') ? name.endsWith(host.slice(1)) : name === host));
}

function inside(by: MountedBy, provider: Mounted, path: string): MountedPath {
  return { by, path: `/${provider.name}${normalized(provider, path)}` };
}

function normalized(provider: Mounted, path: string): string {
  return provider.normalizePath?.(path) ?? path;
}

/** The world that a path names (`/~name/…`), if any, and what is left of the path. */
function splitWorld(path: string): [world: string | undefined, path: string] {
  if (!path.startsWith('/~')) return [undefined, path];
  const end = path.indexOf('/', 1);
  return end === -1 ? [path.slice(2), '/'] : [path.slice(2, end), path.slice(end)];
}
