import { type Instant, toTrimmedIso } from '../../../clock.ts';
import { type ApiKey, effectiveState, resumeKey, suspendKey } from '../../../core/api-key.ts';
import { fail } from '../../../core/errors.ts';
import type { KeyDraft, ProviderAdmission, ProviderKeyFilter } from '../../../core/key-service.ts';
import { liveStates } from '../../../core/key-state.ts';
import type { Resource, ResourceStore } from '../../../core/resource-store.ts';
import { deploymentOf } from '../accounts/deployment.ts';
import { type User, users } from '../accounts/users/users.ts';
import type { UserApiToken } from './schemas.ts';
import type { SessionType } from './token-types.ts';

/** Go's zero time, for a token that was never used. */
const never = '0001-01-01T00:00:00Z';

/** The draft of an API token. The e-mail is the claim by which `authorise` looks up the user at each use. */
export function draftToken(user: Resource<User>, token: string): KeyDraft {
  return { tenant: user.tenant, owner: user.id, secret: token, hint: token.slice(-6), attributes: { email: user.data.email } };
}

/** The draft of a session: a token from a log-in or an exchange. */
export function draftSession(user: Resource<User>, token: string, type: SessionType, expiresAt: Instant): KeyDraft {
  const draft = draftToken(user, token);
  return { ...draft, kind: 'session', expiresAt, attributes: { ...draft.attributes, ...(type !== 'default' && { type }) } };
}

/** Finds the API tokens of a tenant, or of one of its users, without those that were deleted. Sessions are not API tokens. */
export function tokensOf(tenant: string, owner?: string): ProviderKeyFilter {
  return { tenant, kind: 'key', states: liveStates, ...(owner === undefined ? {} : { owner }) };
}

/** Admits a new API token while the user has fewer than `limit`, inactive ones included. Throws key_limit_reached. FIDELITY: Create. */
export function limitTokens(user: Resource<User>, limit: number): ProviderAdmission {
  return {
    siblings: tokensOf(user.tenant, user.id),
    admit: (siblings) => {
      if (siblings.length >= limit) fail('key_limit_reached', { limit });
    },
  };
}

/** The limit on a further key: of API tokens alone. */
export async function admissionOf({ kind, owner }: KeyDraft, resources: ResourceStore): Promise<ProviderAdmission | undefined> {
  const user = kind === 'session' ? undefined : await resources.get(users, owner);
  return user && limitTokens(user, (await deploymentOf(resources)).tokensPerUser);
}

/** Enables or disables a token. `updatedAt` moves even when the state stays the same. FIDELITY: Update. */
export function setActive(key: ApiKey, active: boolean, now: Instant): ApiKey {
  const moved = active ? resumeKey(key, now) : suspendKey(key, now);
  return { ...moved, updatedAt: now };
}

/** Tokens as lists show them: by creation, then by id. The real server leaves the order to its database. FIDELITY: List. */
export function toList(keys: readonly ApiKey[], now: Instant): UserApiToken[] {
  const sorted = keys.toSorted((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));
  return sorted.map((key) => toView(key, now));
}

/** Real tokens do not expire. One with an expiry from a seed shows as inactive once it is refused. */
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
