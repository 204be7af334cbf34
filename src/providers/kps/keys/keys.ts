import { type Instant, toTrimmedIso } from '../../../clock.ts';
import { type ApiKey, effectiveState, resumeKey, suspendKey } from '../../../core/api-key.ts';
import { fail } from '../../../core/errors.ts';
import type { KeyDraft, ProviderAdmission, ProviderKeyFilter } from '../../../core/key-service.ts';
import type { Resource } from '../../../core/resource-store.ts';
import type { User } from '../accounts/users/users.ts';
import type { UserApiToken } from './schemas.ts';
import type { SessionType } from './token-types.ts';

/** Go's zero time, for a token that was never used. */
const never = '0001-01-01T00:00:00Z';

/** What every kind of token has. The e-mail is the claim by which the user is looked up at each use. */
export function draftToken(user: Resource<User>, token: string): KeyDraft {
  return { tenant: user.tenant, owner: user.id, secret: token, hint: token.slice(-6), attributes: { email: user.data.email } };
}

/** A token of a log-in, or one that was exchanged for it. */
export function draftSession(user: Resource<User>, token: string, type: SessionType, expiresAt: Instant): KeyDraft {
  const draft = draftToken(user, token);
  return { ...draft, kind: 'session', expiresAt, attributes: { ...draft.attributes, ...(type !== 'default' && { type }) } };
}

/** The API tokens of a tenant, or of one user in it, that the real server still has: log-ins and deleted ones are not among them. */
export function tokensOf(tenant: string, owner?: string): ProviderKeyFilter {
  return { tenant, kind: 'key', states: ['active', 'suspended'], ...(owner === undefined ? {} : { owner }) };
}

/** At most so many API tokens for a user, inactive ones included. FIDELITY: Create. */
export function limitTokens(user: Resource<User>, limit: number): ProviderAdmission {
  return {
    siblings: tokensOf(user.tenant, user.id),
    admit: (siblings) => {
      if (siblings.length >= limit) fail('key_limit_reached', { limit });
    },
  };
}

/** Enables or disables a token. `updatedAt` moves even where the state stays. FIDELITY: Update. */
export function setActive(key: ApiKey, active: boolean, now: Instant): ApiKey {
  const moved = active ? resumeKey(key, now) : suspendKey(key, now);
  return { ...moved, updatedAt: now };
}

/** Tokens as lists show them. The real order is the database's own; ours is by creation, then by id. */
export function toList(keys: readonly ApiKey[], now: Instant): UserApiToken[] {
  const sorted = keys.toSorted((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));
  return sorted.map((key) => toView(key, now));
}

/** Real tokens do not expire; one that a seed gave an expiry is inactive after it, as it is refused. */
function toView(key: ApiKey, now: Instant): UserApiToken {
  return {
    id: key.id,
    tenantId: key.tenant,
    userId: key.owner,
    active: effectiveState(key, now) === 'active',
    createdAt: toTrimmedIso(key.createdAt),
    updatedAt: toTrimmedIso(key.updatedAt),
    usedAt: key.lastUsedAt === null ? never : toTrimmedIso(key.lastUsedAt),
  };
}
