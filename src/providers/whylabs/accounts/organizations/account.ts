import type { FastifyRequest } from 'fastify';
import { fail } from '../../../../core/errors.ts';
import { isSuperAdmin } from '../../keys/scopes.ts';

/** The organisation that a v1 request names, undefined when it names none. */
export function namedAccountOf({ headers }: FastifyRequest): string | undefined {
  const [named] = [headers['x-whylabs-organization']].flat();
  return named;
}

/**
 * The organisation that a v1 request is for, once it is authorised: the one that it names, else its key's. WhyLabs itself
 * must name one: throws request_invalid.
 */
export function accountOf(request: FastifyRequest): string {
  const named = namedAccountOf(request);
  if (!isSuperAdmin(request.apiKey)) return named === undefined || named.trim() === '' ? request.apiKey.tenant : named;
  return (
    named ??
    fail('request_invalid', { problem: 'Required RequestAttribute [RequestOrganizationId] not specified', path: '/orgId' })
  );
}
