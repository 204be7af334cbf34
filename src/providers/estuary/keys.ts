import { randomUUID } from 'node:crypto';
import { type Instant, toTrimmedIso } from '../../clock.ts';
import type { ApiKey } from '../../core/api-key.ts';
import type { KeyDraft } from '../../core/key-service.ts';
import { hashSecret } from '../../core/secret.ts';
import { GoDurationError, parseGoDuration } from '../../formats/go-duration.ts';
import { WireError } from '../../http/provider.ts';
import { unhandled } from './errors.ts';
import type { EstuaryProfile } from './profiles.ts';
import type { KeyView } from './schemas.ts';
import { tenant } from './users.ts';

const hourMs = 3_600_000;
export const dayMs: number = 24 * hourMs;

/** `EST` + lower-case UUID v4 + `ARY`. */
export function newToken(): string {
  return `EST${randomUUID()}ARY`;
}

/** What every Estuary key has in common. The token itself is kept where lists of this version show it. */
export function draftToken(token: string, userId: number, expiresAt: Instant, profile: EstuaryProfile): KeyDraft {
  return { tenant, owner: String(userId), secret: token, hint: token.slice(0, 11), keepSecret: profile.keepsToken, expiresAt };
}

/**
 * When a key created at `now` with this `expiry` expires: 30 days when empty, 100 years of 365 days for exactly `false`,
 * else a Go duration, which may be negative. Throws the 500 that the real server gives for anything else.
 */
export function expiryOf(expiry: string, now: Instant): Instant {
  if (expiry === '') return now + 720 * hourMs;
  if (expiry === 'false') return now + 876_000 * hourMs;
  const lifetimeMs = Math.floor(Number(parseLifetime(expiry)) / 1e6);
  // The real clock has moved on by the next request, so what lives for less than our millisecond is born expired.
  return lifetimeMs === 0 ? now - 1 : now + lifetimeMs;
}

function parseLifetime(expiry: string): bigint {
  try {
    return parseGoDuration(expiry);
  } catch (error) {
    if (error instanceof GoDurationError) throw new WireError(unhandled(error.message));
    throw error;
  }
}

/** `perms`: empty or `all` is a full key, `upload` an upload-only one. Throws the real server's 500 for anything else. */
export function scopesOf(perms: string): readonly string[] | undefined {
  if (perms.includes(',')) throw new WireError(unhandled('invalid perms'));
  if (perms === 'upload') return ['upload'];
  if (perms === '' || perms === 'all') return undefined;
  throw new WireError(unhandled(`invalid perm: ${JSON.stringify(perms)}`));
}

/** A key in the shape of this version; `token` is empty where the server no longer knows it. */
export function toView(key: ApiKey, token: string | null, profile: EstuaryProfile): KeyView {
  const full: Required<KeyView> = {
    token: token ?? '',
    tokenHash: tokenHash(key),
    label: key.name ?? '',
    expiry: toTrimmedIso(key.expiresAt ?? 0),
    isSession: key.kind === 'session',
  };
  const shown = profile.keyFields.map((field) => [field, full[field]]);
  return Object.fromEntries(shown);
}

/** Hashes of the tokens that a revocation may mean: of the given text as a token, and since v0.1.11 the text as a hash. */
export function hashesMeantBy(given: string, profile: EstuaryProfile): string[] {
  const asToken = hashSecret(given);
  const isHash = profile.revokesByHash && /^[\w-]{43}$/.test(given);
  return isHash ? [asToken, Buffer.from(given, 'base64url').toString('hex')] : [asToken];
}

/** SHA-256 of the token in base64url without padding: the core's own hash in another spelling. */
function tokenHash(key: ApiKey): string {
  return Buffer.from(key.hash, 'hex').toString('base64url');
}
