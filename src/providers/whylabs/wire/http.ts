import type { FastifyRequest } from 'fastify';
import { fail } from '../../../core/errors.ts';
import { trimBlanks } from '../../../http/blanks.ts';
import { discardBodies } from '../../../http/bodies.ts';
import type { ProviderScope } from '../../../provider/provider.ts';
import { numberRequests, requestIdOf } from './request-id.ts';
import { targetOf } from './target.ts';

/** What Micronaut's CORS filter adds to the answer to a request with an `Origin`. FIDELITY: Headers. */
const forBrowsers = { vary: 'Origin', 'access-control-allow-credentials': 'true' };

/** Drops bodies unread, leaves the binding of arguments to query.ts, and puts the same headers on every answer. */
export function prepare(scope: ProviderScope): void {
  discardBodies(scope);
  numberRequests(scope);
  scope.setValidatorCompiler(() => () => true);
  scope.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      'x-request-id': requestIdOf(request),
      'access-control-allow-origin': '*',
      'strict-transport-security': 'max-age=31536000; includeSubDomains; preload',
      ...(request.headers.origin !== undefined && forBrowsers),
    });
    done();
  });
}

/**
 * Micronaut's router also matches the media types, and its path variables accept fewer characters than ours. Throws
 * route_not_found. FIDELITY: Routing.
 */
export function checkRoute(request: FastifyRequest): void {
  const isMatched = !/\/\/|\/$|[&;+]/.test(targetOf(request).path) && consumesBody(request) && producesAnswer(request);
  if (!isMatched) fail('route_not_found', null);
}

/** A content type other than JSON matches no route whose method may carry a body. */
function consumesBody({ method, headers }: FastifyRequest): boolean {
  const mediaType = nameOf(headers['content-type'] ?? '');
  return method === 'GET' || method === 'HEAD' || mediaType === '' || mediaType === 'application/json';
}

/** Only the two exact names match: `application/*` does not. */
function producesAnswer({ headers: { accept = '' } }: FastifyRequest): boolean {
  if (accept === '' || accept === '*/*') return true;
  const accepted = accept
    .split(',')
    .map(nameOf)
    .filter((name) => name !== '');
  return accepted.length === 0 || accepted.includes('*/*') || accepted.includes('application/json');
}

/** The name of a media type, without its parameters. */
function nameOf(mediaType: string): string {
  return trimBlanks(mediaType.replace(/;.*$/s, '')).toLowerCase();
}
