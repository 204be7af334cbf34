import { type Instant, toTrimmedIso } from '../../../clock.ts';
import type { ApiKey } from '../../../core/api-key.ts';
import type { UserApiKey } from './schemas.ts';

/** A key as in the list of a user and in the answer to a revocation, which never show its last use. Absent values are omitted. */
export function toView({ hint, tenant, owner, name, grants, attributes, state, createdAt, expiresAt }: ApiKey): UserApiKey {
  const { resourceId } = attributes;
  return {
    keyId: hint,
    orgId: tenant,
    userId: owner,
    creationTime: toLocalTime(createdAt),
    ...(expiresAt !== null && { expirationTime: toLocalTime(expiresAt) }),
    ...(grants.scopes !== undefined && { scopes: [...grants.scopes] }),
    ...(typeof resourceId === 'string' && { resourceId }),
    alias: name ?? '',
    revoked: state === 'revoked',
  };
}

/** A key as in the list of an organisation, which shows its last use. */
export function toViewWithUse(key: ApiKey): UserApiKey {
  return { ...toView(key), ...(key.lastUsedAt !== null && { lastUsedTime: toLocalTime(key.lastUsedAt) }) };
}

/** `2030-01-01T00:00:00.12`: a date-time in UTC without a zone. FIDELITY: Times. */
function toLocalTime(instant: Instant): string {
  return toTrimmedIso(instant).replace('Z', '');
}
