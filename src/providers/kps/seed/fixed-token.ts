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

/** Reads the API token of a seed. It must be one that the real server, with this signing secret, would accept as the user's. */
export async function readFixedToken(token: string, { user, signingSecret }: Expected): Promise<FixedToken> {
  try {
    await compactVerify(token, new TextEncoder().encode(signingSecret), { algorithms: ['HS256'] });
  } catch {
    return { problem: 'must be signed with the signing secret, by HS256' };
  }
  const { type, email, id, tenantId, tokenId } = claimsOf(token);
  if (type !== 'api' || typeof tokenId !== 'string' || tokenId === '' || tokenId.length > 36)
    return { problem: 'must be an API token: of type "api", with a tokenId of at most 36 characters' };
  if (email !== user.data.email || id !== user.id || tenantId !== user.tenant)
    return { problem: 'must have the email, id and tenantId of its owner' };
  return { tokenId };
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}
