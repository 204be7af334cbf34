import { randomUUID } from 'node:crypto';
import type { Instant } from '../../../clock.ts';
import type { ApiKey } from '../../../core/api-key.ts';
import type { KeyDraft } from '../../../core/key-service.ts';
import { hashSecret } from '../../../core/secret.ts';
import { quoteGo } from '../../../formats/go-quote.ts';
import { WireError } from '../../../provider/provider.ts';
import { tenant } from '../accounts/users/users.ts';
import type { EstuaryProfile } from '../profiles.ts';
import { unhandled } from '../wire/errors.ts';
import type { KeyView } from './schemas.ts';
import { shownExpiry } from './shown-expiry.ts';

/** A new token: `EST`, a lower-case UUID of version 4, `ARY`. */
export function newToken(): string {
  return `EST${randomUUID()}ARY`;
}

/** The fields that every Estuary key has. The token itself is kept if lists of this version show it. */
export function draftToken(token: string, userId: number, expiresAt: Instant, profile: EstuaryProfile): KeyDraft {
  return { tenant, owner: String(userId), secret: token, hint: token.slice(0, 11), keepSecret: profile.keepsToken, expiresAt };
}

/**
 * The scopes that `perms` asks for: none (a full key) if it is empty or `all`, upload only if it is `upload`. Throws the
 * real server's 500 for anything else. FIDELITY: create.
 */
export function scopesOf(perms: string): readonly string[] | undefined {
  if (perms.includes(',')) throw new WireError(unhandled('invalid perms'));
  if (perms === 'upload') return ['upload'];
  if (perms === '' || perms === 'all') return undefined;
  throw new WireError(unhandled(`invalid perm: ${quoteGo(perms)}`));
}

/** A key as this version shows it; `token` is empty if the server no longer knows it. */
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

/**
 * The hashes that a revocation of `given` matches, as the core spells them: the hash of the text as a token and, since
 * v0.1.11, the text itself as a token hash. FIDELITY: revoke.
 */
export function hashesMeantBy(given: string, profile: EstuaryProfile): string[] {
  const asToken = hashSecret(given);
  const asHash = Buffer.from(given, 'base64url');
  // The server compares text, so the same bytes in another spelling do not match.
  const isHash = profile.revokesByHash && asHash.length === 32 && asHash.toString('base64url') === given;
  return isHash ? [asToken, asHash.toString('hex')] : [asToken];
}

/** SHA-256 of the token in base64url without padding: the core's hash in another encoding. */
function tokenHash(key: ApiKey): string {
  return Buffer.from(key.hash, 'hex').toString('base64url');
}
