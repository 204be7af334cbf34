import type { Instant } from '../../../clock.ts';
import { type ApiKey, isExpired, resumeKey, suspendKey } from '../../../core/api-key.ts';
import { fail } from '../../../core/errors.ts';
import { WireError } from '../../../provider/provider.ts';
import { invalidInput } from '../wire/errors.ts';
import type { UpdateApiKeyRequest } from './schemas.ts';

/** A change of state and expiry; what is undefined stays. */
export interface KeyUpdate {
  readonly state: 'ACTIVE' | 'SUSPENDED' | undefined;
  /** Null takes the expiry away. */
  readonly expiresAt: Instant | null | undefined;
}

/** Reads the body of an update, whose expiry was read before. Throws the 400 where an expiry is set and cleared at once. */
export function readUpdate(body: UpdateApiKeyRequest, expiresAt: Instant | undefined): KeyUpdate {
  const clears = body.clear_expiry_time === true;
  if (clears && expiresAt !== undefined) {
    throw new WireError(invalidInput('expiry_time and clear_expiry_time exclude each other'));
  }
  return { state: body.state ?? undefined, expiresAt: clears ? null : expiresAt };
}

/**
 * What becomes of a key by an update; pure, for use as a store's decision. A key past its expiry counts as suspended, as
 * the documentation has it: another expiry alone does not bring it back. Throws transition_refused for a key that is to
 * be active and whose expiry, after the update, is past. FIDELITY: States.
 */
export function applyUpdate(key: ApiKey, { state, expiresAt }: KeyUpdate, now: Instant): ApiKey {
  if (state === undefined && expiresAt === undefined) return key;
  const settled = isExpired(key, now) ? suspendKey(key, now) : key;
  const dated = expiresAt === undefined ? settled : { ...settled, expiresAt, updatedAt: now };
  if (state === 'SUSPENDED') return suspendKey(dated, now);
  if (state === undefined) return dated;
  if (isExpired(dated, now)) fail('transition_refused', { from: 'expired', to: 'active' });
  return resumeKey(dated, now);
}
