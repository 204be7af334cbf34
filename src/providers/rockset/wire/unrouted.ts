import type { FastifyRequest } from 'fastify';
import { fail } from '../../../core/errors.ts';
import { type Unrouted, WireError } from '../../../provider/provider.ts';

/** Answers a request that matched no route, without asking for a key. OPTIONS gets 200 on every path, for the preflight requests of browsers. */
export async function refuseUnrouted(request: FastifyRequest, { allowed }: Unrouted): Promise<never> {
  if (request.method === 'OPTIONS') throw new WireError({ status: 200, body: null });
  return allowed.length > 0 ? fail('method_not_allowed', { allowed }) : fail('route_not_found', null);
}
