import { type Instant, latestInstant } from '../../../clock.ts';
import type { ApiKey } from '../../../core/api-key.ts';
import { fail } from '../../../core/errors.ts';
import type { KeyDraft, ProviderAdmission } from '../../../core/key-service.ts';
import { randomAlphanumeric } from '../../../core/secret.ts';
import type { Organization } from '../accounts/organizations/organizations.ts';
import { knownScopes } from './scopes.ts';

const keyIdLength = 10;
const maxKeysPerOrg = 25;
const shortestLifeMs = 60_000;

/** Stored states of keys that are not revoked. */
export const liveStates: readonly ApiKey['state'][] = ['active', 'suspended'];

/** What a creation asks for, bound but not yet checked against what is stored. */
export interface KeyRequest {
  readonly orgId: string;
  readonly userId: string;
  readonly expiresAt: Instant | null;
  /** Empty when none were asked for: there is no default. */
  readonly scopes: readonly string[];
  readonly alias: string;
  /** The model that the key is for: only keys of v1 have one. */
  readonly resourceId?: string | undefined;
}

/** 64 characters: the key's id, a dot, its secret part. */
export function newToken(): string {
  return `${randomAlphanumeric(keyIdLength)}.${randomAlphanumeric(53)}`;
}

/** What every key has in common: the key id, by which the API names it, is its hint. */
export function draftToken(token: string, orgId: string, userId: string): KeyDraft {
  return { tenant: orgId, owner: userId, secret: token, hint: token.slice(0, keyIdLength) };
}

/** The key that a creation asks for. */
export function draftOf(token: string, { orgId, userId, expiresAt, scopes, alias, resourceId }: KeyRequest): KeyDraft {
  const grants = scopes.length > 0 ? { scopes } : {};
  const attributes = resourceId === undefined ? {} : { resourceId };
  return { ...draftToken(token, orgId, userId), name: alias, expiresAt, grants, attributes };
}

/**
 * When a key created at `now` with this `expiration_time` expires; null is never. What lies beyond the year 9999, where
 * no clock here can get, is kept as its last instant. Throws request_malformed for less than a minute.
 */
export function expiryOf(expirationTime: bigint | undefined, now: Instant): Instant | null {
  if (expirationTime === undefined) return null;
  if (expirationTime < BigInt(now + shortestLifeMs)) fail('request_malformed', { problem: 'Invalid expiration time' });
  return expirationTime > BigInt(latestInstant) ? latestInstant : Number(expirationTime);
}

/** The checks that are left once the organisation is known, in the real server's order. */
export function admissionTo({ subscriptionTier }: Organization, { orgId, userId, scopes }: KeyRequest): ProviderAdmission {
  const isLimited = subscriptionTier === null || subscriptionTier === 'FREE';
  return {
    siblings: { tenant: orgId, states: liveStates },
    limit: maxKeysPerOrg,
    admit(siblings) {
      if (isLimited && siblings.length >= maxKeysPerOrg) fail('key_limit_reached', { limit: maxKeysPerOrg });
      refuseScopes(scopes, knownScopes);
      refuseBlank(orgId, userId);
      refuseUnreadableUser(orgId, userId);
    },
  };
}

/** Refuses a scope that is not among these. Throws request_malformed. */
export function refuseScopes(scopes: readonly string[], allowed: ReadonlySet<string>): void {
  const unknown = scopes.find((scope) => !allowed.has(scope));
  if (unknown !== undefined) fail('request_malformed', { problem: `Invalid scope provided: ${unknown}` });
}

/** Ids become parts of one text in the real store, and none may be blank. Throws request_malformed. */
export function refuseBlank(...ids: readonly string[]): void {
  if (ids.some((id) => id.trim() === '')) fail('request_malformed', { problem: `Missing values: ${ids.join(',')}` });
}

/** The parts are told apart by `#`: the real server stores such an id and then fails to read it, which is not repeated here. */
function refuseUnreadableUser(orgId: string, userId: string): void {
  if (!userId.includes('#')) return;
  const problem = `Text ORG#${orgId}#USER#${userId} did not match pattern ORG#([^#]+)#USER#([^#]+)`;
  fail('request_malformed', { problem });
}
