import type { ApiKey } from '../core/api-key.ts';

/** What may happen to a key in its life. */
export const keyTransitions = ['issued', 'used first', 'suspended', 'resumed', 'expired', 'revoked', 'changed'] as const;
export type KeyTransition = (typeof keyTransitions)[number];

/** What happened to a key that was `before` and is `after`; undefined for a use that was not its first. Expiry is the clock's. */
export function transitionOf(before: ApiKey | undefined, after: ApiKey): KeyTransition | undefined {
  if (before === undefined) return 'issued';
  if (before.state !== after.state) {
    if (after.state === 'revoked') return 'revoked';
    return after.state === 'suspended' ? 'suspended' : 'resumed';
  }
  if (before.lastUsedAt === null && after.lastUsedAt !== null) return 'used first';
  return before.updatedAt === after.updatedAt && before.expiresAt === after.expiresAt ? undefined : 'changed';
}
