import type { FastifyRequest } from 'fastify';
import { longOf, queryOf, setOf, textOf } from '../../wire/query.ts';
import { expiryOf, type KeyRequest } from '../keys.ts';

/**
 * Binds the arguments of GenerateApiKey: the user of the new key is the id of the key that makes it. Throws request_invalid
 * for an argument that cannot be bound, request_malformed for an expiry that is too early.
 */
export function readAccountKeyRequest(request: FastifyRequest, orgId: string): KeyRequest {
  const query = queryOf(request);
  const expiresAt = expiryOf(longOf(query, 'expiration_time'), request.now);
  const scopes = setOf(query, 'scopes') ?? [];
  const [alias, resourceId] = [textOf(query, 'alias') ?? '', textOf(query, 'resource_id')];
  return { orgId, userId: request.apiKey.hint, expiresAt, scopes, alias, resourceId };
}
