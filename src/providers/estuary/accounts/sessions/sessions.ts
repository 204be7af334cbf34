import type { FastifyRequest } from 'fastify';
import { type Instant, toTrimmedIso } from '../../../../clock.ts';
import { hashSecret } from '../../../../core/secret.ts';
import { WireError } from '../../../../provider/provider.ts';
import { expiryAfter } from '../../keys/expiry.ts';
import { draftToken, newToken } from '../../keys/keys.ts';
import { dayMs } from '../../keys/shown-expiry.ts';
import type { EstuaryProfile } from '../../profiles.ts';
import { decodeBody } from '../../wire/bodies.ts';
import { estuaryError } from '../../wire/errors.ts';
import { type User, users } from '../users/users.ts';
import type { Session } from './schemas.ts';

/** The parts of a request that opening a session needs. */
export type SessionContext = Pick<FastifyRequest, 'resources' | 'keys' | 'now'>;

/**
 * Opens a session of 30 days. Throws request_malformed, or the real server's 403 for an unknown user or a wrong password
 * hash. FIDELITY: log-in.
 */
export async function logIn(context: SessionContext, body: string | undefined, profile: EstuaryProfile): Promise<Session> {
  const fields = { username: 'string', passwordHash: 'string' } as const;
  const { username = '', passwordHash = '' } = decodeBody(body, 'loginBody', fields, profile);
  const user = await context.resources.getByName(users, username.toLowerCase());
  if (user === undefined) throw new WireError(estuaryError(403, 'ERR_USER_NOT_FOUND', 'no such user exist'));
  // Comparing hashes keeps the time of the comparison from revealing anything of the stored text.
  if (hashSecret(user.data.passwordHash) !== hashSecret(passwordHash))
    throw new WireError(estuaryError(403, 'ERR_INVALID_PASSWORD', ''));
  return openSession(context, user.data, { label: 'on-login', expiresAt: expiryAfter(30 * dayMs, context.now) }, profile);
}

/** Issues a full key that is marked as a session. Since v0.2.0 its token is shown in this answer only. */
export async function openSession(
  { keys, now }: SessionContext,
  user: User,
  { label, expiresAt }: { readonly label: string; readonly expiresAt: Instant },
  profile: EstuaryProfile,
): Promise<Session> {
  const token = newToken();
  await keys.issue({ ...draftToken(token, user.id, expiresAt, profile), kind: 'session', name: label }, now);
  return { token, expiry: toTrimmedIso(expiresAt) };
}
