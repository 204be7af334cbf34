import type { FastifyRequest } from 'fastify';
import { discardBodies } from '../../http/bodies.ts';
import type { ErrorReply, ProviderScope } from '../../http/provider.ts';
import type { EstuaryProfile } from './profiles.ts';

/** Bodies are never read (log-in aside), and these headers are on every answer. Facts, section 4. */
export function prepare(scope: ProviderScope, profile: EstuaryProfile): void {
  discardBodies(scope);
  scope.addHook('onRequest', (request, reply, done) => {
    reply.headers({ 'x-appversion': profile.version, vary: 'Origin' });
    if (request.headers.origin !== undefined) reply.header('access-control-allow-origin', '*');
    done();
  });
}

/** What echo's CORS answers to every OPTIONS, on any path, before authentication. */
export function preflight(request: FastifyRequest, allow: Readonly<Record<string, string>>): ErrorReply {
  if (request.headers.origin === undefined) return { status: 204, body: null, headers: allow };
  const wanted = request.headers['access-control-request-headers'];
  return {
    status: 204,
    body: null,
    headers: {
      ...allow,
      vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
      'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
      ...(wanted === undefined ? {} : { 'access-control-allow-headers': wanted }),
    },
  };
}

/** JSON as Go's encoder writes it through echo: some characters escaped, a newline at the end, indented on `?pretty`. */
export function encodeGoJson(json: string, request: FastifyRequest): string {
  const isPretty = typeof request.query === 'object' && request.query !== null && 'pretty' in request.query;
  const text = isPretty ? JSON.stringify(JSON.parse(json), null, 2) : json;
  return `${text.replace(/[<>&\u2028\u2029]/g, escapeOf)}\n`;
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
