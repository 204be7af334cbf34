import type { FastifyRequest } from 'fastify';
import { fail } from '../../../core/errors.ts';
import { splitTarget } from '../../../http/target.ts';
import { type Unrouted, WireError } from '../../../provider/provider.ts';
import { collapseSlashes } from './http.ts';

/**
 * Answers a request that matched no route, by throwing, as httprouter does it; it needs no credential. A path that has a
 * slash too many at its end, dots, or another case than the registered one is redirected to that one. OPTIONS and other
 * methods learn which methods the path has. FIDELITY: Routing.
 */
export async function refuseUnrouted(request: FastifyRequest, { allowed, registeredAs }: Unrouted): Promise<never> {
  const { path } = request.target;
  const registered = registeredAs(cleaned(path), request.method);
  if (registered !== undefined && registered !== path) throw redirect(request, registered);
  if (allowed.length === 0) fail('route_not_found', null);
  const allow = [...allowed, 'OPTIONS'].toSorted();
  if (request.method === 'OPTIONS') throw new WireError({ status: 200, body: null, headers: { allow: allow.join(', ') } });
  return fail('method_not_allowed', { allowed: allow });
}

/** A path without `.` and `..`, and without a slash at its end; `..` at the root is the root. */
function cleaned(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

/** Redirects to the registered path, below the prefix that the client used. */
function redirect({ originalUrl, method, target }: FastifyRequest, registered: string): WireError {
  const { path, search } = splitTarget(originalUrl);
  const [, provider = ''] = target.path.split('/');
  const inner = target.path.slice(provider.length + 1);
  const sent = collapseSlashes(path);
  const prefix = sent.endsWith(inner) ? sent.slice(0, -inner.length) : '';
  const location = prefix + registered.slice(provider.length + 1) + search;
  if (method !== 'GET') return new WireError({ status: 307, body: null, headers: { location } });
  const headers = { location, 'content-type': 'text/html; charset=utf-8' };
  const shown = location.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&#34;');
  return new WireError({ status: 301, body: `<a href="${shown}">Moved Permanently</a>.\n\n`, headers });
}
