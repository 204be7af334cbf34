import type { FastifyRequest } from 'fastify';
import { fail } from '../../../core/errors.ts';
import { splitTarget } from '../../../http/target.ts';
import { type Unrouted, WireError } from '../../../provider/provider.ts';

/**
 * Answers a request that matched no route, by throwing; it needs no credential. A path with a slash too many at the end is
 * redirected to the one without, as httprouter does it. FIDELITY: Routing.
 */
export async function refuseUnrouted(request: FastifyRequest, { allowed, methodsAt }: Unrouted): Promise<never> {
  const { path } = request.target;
  if (path.endsWith('/') && methodsAt(path.slice(0, -1)).includes(request.method)) throw redirect(request);
  return allowed.length > 0 ? fail('method_not_allowed', { allowed }) : fail('route_not_found', null);
}

/** Redirects to the address that the client wrote, without the slash. */
function redirect({ originalUrl, method }: FastifyRequest): WireError {
  const { path, search } = splitTarget(originalUrl);
  // One slash at the front: two would name a host.
  const location = path.replace(/^\/+/, '/').replace(/\/+$/, '') + search;
  if (method !== 'GET') return new WireError({ status: 307, body: null, headers: { location } });
  const headers = { location, 'content-type': 'text/html; charset=utf-8' };
  const shown = location.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&#34;');
  return new WireError({ status: 301, body: `<a href="${shown}">Moved Permanently</a>.\n\n`, headers });
}
