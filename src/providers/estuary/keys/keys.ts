import { randomUUID } from 'node:crypto';
import { type Instant, isWritable, toTrimmedIso } from '../../../clock.ts';
import type { ApiKey } from '../../../core/api-key.ts';
import type { KeyDraft } from '../../../core/key-service.ts';
import { hashSecret } from '../../../core/secret.ts';
import { GoDurationError, parseGoDuration } from '../../../formats/go-duration.ts';
import { quoteGo } from '../../../formats/go-quote.ts';
import { WireError } from '../../../provider/provider.ts';
import { tenant } from '../accounts/users.ts';
import type { EstuaryProfile } from '../profiles.ts';
import { unhandled } from '../wire/errors.ts';
import type { KeyView } from './schemas.ts';

const hourMs = 3_600_000;
export const dayMs: number = 24 * hourMs;

/** 100 years of 365 days: what `expiry=false` asks for, and as permanent as a key of this server gets. */
export const permanentMs: number = 876_000 * hourMs;

/** `EST` + lower-case UUID v4 + `ARY`. */
export function newToken(): string {
  return `EST${randomUUID()}ARY`;
}

/** What every Estuary key has in common. The token itself is kept where lists of this version show it. */
export function draftToken(token: string, userId: number, expiresAt: Instant, profile: EstuaryProfile): KeyDraft {
  return { tenant, owner: String(userId), secret: token, hint: token.slice(0, 11), keepSecret: profile.keepsToken, expiresAt };
}

/**
 * When a key created at `now` with this `expiry` expires: 30 days when empty, 100 years for exactly `false`, else a Go
 * duration, which may be negative. Throws the 500 that the real server gives for anything else. FIDELITY: create.
 */
export function expiryOf(expiry: string, now: Instant): Instant {
  return expiryAfter(lifetimeMsOf(expiry), now);
}

/** When a key of this lifetime expires. Throws the 500 of a date that Go refuses to write. FIDELITY: create. */
export function expiryAfter(lifetimeMs: number, now: Instant): Instant {
  const expiresAt = now + lifetimeMs;
  if (isWritable(expiresAt)) return expiresAt;
  const problem = 'Time.MarshalJSON: year outside of range [0,9999]';
  throw new WireError(unhandled(`json: error calling MarshalJSON for type time.Time: ${problem}`));
}

function lifetimeMsOf(expiry: string): number {
  if (expiry === '') return 30 * dayMs;
  if (expiry === 'false') return permanentMs;
  const lifetimeNs = parseLifetime(expiry);
  const lifetimeMs = Number(lifetimeNs / 1_000_000n) - (lifetimeNs % 1_000_000n < 0n ? 1 : 0);
  // A real clock has moved on by the next request, so a life shorter than our millisecond is over at once.
  return lifetimeMs === 0 ? -1 : lifetimeMs;
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
  throw new WireError(unhandled(`invalid perm: ${quoteGo(perms)}`));
}

/** A key in the shape of this version; `token` is empty where the server no longer knows it. */
export function toView(key: ApiKey, token: string | null, profile: EstuaryProfile): KeyView {
  const full: Required<KeyView> = {
    token: token ?? '',
    tokenHash: tokenHash(key),
    label: key.name ?? '',
    expiry: shownExpiry(key),
    isSession: key.kind === 'session',
  };
  const shown = profile.keyFields.map((field) => [field, full[field]]);
  return Object.fromEntries(shown);
}

/** A key's expiry on the wire. The real server has no key without one: such a key reads as a permanent one. */
export function shownExpiry({ expiresAt, createdAt }: ApiKey): string {
  return toTrimmedIso(expiresAt ?? createdAt + permanentMs);
}

/** Hashes of the tokens that a revocation may mean: of the given text as a token, and since v0.1.11 the text as a hash. */
export function hashesMeantBy(given: string, profile: EstuaryProfile): string[] {
  const asToken = hashSecret(given);
  const asHash = Buffer.from(given, 'base64url');
  // The server compares text with text, so another spelling of the same bytes is no hash.
  const isHash = profile.revokesByHash && asHash.length === 32 && asHash.toString('base64url') === given;
  return isHash ? [asToken, asHash.toString('hex')] : [asToken];
}

/** SHA-256 of the token in base64url without padding: the core's own hash in another spelling. */
function tokenHash(key: ApiKey): string {
  return Buffer.from(key.hash, 'hex').toString('base64url');
}
