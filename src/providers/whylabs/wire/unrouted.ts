import type { FastifyRequest } from 'fastify';
import { fail } from '../../../core/errors.ts';
import { type ErrorReply, type Unrouted, WireError } from '../../../provider/provider.ts';

/** Answers a CORS preflight for a method that the path has. Throws route_not_found for every other request. */
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
      'access-control-allow-methods': method,
      ...(wanted === undefined ? {} : { 'access-control-allow-headers': wanted }),
      'access-control-max-age': '1800',
    },
  };
}
