import type { Instant } from '../clock.ts';
import { type ApiKey, isExpired } from '../core/api-key.ts';

/** The changes in the life of a key that events report. */
const keyTransitions = ['issued', 'used first', 'suspended', 'resumed', 'expired', 'revoked', 'changed'] as const;
export type KeyTransition = (typeof keyTransitions)[number];

/**
 * The transition of a key that was `before` and is `after` since `now`; undefined for a use other than its first. Here,
 * `expired` is only a change that puts an active key past its expiry: `ExpiryWatch` reports what the clock does.
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
