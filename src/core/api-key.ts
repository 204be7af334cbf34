import type { Instant } from '../clock.ts';
import { EmulatorError, fail } from './errors.ts';
import type { EffectiveState, KeyState } from './key-state.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };
export type Attributes = { readonly [name: string]: JsonValue };

/** What a key grants by itself. A list that is left out is not restricted by the key: the grants of its principal decide. */
export interface Grants {
  readonly roles?: readonly string[];
  readonly scopes?: readonly string[];
}

/** A `session` is issued by a log-in. It authenticates like every key, and providers may list it apart. */
export const keyKinds = ['key', 'session'] as const;
export type KeyKind = (typeof keyKinds)[number];

/** The stored record that grants access. All instants are epoch milliseconds on the world's clock. */
export interface ApiKey {
  /** The core's own id, unique over all providers. */
  readonly id: string;
  readonly provider: string;
  /** The boundary that the key cannot cross. */
  readonly tenant: string;
  /** The principal the key acts as. */
  readonly owner: string;
  readonly kind: KeyKind;
  readonly name: string | null;
  /** The fragment of the secret that may be shown: at most half of it. */
  readonly hint: string;
  /** SHA-256 of the secret, in lower-case hex. */
  readonly hash: string;
  readonly state: KeyState;
  readonly grants: Grants;
  /** Facts that only the provider uses. */
  readonly attributes: Attributes;
  readonly createdAt: Instant;
  /** The last change of the record. Use does not count. */
  readonly updatedAt: Instant;
  /** The last instant at which the key is still accepted; null means it never expires. */
  readonly expiresAt: Instant | null;
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

/** The refusals of a secret that was presented. */
export type KeyRefusal = EmulatorError<'key_unknown' | 'key_expired' | 'key_suspended' | 'key_revoked'>;

/** Whether the expiry has passed: strictly after `expiresAt`. NaN counts as passed. */
export function isExpired(key: Pick<ApiKey, 'expiresAt'>, now: Instant): boolean {
  return key.expiresAt !== null && !(now <= key.expiresAt);
}

/** The state at an instant. Suspension and revocation take precedence over expiry. */
export function effectiveState(key: Pick<ApiKey, 'state' | 'expiresAt'>, now: Instant): EffectiveState {
  if (key.state !== 'active') return key.state;
  return isExpired(key, now) ? 'expired' : 'active';
}

/** Why a key is refused at an instant; undefined for an active key. */
export function refusalOf(key: ApiKey, now: Instant): KeyRefusal | undefined {
  const state = effectiveState(key, now);
  if (state === 'active') return undefined;
  return new EmulatorError(`key_${state}`, { owner: key.owner, name: key.name, expiresAt: key.expiresAt });
}

/** Stops a key reversibly. Throws transition_refused from revoked. */
export function suspendKey(key: ApiKey, now: Instant): ApiKey {
  return move(key, 'suspended', now);
}

/** Undoes a suspension. Throws transition_refused from revoked. */
export function resumeKey(key: ApiKey, now: Instant): ApiKey {
  return move(key, 'active', now);
}

/** Stops a key for good. Revoking again changes nothing. */
export function revokeKey(key: ApiKey, now: Instant): ApiKey {
  if (key.state === 'revoked') return key;
  return { ...key, state: 'revoked', updatedAt: now, revokedAt: now };
}

/**
 * Expires a key: it expired a millisecond ago, since at its expiry it is still accepted. An expired key stays as it is.
 * Throws transition_refused from revoked.
 */
export function expireKey(key: ApiKey, now: Instant): ApiKey {
  if (key.state === 'revoked') fail('transition_refused', { from: 'revoked', to: 'expired' });
  return isExpired(key, now) ? key : { ...key, expiresAt: now - 1, updatedAt: now };
}

function move(key: ApiKey, to: 'active' | 'suspended', now: Instant): ApiKey {
  if (key.state === to) return key;
  if (key.state === 'revoked') fail('transition_refused', { from: 'revoked', to });
  return { ...key, state: to, updatedAt: now };
}
