import type { FastifyInstance, FastifyRequest } from 'fastify';

/** An operation of a provider: the vendor's own id, and its path in OpenAPI's form (`/users/{user}`). */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

/** An operation that the vendor documents and that is not emulated. */
export interface KnownOperation extends Operation {
  readonly method: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';
  /** As on a route: what the provider's `authorise` demands. That comes before the 501, as on the real server. */
  readonly requires?: string;
  /** As on a route: `none` needs no key. */
  readonly auth?: 'none';
}

/** Fastify's spelling of a path in OpenAPI's form. Parameters do not match an empty text, as on the real routers. */
export function toRoutePath(path: string): string {
  return path.replace(/\{([^}]+)\}/g, ':$1(^.+$)');
}

/** OpenAPI's spelling of a route's path; `rest` names what a trailing `*` stands for. */
function toDocumentPath(url: string, rest = 'rest'): string {
  return url.replace(/:(\w+)(\([^/]*\))?/g, '{$1}').replace(/\*$/, `{${rest}}`);
}

/** The name of what a trailing `*` of a path stands for: the title of its schema. */
export function nameOfRest(params: unknown): string | undefined {
  const title: unknown = Object(Object(Object(params).properties)['*']).title;
  return typeof title === 'string' ? title : undefined;
}

/** Adds the operations of a scope to a list as its routes are added; `prefix` is left off their paths. */
export function collectOperations(scope: FastifyInstance, prefix: string, operations: Operation[]): void {
  scope.addHook('onRoute', ({ url, method, schema }) => {
    const id: unknown = Object(schema).operationId;
    if (typeof id !== 'string' || Object(schema).hide === true || method === 'HEAD') return;
    const path = toDocumentPath(url.slice(prefix.length), nameOfRest(Object(schema).params)) || '/';
    operations.push({ id, method: [method].flat().join(), path });
  });
}

/** The id of the operation that a request is about, emulated or not; null if it matched no operation. */
export function operationIdOf({ unimplemented, routeOptions }: FastifyRequest): string | null {
  const id: unknown = unimplemented?.id ?? Object(routeOptions.schema).operationId;
  return typeof id === 'string' ? id : null;
}
