import type { FastifyRequest } from 'fastify';
import { splitTarget } from '../../../http/target.ts';

/** What a request asks for, below the provider. */
export interface Target {
  readonly path: string;
  /** Without its `?`; empty when there is none. */
  readonly query: string;
  /** Path and query as the client sent them, a trailing slash included. */
  readonly href: string;
}

/** Takes the target of a request apart, as it lies below the provider: the internal `/<provider>` is left off. */
export function targetOf({ target: { path: internal, search }, originalUrl }: FastifyRequest): Target {
  const path = internal.replace(/^\/[^/]*/, '') || '/';
  const slash = splitTarget(originalUrl).path.endsWith('/') && !path.endsWith('/') ? '/' : '';
  return { path, query: search.slice(1), href: path + slash + search };
}
