import type { FastifyRequest } from 'fastify';
import { fail } from '../../../core/errors.ts';
import { type Unrouted, WireError } from '../../../provider/provider.ts';
import type { EstuaryProfile } from '../profiles.ts';
import { allowHeader } from './errors.ts';
import { preflight } from './http.ts';
import { groupOf } from './route-groups.ts';

/**
 * Answers a request that matched no route, by throwing. OPTIONS is answered on any path. In a group authentication comes
 * first, then 404, for a wrong method too; only routes at the top level answer 405. FIDELITY: routing.
 */
export async function refuseUnrouted(
  request: FastifyRequest,
  { allowed, authenticate }: Unrouted,
  profile: EstuaryProfile,
): Promise<never> {
  const isGrouped = groupOf(request) !== undefined;
  if (request.method === 'OPTIONS') throw new WireError(preflight(request, isGrouped ? {} : allowHeader(profile, allowed)));
  if (isGrouped) {
    await authenticate();
    return fail('route_not_found', null);
  }
  return allowed.length > 0 ? fail('method_not_allowed', { allowed }) : fail('route_not_found', null);
}
