import type { Instant } from '../../../../clock.ts';
import { type ApiKey, effectiveState } from '../../../../core/api-key.ts';
import { EmulatorError, fail } from '../../../../core/errors.ts';
import type { KeyDraft, Keys } from '../../../../core/key-service.ts';
import type { Resource } from '../../../../core/resource-store.ts';
import { hashSecret } from '../../../../core/secret.ts';
import { sessionClaims, signJwt } from '../../keys/jwt.ts';
import { draftSession } from '../../keys/keys.ts';
import type { SessionType } from '../../keys/token-types.ts';
import type { User } from '../users/users.ts';

/** 30 minutes, 3 minutes, 20 days. FIDELITY: Log-in, Exchange of log-in tokens. */
export const lifetimesMs: Readonly<Record<SessionType, number>> = { default: 1_800_000, short: 180_000, long: 1_728_000_000 };
const secondMs = 1000;

export interface SessionTerms {
  readonly type: SessionType;
  readonly signingSecret: string;
}

/**
 * Opens a session and returns its token. Two log-ins in the same second have the same claims, so the second one gets the same
 * token, as from the real server, and prolongs the open session. If that session was stopped through the control plane, its
 * token must stay refused: the new one then expires a second earlier. FIDELITY: Log-in.
 */
export async function openSession(
  keys: Keys,
  user: Resource<User>,
  { type, signingSecret }: SessionTerms,
  now: Instant,
): Promise<string> {
  for (let expiresAt = now + lifetimesMs[type]; expiresAt > now; expiresAt -= secondMs) {
    const token = signJwt(sessionClaims(user, type, expiresAt), signingSecret);
    const draft = draftSession(user, token, type, expiresAt);
    if ((await issued(keys, draft, now)) || (await prolonged(keys, draft, now))) return token;
  }
  return fail('internal', null);
}

/** Issues the session's key; false when a key with that token exists already. */
async function issued(keys: Keys, draft: KeyDraft, now: Instant): Promise<boolean> {
  try {
    await keys.issue(draft, now);
    return true;
  } catch (error) {
    if (error instanceof EmulatorError && error.code === 'key_name_taken') return false;
    throw error;
  }
}

/** Prolongs the open session with this token to the draft's expiry; false when the session is not open any more. */
async function prolonged(keys: Keys, { secret, expiresAt }: KeyDraft, now: Instant): Promise<boolean> {
  const isOpen = (session: ApiKey) => effectiveState(session, now) === 'active';
  const found = await keys.change({ hash: hashSecret(secret) }, (session) =>
    isOpen(session) ? { ...session, expiresAt: Math.max(session.expiresAt ?? 0, expiresAt ?? 0), updatedAt: now } : session,
  );
  return found !== undefined && isOpen(found);
}
