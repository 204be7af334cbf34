import { type Instant, toTrimmedIso } from '../../clock.ts';
import { type ApiKey, resumeKey, suspendKey } from '../../core/api-key.ts';
import { fail } from '../../core/errors.ts';
import type { KeyDraft, ProviderAdmission, ProviderKeyFilter } from '../../core/key-service.ts';
import type { Resource } from '../../core/resource-store.ts';
import type { UserApiToken } from './schemas.ts';
import type { User } from './users.ts';

/** Go's zero time, for a token that was never used. */
const never = '0001-01-01T00:00:00Z';

/** What both kinds of token have in common. The e-mail is the claim by which the user is looked up at each use. */
export function draftToken(user: Resource<User>, token: string): KeyDraft {
  return { tenant: user.tenant, owner: user.id, secret: token, hint: token.slice(-6), attributes: { email: user.data.email } };
}

/** The API tokens of a tenant, or of one user in it, that the real server still has: log-ins and deleted ones are not among them. */
export function tokensOf(tenant: string, owner?: string): ProviderKeyFilter {
  return { tenant, kind: 'key', states: ['active', 'suspended'], ...(owner === undefined ? {} : { owner }) };
}

/** At most so many API tokens for a user, inactive ones included. FIDELITY: limit. */
export function limitTokens(user: Resource<User>, limit: number): ProviderAdmission {
  return {
    siblings: tokensOf(user.tenant, user.id),
    admit: (siblings) => {
      if (siblings.length >= limit) fail('key_limit_reached', { limit });
    },
  };
}

/** Enables or disables a token. `updatedAt` moves even where the state stays. FIDELITY: update. */
export function setActive(key: ApiKey, active: boolean, now: Instant): ApiKey {
  const moved = active ? resumeKey(key, now) : suspendKey(key, now);
  return { ...moved, updatedAt: now };
}

/** Tokens as lists show them. The real order is the database's own; ours is by creation, then by id. */
export function toList(keys: readonly ApiKey[]): UserApiToken[] {
  return keys.toSorted((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1)).map(toView);
}

function toView(key: ApiKey): UserApiToken {
  return {
    id: key.id,
    tenantId: key.tenant,
    userId: key.owner,
    active: key.state === 'active',
    createdAt: toTrimmedIso(key.createdAt),
    updatedAt: toTrimmedIso(key.updatedAt),
    usedAt: key.lastUsedAt === null ? never : toTrimmedIso(key.lastUsedAt),
  };
}
