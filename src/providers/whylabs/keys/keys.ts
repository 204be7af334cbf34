import { type Instant, latestInstant } from '../../../clock.ts';
import { fail } from '../../../core/errors.ts';
import type { KeyDraft, ProviderAdmission } from '../../../core/key-service.ts';
import { liveStates } from '../../../core/key-state.ts';
import type { ResourceStore } from '../../../core/resource-store.ts';
import { randomAlphanumeric } from '../../../core/secret.ts';
import { type Organization, organizations } from '../accounts/organizations/organizations.ts';
import { knownScopes } from './scopes.ts';

const keyIdLength = 10;
const maxKeysPerOrg = 25;
const shortestLifeMs = 60_000;

/** The arguments of a creation, bound but not yet checked against the store. */
export interface KeyRequest {
  readonly orgId: string;
  readonly userId: string;
  readonly expiresAt: Instant | null;
  /** Empty if none were sent: there is no default. */
  readonly scopes: readonly string[];
  readonly alias: string;
  /** The model that the key is for: only keys made by v1 have one. */
  readonly resourceId?: string | undefined;
}

/** A new token of 64 characters: the key's id, a dot and a secret part. FIDELITY: Keys. */
export function newToken(): string {
  return `${randomAlphanumeric(keyIdLength)}.${randomAlphanumeric(53)}`;
}

/** The fields that every key has. The API names a key by its key id, which is its hint. */
export function draftToken(token: string, orgId: string, userId: string): KeyDraft {
  return { tenant: orgId, owner: userId, secret: token, hint: token.slice(0, keyIdLength) };
}

/** The key that a creation makes. */
export function draftOf(token: string, { orgId, userId, expiresAt, scopes, alias, resourceId }: KeyRequest): KeyDraft {
  const grants = scopes.length > 0 ? { scopes } : {};
  const attributes = resourceId === undefined ? {} : { resourceId };
  return { ...draftToken(token, orgId, userId), name: alias, expiresAt, grants, attributes };
}

/**
 * The expiry of a key that is created at `now` with this `expiration_time`; null means never. An expiry after the year 9999
 * becomes the last instant of that year, which is as far as the clocks go. Throws request_malformed for an expiry that is
 * less than a minute ahead.
 */
export function expiryOf(expirationTime: bigint | undefined, now: Instant): Instant | null {
  if (expirationTime === undefined) return null;
  if (expirationTime < BigInt(now + shortestLifeMs)) fail('request_malformed', { problem: 'Invalid expiration time' });
  return expirationTime > BigInt(latestInstant) ? latestInstant : Number(expirationTime);
}

/** The checks that follow once the organisation is loaded, in the real server's order. */
export function admissionTo({ subscriptionTier }: Organization, { orgId, userId, scopes }: KeyRequest): ProviderAdmission {
  const isLimited = subscriptionTier === null || subscriptionTier === 'FREE';
  return {
    siblings: { tenant: orgId, states: liveStates },
    limit: isLimited ? maxKeysPerOrg : 0,
    admit(siblings) {
      if (isLimited && siblings.length >= maxKeysPerOrg) fail('key_limit_reached', { limit: maxKeysPerOrg });
      refuseScopes(scopes, knownScopes);
      refuseBlank(orgId, userId);
      refuseUnreadableUser(orgId, userId);
    },
  };
}

/** The limits on a further key, as v0 has them. */
export async function admissionOf(draft: KeyDraft, resources: ResourceStore): Promise<ProviderAdmission | undefined> {
  const { tenant: orgId, owner: userId, name, expiresAt = null, grants } = draft;
  const organization = await resources.get(organizations, orgId);
  const asked = { orgId, userId, expiresAt, scopes: grants?.scopes ?? [], alias: name ?? '' };
  return organization && admissionTo(organization.data, asked);
}

/** Throws request_malformed for the first scope that is not allowed. */
export function refuseScopes(scopes: readonly string[], allowed: ReadonlySet<string>): void {
  const unknown = scopes.find((scope) => !allowed.has(scope));
  if (unknown !== undefined) fail('request_malformed', { problem: `Invalid scope provided: ${unknown}` });
}

/** The real store joins ids into one string and accepts no blank part. Throws request_malformed. */
export function refuseBlank(...ids: readonly string[]): void {
  if (ids.some((id) => id.trim() === '')) fail('request_malformed', { problem: `Missing values: ${ids.join(',')}` });
}

/**
 * The parts are separated by `#`: the real server stores an id that contains one, and then fails to read it. Here such an
 * id is refused. Throws request_malformed.
 */
function refuseUnreadableUser(orgId: string, userId: string): void {
  if (!userId.includes('#')) return;
  const problem = `Text ORG#${orgId}#USER#${userId} did not match pattern ORG#([^#]+)#USER#([^#]+)`;
  fail('request_malformed', { problem });
}
