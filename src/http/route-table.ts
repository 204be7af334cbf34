import type { FastifyInstance } from 'fastify';
import Router, { type HTTPMethod } from 'find-my-way';
import { type KnownOperation, toRoutePath } from '../provider/operations.ts';

/** Longer than any request line that Node accepts: whether a parameter is too long is up to the provider. */
export const longestPathParameter = 100_000;

const knownMethods: readonly HTTPMethod[] = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** An operation that a request is about, and the parameters of its path. */
export interface FoundOperation {
  readonly operation: KnownOperation;
  readonly params: Readonly<Record<string, string | undefined>>;
}

interface Row {
  readonly method: HTTPMethod;
  readonly url: string;
  /** Undefined for the routes of emulated operations: the app finds those itself. */
  readonly operation?: KnownOperation;
}

/**
 * The paths of a provider, for requests that match no route: which methods a path has, and whether the vendor has an operation
 * there that is not emulated. There are hundreds of those; as routes of the app they would double the start-up time, so
 * their router is built only for the first such request.
 */
export class RouteTable {
  readonly #rows: Row[] = [];
  readonly #methods = new Set<HTTPMethod>();
  #router: Router.Instance<Router.HTTPVersion.V1> | undefined;

  /** Adds the routes of a scope as they are registered. */
  watch(scope: FastifyInstance): void {
    scope.addHook('onRoute', ({ url, method }) => {
      for (const one of knownMethods.filter((known) => [method].flat().includes(known))) this.#add({ method: one, url });
    });
  }

  /** Adds operations that are known and not emulated. */
  addUnimplemented(operations: readonly KnownOperation[], prefix: string): void {
    for (const operation of operations) {
      this.#add({ method: operation.method, url: prefix + toRoutePath(operation.path), operation });
    }
  }

  /** The methods that a path has, emulated or not, sorted. */
  readonly methodsAt = (path: string): readonly string[] =>
    [...this.#methods].filter((method) => this.#built().find(method, path) !== null).sort();

  /** A path as it is registered for a method: what is fixed in it in the registered case. Undefined if it differs otherwise. */
  readonly registeredAs = (path: string, method: string): string | undefined => {
    const sent = path.split('/');
    const spellings = this.#rows.filter((row) => row.method === method).map(({ url }) => spelledAs(url.split('/'), sent));
    return spellings.includes(path) ? path : spellings.find((one) => one !== undefined);
  };

  /** The operation at a path that is known and not emulated, if there is one. */
  unimplementedAt(method: string, path: string): FoundOperation | undefined {
    const known = knownMethods.find((one) => one === method);
    const found = known === undefined ? null : this.#built().find(known, path);
    const operation: KnownOperation | undefined = found?.store ?? undefined;
    return operation && { operation, params: found?.params ?? {} };
  }

  #add(row: Row): void {
    this.#rows.push(row);
    this.#methods.add(row.method);
  }

  #built(): Router.Instance<Router.HTTPVersion.V1> {
    if (this.#router !== undefined) return this.#router;
    const router = Router({ maxParamLength: longestPathParameter });
    for (const { method, url, operation } of this.#rows) router.on(method, url, () => undefined, operation);
    this.#router = router;
    return router;
  }
}

/** The parts of a sent path, those that are fixed as the route spells them; undefined if they are not the route's. */
function spelledAs(route: readonly string[], sent: readonly string[]): string | undefined {
  if (route.length !== sent.length) return undefined;
  const parts = route.map((part, index) => {
    const given = sent[index] ?? '';
    if (part.startsWith(':')) return given === '' ? undefined : given;
    return part.toLowerCase() === given.toLowerCase() ? part : undefined;
  });
  return parts.includes(undefined) ? undefined : parts.join('/');
}
