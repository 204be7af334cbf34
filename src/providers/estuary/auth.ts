import type { FastifyRequest } from 'fastify';
import { goOn, type MaybePromise } from '../../core/at-once.ts';
import { fail } from '../../core/errors.ts';
import { Principals } from '../../core/principals.ts';
import { demand } from '../../http/demand.ts';
import { WireError } from '../../provider/provider.ts';
import { type User, users } from './accounts/users/users.ts';
import type { EstuaryProfile } from './profiles.ts';
import { estuaryError } from './wire/errors.ts';
import { groupOf, type Level } from './wire/route-groups.ts';

/**
 * Reads the token of `Authorization: Bearer <token>`: the header is split on single spaces, the scheme is case-sensitive,
 * the shape of the token is not checked. v0.1.10 counts the parts first, later versions check the scheme first.
 * FIDELITY: authentication. Throws credential_missing or credential_malformed.
 */
export function readCredential(request: FastifyRequest, profile: EstuaryProfile): string {
  const header = request.headers.authorization ?? '';
  // The web front end sends `undefined` once its cookie is gone.
  if (header === '' || header === 'undefined') fail('credential_missing', null);
  const [scheme, token, ...more] = header.split(' ');
  const hasTwoParts = token !== undefined && more.length === 0;
  if (!profile.checksSchemeFirst && !hasTwoParts) fail('credential_malformed', { problem: 'ERR_INVALID_AUTH' });
  if (scheme !== 'Bearer') fail('credential_malformed', { problem: 'ERR_AUTH_MISSING_BEARER' });
  if (token === undefined || !hasTwoParts) fail('credential_malformed', { problem: 'ERR_INVALID_AUTH' });
  return token;
}

/** The level that a user must have, by the name that routes require. */
const levels: ReadonlyMap<string, number> = new Map<Level, number>([
  ['upload', 1],
  ['user', 2],
  ['admin', 10],
]);

/** What a user and a key need for a requirement of a route. */
export function grantedBy(requires: string): string | undefined {
  const level = levels.get(requires);
  if (level === undefined) return undefined;
  return level > 1 ? `a full key of a user of level ${level}` : `any key of a user of level ${level}`;
}

/**
 * Loads the key's user, for the handlers too (`userOf`), and checks the level that the route requires; an upload-only key
 * passes at level 1 only. FIDELITY: levels. Throws permission_denied, or the 401 of a key whose user is gone.
 */
export function authorise(request: FastifyRequest, requires: string | undefined): MaybePromise<void> {
  const required = requires ?? groupOf(request)?.requires ?? '';
  const level = levels.get(required) ?? Number.POSITIVE_INFINITY;
  const { grants } = request.apiKey;
  return goOn(owners.of(request.resources, request.apiKey), (user) => {
    if (user === undefined)
      throw new WireError(estuaryError(401, 'ERR_INVALID_TOKEN', 'no user exists for the spicified api key'));
    if (level > 1) {
      const granted = grants.scopes?.includes('upload') !== true;
      demand(request, { kind: 'role', required: 'api key is upload only', granted });
    }
    demand(request, { kind: 'role', required: 'user not authorized', granted: user.data.level >= level });
    request.setDecorator<User>('principal', user.data);
  });
}

const owners = new Principals((resources, { owner }) => resources.get(users, owner));

/** The user whose key authenticated the request, as `authorise` loaded them. */
export function userOf(request: FastifyRequest): User {
  return request.getDecorator<User>('principal');
}
