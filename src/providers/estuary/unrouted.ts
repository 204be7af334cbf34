import type { FastifyRequest } from 'fastify';
import { fail } from '../../core/errors.ts';
import { type Unrouted, WireError } from '../../http/provider.ts';
import { allowHeader } from './errors.ts';
import { preflight } from './http.ts';
import type { EstuaryProfile } from './profiles.ts';

/**
 * What matched no route. OPTIONS is answered everywhere. Under /user and /admin authentication runs before the router
 * says 404, wrong methods included; only routes at the top level know 405. Facts, section 4.
 */
export async function refuseUnrouted(
  request: FastifyRequest,
  { allowed, authenticate }: Unrouted,
  profile: EstuaryProfile,
): Promise<never> {
  const isGrouped = /^\/estuary\/(user|admin)(\/|\?|$)/.test(request.url);
  if (request.method === 'OPTIONS') throw new WireError(preflight(request, isGrouped ? {} : allowHeader(profile, allowed)));
  if (!isGrouped) return allowed.length > 0 ? fail('method_not_allowed', { allowed }) : fail('route_not_found', null);
  await authenticate();
  return fail('route_not_found', null);
}
