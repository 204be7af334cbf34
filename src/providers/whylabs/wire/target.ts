import type { FastifyRequest } from 'fastify';

/** What a request asks for, below the provider. */
export interface Target {
  readonly path: string;
  /** Without its `?`; empty when there is none. */
  readonly query: string;
  /** Path and query as the client sent them, a trailing slash included. */
  readonly href: string;
}

/** Takes the target of a request apart, as it lies below the provider: the internal `/<provider>` is left off. */
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
