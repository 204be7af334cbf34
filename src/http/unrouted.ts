import type { FastifyRequest } from 'fastify';
import { fail } from '../core/errors.ts';
import type { Provider } from '../provider/provider.ts';
import { authenticate } from './authentication.ts';
import type { RouteTable } from './route-table.ts';

/** Answers a request that matched no operation, emulated or not, by throwing: in its provider's own way, or in the usual one. */
export async function refuseUnrouted(
  provider: Provider,
  request: FastifyRequest,
  { methodsAt, registeredAs }: RouteTable,
): Promise<never> {
  const allowed = methodsAt(request.target.path);
  if (provider.refuseUnrouted === undefined) {
    return allowed.length > 0 ? fail('method_not_allowed', { allowed }) : fail('route_not_found', null);
  }
  return provider.refuseUnrouted(request, {
    allowed,
    methodsAt,
    registeredAs,
    authenticate: () => authenticate(provider, request),
  });
}
