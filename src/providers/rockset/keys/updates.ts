import type { Instant } from '../../../clock.ts';
import { type ApiKey, isExpired, resumeKey, suspendKey } from '../../../core/api-key.ts';
import { fail } from '../../../core/errors.ts';
import { WireError } from '../../../provider/provider.ts';
import { invalidInput } from '../wire/errors.ts';
import type { UpdateApiKeyRequest } from './schemas.ts';

/** A change of state and expiry; an undefined field stays as it is. */
export interface KeyUpdate {
  readonly state: 'ACTIVE' | 'SUSPENDED' | undefined;
  /** Null removes the expiry. */
  readonly expiresAt: Instant | null | undefined;
}

/** Reads the body of an update; its expiry was read before. Throws the 400 where an expiry is both set and cleared. */
export function readUpdate(body: UpdateApiKeyRequest, expiresAt: Instant | undefined): KeyUpdate {
  const clears = body.clear_expiry_time === true;
  if (clears && expiresAt !== undefined) {
    throw new WireError(invalidInput('expiry_time and clear_expiry_time exclude each other'));
  }
  return { state: body.state ?? undefined, expiresAt: clears ? null : expiresAt };
}

/**
 * A key after an update; pure, so that it can be a decision of the store. A key past its expiry counts as suspended, as
 * the documentation says: another expiry alone does not make it active. Throws transition_refused where a key is set
 * to ACTIVE although its expiry, after the update, is past. FIDELITY: States.
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
