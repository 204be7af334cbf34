import type { IncomingMessage } from 'node:http';
import type { Provider } from '../provider/provider.ts';

/** Prefix of the control plane. */
export const controlPrefix = '/_latchkey';

/** A set of providers that cannot share the root of one port. */
export class OwnershipError extends Error {
  override readonly name = 'OwnershipError';
}

type Mounted = Pick<Provider, 'name' | 'owns' | 'hosts' | 'normalizePath'>;

/** How a request reached us, as far as it says where it wants to go. */
export interface Arrival {
  /** The request target: path and query. */
  readonly target: string;
  readonly host: string | undefined;
  /** The port that it came in on. */
  readonly port: number | undefined;
  /** Whether somebody sits before it in a browser: asks by GET and wants HTML. */
  readonly isBrowser?: boolean;
}

/** By what a request was led where it is. */
export type MountedBy = 'port' | 'host' | 'prefix' | 'owned path' | 'nothing';

/** Where a request leads. */
export interface Mounting {
  /** The internal target: `/<provider>/…`, `/_latchkey/…`, or as it was. */
  readonly target: string;
  /** The name of its world, as it was written: nobody has looked yet whether it may be one. */
  readonly world: string;
  readonly by: MountedBy;
}

/** What a `Host` header says: a provider, perhaps by the name of its real service, and perhaps a world. */
interface HostMeaning {
  readonly provider: Mounted | undefined;
  readonly isReal: boolean;
  readonly world: string;
}

/** The world of a request that names none. */
export const defaultWorld = 'default';

/**
 * Leads every way of reaching a provider (its own port, a host name, a path prefix, a path it owns at the root) to one
 * place: `/<provider>/…`. What is nobody's keeps its path.
 */
export class Mounts {
  /** Ports that belong to one provider alone; filled in when they listen. */
  readonly ports = new Map<number, string>();
  readonly #providers: readonly Mounted[];
  readonly #byName: ReadonlyMap<string, Mounted>;
  /** Where each request leads, while it is being answered. */
  readonly #mountings = new WeakMap<IncomingMessage, Mounting>();
  /** The last `Host` and what it means: a client sends the same one with every request. */
  #lastHost: { readonly host: string; readonly meaning: HostMeaning } | undefined;

  /** Throws OwnershipError when two providers claim the same path at the root. */
  constructor(providers: readonly Mounted[]) {
    this.#providers = providers;
    this.#byName = new Map(providers.map((provider) => [provider.name, provider]));
    refuseClashes(providers);
  }

  /** For Fastify's `rewriteUrl`. */
  readonly rewrite = (request: IncomingMessage): string => {
    const mounting = this.resolve({
      target: request.url ?? '/',
      host: request.headers.host,
      port: this.ports.size === 0 ? undefined : request.socket.localPort,
      isBrowser: isBrowser(request),
    });
    this.#mountings.set(request, mounting);
    return mounting.target;
  };

  /** Where a request that was rewritten leads. */
  of(request: IncomingMessage): Mounting {
    return this.#mountings.get(request) ?? { target: request.url ?? '/', world: defaultWorld, by: 'nothing' };
  }

  resolve({ target, host = '', port, isBrowser: browses = false }: Arrival): Mounting {
    const [whole, query] = splitTarget(target);
    const [named, path] = splitWorld(whole);
    const { provider: byHost, isReal, world: ofHost } = this.#hostMeaning(host);
    const world = named ?? ofHost;
    const byPort = this.#byName.get(this.ports.get(port ?? 0) ?? '');
    if (byPort !== undefined) return { target: inside(byPort, path) + query, world, by: 'port' };
    if (!isReal && isBelow(path, controlPrefix)) return { target: path + query, world, by: 'prefix' };
    if (byHost !== undefined) return { target: inside(byHost, path) + query, world, by: 'host' };
    const byPrefix = this.#byName.get(firstSegment(path));
    if (byPrefix !== undefined) {
      return { target: inside(byPrefix, path.slice(byPrefix.name.length + 1) || '/') + query, world, by: 'prefix' };
    }
    // A browser at the root of the shared port is shown the way to the pages; see app.ts.
    const owner = path === '/' && browses ? undefined : this.#providers.find((provider) => owns(provider, path));
    if (owner === undefined) return { target: path + query, world, by: 'nothing' };
    return { target: inside(owner, path) + query, world, by: 'owned path' };
  }

