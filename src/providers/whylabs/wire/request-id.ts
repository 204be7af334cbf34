import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { ProviderScope } from '../../../provider/provider.ts';

/** Gives every request of the scope a UUID v4. */
export function numberRequests(scope: ProviderScope): void {
  scope.setGenReqId(() => randomUUID());
}

/** The id that the client sent, else the request's own. The answer carries it in its header and, if it has one, in its body. */
export function requestIdOf({ headers, id }: FastifyRequest): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' ? given : (given?.[0] ?? String(id));
}
