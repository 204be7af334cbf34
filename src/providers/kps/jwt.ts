import { CompactSign } from 'jose/jws/compact/sign';
import type { Instant } from '../../clock.ts';
import type { Attributes } from '../../core/api-key.ts';
import type { Resource } from '../../core/resource-store.ts';
import { spellAsGo } from '../../formats/go-json-text.ts';
import type { SessionType } from './token-types.ts';
import { specialRoleOf, type User } from './users.ts';

/** `nbf` of every token: 2015-10-10T12:00:00Z. FIDELITY: Token format. */
const notBefore = 1_444_478_400;

/** Whether tokens are valid yet: none is before `nbf`, which only a clock that was moved can see. */
export function isTooEarly(now: Instant): boolean {
  return now < notBefore * 1000;
}

/** Claims of an API token: no `exp`, as it never expires. */
export function apiTokenClaims(user: Resource<User>, tokenId: string): Attributes {
  return { ...userClaims(user), tokenId, type: 'api' };
}

/** Claims of a token that a log-in gives, or an exchange: none has an id of its own, the short one little else either. */
export function sessionClaims(user: Resource<User>, type: SessionType, expiresAt: Instant): Attributes {
  const exp = Math.floor(expiresAt / 1000);
  if (type === 'short') return { email: user.data.email, nbf: notBefore, exp, type };
  return { ...userClaims(user), exp, ...(type === 'long' && { type }) };
}

function userClaims(user: Resource<User>): Attributes {
  const { id, tenant, data } = user;
  const specialRole = specialRoleOf(user);
  return { email: data.email, id, name: data.name, nbf: notBefore, roles: [], scopes: [], specialRole, tenantId: tenant };
}

/** Signs a JWT as the real server does: HS256, claims in alphabetical order (a Go map), spelled as Go's encoder spells them. */
export function signJwt(claims: Attributes, signingSecret: string): Promise<string> {
  const sorted = Object.fromEntries(Object.entries(claims).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  const encoder = new TextEncoder();
  return new CompactSign(encoder.encode(spellAsGo(JSON.stringify(sorted))))
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(encoder.encode(signingSecret));
}
