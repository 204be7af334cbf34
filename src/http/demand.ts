import type { FastifyRequest } from 'fastify';
import { fail } from '../core/errors.ts';
import type { Demand } from './trace.ts';

/**
 * Demands a right of the accepted key of a request, and notes it. Throws permission_denied if the key does not have it, and the
 * gate does not let it pass: no other place refuses a key for want of a right.
 */
export function demand(request: FastifyRequest, demanded: Demand): void {
  request.trace.noteDemand(demanded);
  if (!demanded.granted && !request.server.gate.pass(request, demanded))
    fail('permission_denied', { required: demanded.required });
}
