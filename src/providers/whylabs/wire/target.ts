import type { FastifyRequest } from 'fastify';

/** The target of a request, relative to the provider. */
export interface Target {
  readonly path: string;
  /** Without the `?`; empty if the request has no query. */
  readonly query: string;
  /** Path and query as the client sent them, a trailing slash included. */
  readonly href: string;
}

/** Splits the target of a request, without the internal prefix `/<provider>`. */
export function targetOf(request: FastifyRequest): Target {
  const [url, query] = split(request.url);
  const path = url.replace(/^\/[^/]*/, '') || '/';
  const slash = /^[^?]*\/(\?|$)/.test(request.originalUrl) && !path.endsWith('/') ? '/' : '';
  return { path, query, href: `${path}${slash}${request.url.slice(url.length)}` };
}

function split(url: string): [path: string, query: string] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}