  /** Where a provider answers in a world to whoever came by this `Host`; without a scheme. */
  baseOf(provider: string, world: string, host: string): string {
    const meaning = this.#hostMeaning(host);
    const prefix = world === meaning.world ? '' : `/~${world}`;
    // A host that names a provider leads to no other one.
    if (meaning.provider === undefined) return `${host}${prefix}/${provider}`;
    return host.replace(/^[^.]+/, provider) + prefix;
  }

  /** Where a world answers to whoever came by this `Host`; without a scheme. */
  baseOfWorld(world: string, host: string): string {
    const meaning = this.#hostMeaning(host);
    if (meaning.provider === undefined) return world === meaning.world ? host : `${host}/~${world}`;
    const shared = host.replace(/^.*(?=localhost)/i, '');
    return world === defaultWorld ? shared : `${shared}/~${world}`;
  }

  #hostMeaning(host: string): HostMeaning {
    if (this.#lastHost?.host === host) return this.#lastHost.meaning;
    const name = host.toLowerCase().replace(/:\d*$/, '');
    const real = this.#providers.find((provider) => isRealHostOf(provider, name));
    const [, first = '', world = defaultWorld] = /^([^.]+)(?:\.([^.]+))?\.localhost$/.exec(name) ?? [];
    const meaning = { provider: real ?? this.#byName.get(first), isReal: real !== undefined, world };
    this.#lastHost = { host, meaning };
    return meaning;
  }
}

/** Whether a request comes from somebody who looks at pages. */
export function isBrowser({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  return method === 'GET' && headers.accept?.includes('text/html') === true;
}

function isRealHostOf(provider: Mounted, name: string): boolean {
  return provider.hosts.some((host) => (host.startsWith('*.') ? name.endsWith(host.slice(1)) : name === host));
}

function firstSegment(path: string): string {
  const end = path.indexOf('/', 1);
  return end === -1 ? path.slice(1) : path.slice(1, end);
}

function inside(provider: Mounted, path: string): string {
  return `/${provider.name}${normalized(provider, path)}`;
}

function normalized(provider: Mounted, path: string): string {
  return provider.normalizePath?.(path) ?? path;
}

function owns(provider: Mounted, path: string): boolean {
  const wanted = normalized(provider, path);
  return provider.owns.some((owned) => (owned === '/' ? wanted === '/' : isBelow(wanted, owned)));
}

function isBelow(path: string, root: string): boolean {
  return path.startsWith(root) && (path.length === root.length || path[root.length] === '/');
}

function refuseClashes(providers: readonly Mounted[]): void {
  const claims = providers.flatMap((provider) => provider.owns.map((path) => ({ provider: provider.name, path })));
  for (const [index, one] of claims.entries()) {
    const other = claims.slice(index + 1).find(({ provider, path }) => provider !== one.provider && overlaps(one.path, path));
    if (other !== undefined) {
      throw new OwnershipError(`the providers ${one.provider} and ${other.provider} both own ${other.path}`);
    }
  }
}

function overlaps(one: string, other: string): boolean {
  return one === other || (one !== '/' && other !== '/' && (isBelow(one, other) || isBelow(other, one)));
}

/** Path and query (with its `?`), of an absolute target too; a path that cannot be decoded is made decodable, not refused. */
function splitTarget(target: string): [path: string, query: string] {
  const local = target.startsWith('/') ? target : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '');
  const mark = local.indexOf('?');
  const path = mark === -1 ? local : local.slice(0, mark);
  const query = mark === -1 ? '' : local.slice(mark);
  return [path.includes('%') ? decodable(rooted(path)) : rooted(path), query];
}

/** The world that a path names (`/~name/…`), if any, and what is left of the path. */
function splitWorld(path: string): [world: string | undefined, path: string] {
  if (!path.startsWith('/~')) return [undefined, path];
  const end = path.indexOf('/', 1);
  return end === -1 ? [path.slice(2), '/'] : [path.slice(2, end), path.slice(end)];
}

function rooted(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

function decodable(path: string): string {
  try {
    decodeURIComponent(path);
    return path;
  } catch {
    return path
      .replace(/%(?![0-9a-f]{2})/gi, '%25')
      .replace(/(?:%[0-9a-f]{2})+/gi, (run) => encodeURIComponent(Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8')));
  }
}
