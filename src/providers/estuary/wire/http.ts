import type { FastifyRequest } from 'fastify';
import { spellAsGo } from '../../../formats/go-json-text.ts';
import { discardBodies } from '../../../http/bodies.ts';
import type { ErrorReply, ProviderScope } from '../../../provider/provider.ts';
import type { EstuaryProfile } from '../profiles.ts';
import { groupOf } from './route-groups.ts';

/**
 * Makes the scope ignore request bodies, which only a few routes read (`addBodyReaders`), and adds the headers of every
 * answer. FIDELITY: headers, CORS.
 */
export function prepare(scope: ProviderScope, profile: EstuaryProfile): void {
  discardBodies(scope);
  scope.addHook('onRequest', (request, reply, done) => {
    const isFromBrowser = request.headers.origin !== undefined;
    const isPreflight = isFromBrowser && request.method === 'OPTIONS';
    reply.header('x-appversion', profile.version);
    // One line for each, since the real server adds them one by one.
    reply.header('vary', isPreflight ? ['Origin', ...preflightVary] : 'Origin');
    if (isFromBrowser) reply.header('access-control-allow-origin', '*');
    done();
  });
}

const preflightVary = ['Access-Control-Request-Method', 'Access-Control-Request-Headers'];

/** The answer of echo's CORS middleware to any OPTIONS request: on every path, before authentication. FIDELITY: CORS. */
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
 * JSON as Go's encoder writes it through echo: with its own escapes, a newline at the end, and indented if the query has
 * `pretty`. Errors below `/pinning` have no `code`, as the standard for pinning services requires. FIDELITY: answers, errors.
 */
export function encodeGoJson(json: string, request: FastifyRequest): string {
  const isPretty = typeof request.query === 'object' && request.query !== null && 'pretty' in request.query;
  const plain = groupOf(request)?.name === 'pinning' ? json.replace(/^\{"error":\{"code":\d+,/, '{"error":{') : json;
  const text = isPretty ? JSON.stringify(JSON.parse(plain), null, 2) : plain;
  return `${spellAsGo(text)}\n`;
}
