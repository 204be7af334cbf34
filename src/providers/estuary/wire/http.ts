import type { FastifyRequest } from 'fastify';
import { spellAsGo } from '../../../formats/go-json-text.ts';
import { discardBodies } from '../../../http/bodies.ts';
import type { ErrorReply, ProviderScope } from '../../../provider/provider.ts';
import type { EstuaryProfile } from '../profiles.ts';
import { groupOf } from './route-groups.ts';

/** Bodies are never read (log-in aside), and these headers are on every answer. FIDELITY: headers. */
export function prepare(scope: ProviderScope, profile: EstuaryProfile): void {
  discardBodies(scope);
  scope.addHook('onRequest', (request, reply, done) => {
    const isFromBrowser = request.headers.origin !== undefined;
    const isPreflight = isFromBrowser && request.method === 'OPTIONS';
    reply.header('x-appversion', profile.version);
    // A line each, as the real server adds them one by one.
    reply.header('vary', isPreflight ? ['Origin', ...preflightVary] : 'Origin');
    if (isFromBrowser) reply.header('access-control-allow-origin', '*');
    done();
  });
}

const preflightVary = ['Access-Control-Request-Method', 'Access-Control-Request-Headers'];

/** What echo's CORS answers to every OPTIONS, on any path, before authentication. FIDELITY: CORS. */
export function preflight(request: FastifyRequest, allow: Readonly<Record<string, string>>): ErrorReply {
  if (request.headers.origin === undefined) return { status: 204, body: null, headers: allow };
  const wanted = request.headers['access-control-request-headers'] ?? '';
  return {
    status: 204,
    body: null,
    headers: {
      ...allow,
      'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
      ...(wanted === '' ? {} : { 'access-control-allow-headers': wanted }),
    },
  };
}

/**
 * JSON as Go's encoder writes it through echo: its own escapes, a newline at the end, indented on `?pretty`. The errors of
 * `/pinning` have no code, as the pinning standard wants it. FIDELITY: errors.
 */
export function encodeGoJson(json: string, request: FastifyRequest): string {
  const isPretty = typeof request.query === 'object' && request.query !== null && 'pretty' in request.query;
  const plain = groupOf(request)?.name === 'pinning' ? json.replace(/^\{"error":\{"code":\d+,/, '{"error":{') : json;
  const text = isPretty ? JSON.stringify(JSON.parse(plain), null, 2) : plain;
  return `${spellAsGo(text)}\n`;
}
