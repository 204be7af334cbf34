import { createHmac } from 'node:crypto';
import type { Instant } from '../../../clock.ts';
import type { Attributes } from '../../../core/api-key.ts';
import type { Resource } from '../../../core/resource-store.ts';
import { spellAsGo } from '../../../formats/go-json-text.ts';
import { specialRoleOf, type User } from '../accounts/users/users.ts';
import type { SessionType } from './token-types.ts';

/** `nbf` of every token: 2015-10-10T12:00:00Z. FIDELITY: Token format. */
const notBefore = 1_444_478_400;

const header = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

/** Whether it is before `nbf`, when no token is valid yet. Only a clock that was set back gets there. */
export function isTooEarly(now: Instant): boolean {
  return now < notBefore * 1000;
}

/** Claims of an API token: it never expires, so it has no `exp`. */
export function apiTokenClaims(user: Resource<User>, tokenId: string): Attributes {
  return { ...userClaims(user), tokenId, type: 'api' };
}

/** Claims of a token from a log-in or an exchange. It has no id of its own; a short one does not name its user's id or tenant. */
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

/**
 * Signs a JWT as the real server does: HS256, claims in alphabetical order (a Go map), spelled as Go's encoder spells them.
 * Does not use jose: it needs Web Crypto, and loading that for the seed took a thirtieth of the time to start.
 */
export function signJwt(claims: Attributes, signingSecret: string): string {
  const sorted = Object.fromEntries(Object.entries(claims).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  const payload = Buffer.from(spellAsGo(JSON.stringify(sorted))).toString('base64url');
  const signed = `${header}.${payload}`;
  return `${signed}.${createHmac('sha256', signingSecret).update(signed).digest('base64url')}`;
}
