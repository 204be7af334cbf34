import type { FastifyRequest } from 'fastify';
import { fail } from '../../../core/errors.ts';
import { discardBodies } from '../../../http/bodies.ts';
import { type ErrorReply, type ProviderScope, type Unrouted, WireError } from '../../../provider/provider.ts';
import { numberRequests, requestIdOf } from './request-id.ts';
import { targetOf } from './target.ts';

/** Bodies are never read, arguments are bound by hand (query.ts), and these headers are on every answer. */
export function prepare(scope: ProviderScope): void {
  discardBodies(scope);
  numberRequests(scope);
  scope.setValidatorCompiler(() => () => true);
  scope.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      'x-request-id': requestIdOf(request),
      'access-control-allow-origin': '*',
      'strict-transport-security': 'max-age=31536000; includeSubDomains; preload',
    });
    done();
  });
}

/** What matched no route. A preflight is answered for methods that the path has. */
export async function refuseUnrouted(request: FastifyRequest, { allowed }: Unrouted): Promise<never> {
  const { origin, 'access-control-request-method': wanted } = request.headers;
  const isPreflight = request.method === 'OPTIONS' && origin !== undefined && wanted !== undefined;
  if (isPreflight && allowed.includes(wanted)) throw new WireError(preflight(request, wanted));
  return fail('route_not_found', null);
}

function preflight({ headers }: FastifyRequest, method: string): ErrorReply {
  const wanted = headers['access-control-request-headers'];
  return {
    status: 200,
    body: null,
    headers: {
      vary: 'Origin',
      'access-control-allow-methods': method,
      ...(wanted === undefined ? {} : { 'access-control-allow-headers': wanted }),
      'access-control-max-age': '1800',
    },
  };
}

/**
 * Micronaut's router also looks at the media types, and its path variables are stricter than ours. Throws route_not_found.
 * FIDELITY: Routing.
 */
export function checkRoute(request: FastifyRequest): void {
  const isMatched = !/\/\/|\/$|[&;+]/.test(targetOf(request).path) && consumesBody(request) && producesAnswer(request);
  if (!isMatched) fail('route_not_found', null);
}

/** A content type other than JSON matches no route that may have a body. */
function consumesBody({ method, headers }: FastifyRequest): boolean {
  const mediaType = nameOf(headers['content-type'] ?? '');
  return method === 'GET' || method === 'HEAD' || mediaType === '' || mediaType === 'application/json';
}

/** Only the two exact names will do: `application/*` does not. */
function producesAnswer({ headers: { accept = '' } }: FastifyRequest): boolean {
  const accepted = accept
    .split(',')
    .map(nameOf)
    .filter((name) => name !== '');
  return accepted.length === 0 || accepted.includes('*/*') || accepted.includes('application/json');
}

/** The name of a media type, without its parameters. */
function nameOf(mediaType: string): string {
  return mediaType.replace(/;.*$/s, '').trim().toLowerCase();
}
