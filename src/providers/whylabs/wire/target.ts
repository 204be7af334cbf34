import type { FastifyRequest } from 'fastify';
import { splitTarget } from '../../../http/target.ts';

/** The target of a request, relative to the provider. */
export interface Target {
  readonly path: string;
  /** Without the `?`; empty if the request has no query. */
  readonly query: string;
  /** Path and query as the client sent them, a trailing slash included. */
  readonly href: string;
}

/** Splits the target of a request, without the internal prefix `/<provider>`. */
export function targetOf({ target: { path: internal, search }, originalUrl }: FastifyRequest): Target {
  const path = internal.replace(/^\/[^/]*/, '') || '/';
  const slash = splitTarget(originalUrl).path.endsWith('/') && !path.endsWith('/') ? '/' : '';
  return { path, query: search.slice(1), href: path + slash + search };
}
