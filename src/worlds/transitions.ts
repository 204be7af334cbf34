import type { Instant } from '../clock.ts';
import { type ApiKey, isExpired } from '../core/api-key.ts';

/** What may happen to a key in its life. */
export const keyTransitions = ['issued', 'used first', 'suspended', 'resumed', 'expired', 'revoked', 'changed'] as const;
export type KeyTransition = (typeof keyTransitions)[number];

/**
 * What somebody did at `now` to a key that was `before` and is `after`; undefined for a use that was not its first. A change
 * that puts an active key past its expiry makes it expire: of the others the clock tells.
 */
export function transitionOf(before: ApiKey | undefined, after: ApiKey, now: Instant): KeyTransition | undefined {
  if (before === undefined) return 'issued';
  if (before.state !== after.state) {
    if (after.state === 'revoked') return 'revoked';
    return after.state === 'suspended' ? 'suspended' : 'resumed';
  }
  if (before.lastUsedAt === null && after.lastUsedAt !== null) return 'used first';
  if (after.state === 'active' && isExpired(after, now) && !isExpired(before, now)) return 'expired';
  return before.updatedAt === after.updatedAt && before.expiresAt === after.expiresAt ? undefined : 'changed';
}
