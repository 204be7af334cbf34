import type { FastifyRequest } from 'fastify';
import { longOf, queryOf, requiredTextOf, setOf, textOf } from '../wire/query.ts';
import { expiryOf, type KeyRequest } from './keys.ts';

/** Binds the arguments of a creation. Throws request_invalid for what cannot be bound, request_malformed for a bad expiry. */
export function readKeyRequest(request: FastifyRequest, orgId: string): KeyRequest {
  const query = queryOf(request);
  const userId = requiredTextOf(query, 'user_id');
  const expiresAt = expiryOf(longOf(query, 'expiration_time'), request.now);
  const scopes = setOf(query, 'scopes') ?? [];
  return { orgId, userId, expiresAt, scopes, alias: textOf(query, 'alias') ?? '' };
}

/** The same of a creation by v1: the new key's user is the key that makes it. Throws as `readKeyRequest` does. */
export function readAccountKeyRequest(request: FastifyRequest, orgId: string): KeyRequest {
  const query = queryOf(request);
  const expiresAt = expiryOf(longOf(query, 'expiration_time'), request.now);
  const scopes = setOf(query, 'scopes') ?? [];
  const [alias, resourceId] = [textOf(query, 'alias') ?? '', textOf(query, 'resource_id')];
  return { orgId, userId: request.apiKey.hint, expiresAt, scopes, alias, resourceId };
}
