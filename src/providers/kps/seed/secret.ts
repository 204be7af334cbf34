import { compactVerify } from 'jose/jws/compact/verify';
import { decodeJwt } from 'jose/jwt/decode';
import type { Resource } from '../../../core/resource-store.ts';
import type { User } from '../accounts/users/users.ts';

interface Expected {
  readonly user: Resource<User>;
  readonly signingSecret: string;
}

type FixedToken =
  | { readonly tokenId: string; readonly problem?: undefined }
  | { readonly problem: string; readonly tokenId?: undefined };

/** Reads an API token of a seed: one that the real server, with this signing secret, would take for the user's. */
export async function readFixedToken(token: string, { user, signingSecret }: Expected): Promise<FixedToken> {
  try {
    await compactVerify(token, new TextEncoder().encode(signingSecret), { algorithms: ['HS256'] });
  } catch {
    return { problem: 'is not signed with the signing secret, HS256' };
  }
  const { type, email, id, tenantId, tokenId } = claimsOf(token);
  if (type !== 'api' || typeof tokenId !== 'string' || tokenId === '' || tokenId.length > 36)
    return { problem: 'is no API token' };
  if (email !== user.data.email || id !== user.id || tenantId !== user.tenant) return { problem: 'is a token of somebody else' };
  return { tokenId };
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}
