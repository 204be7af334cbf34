import type { FastifyRequest } from 'fastify';
import { longOf, queryOf, requiredTextOf, setOf, textOf } from '../wire/query.ts';
import { expiryOf, type KeyRequest } from './keys.ts';

/**
 * Binds the arguments of CreateApiKey. Throws request_invalid for an argument that cannot be bound, request_malformed for
 * an expiry that is too early.
 */
export function readKeyRequest(request: FastifyRequest, orgId: string): KeyRequest {
  const query = queryOf(request);
  const userId = requiredTextOf(query, 'user_id');
  const expiresAt = expiryOf(longOf(query, 'expiration_time'), request.now);
  const scopes = setOf(query, 'scopes') ?? [];
  return { orgId, userId, expiresAt, scopes, alias: textOf(query, 'alias') ?? '' };
}
