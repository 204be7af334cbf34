import type { FastifyRequest } from 'fastify';
import { toTrimmedIso } from '../../../clock.ts';
import { ResourceNameTakenError, type ResourceStore } from '../../../core/resource-store.ts';
import { WireError } from '../../../provider/provider.ts';
import { dayMs, draftToken, expiryAfter, newToken } from '../keys/keys.ts';
import type { Session } from '../keys/schemas.ts';
import type { EstuaryProfile } from '../profiles.ts';
import { decodeBody } from '../wire/bodies.ts';
import { estuaryError } from '../wire/errors.ts';
import { claimInvite, findFreeInvite, type Invite } from './invites.ts';
import { addUser, type User, users } from './users.ts';

/**
 * Makes a user of level 2 and a session of 7 days. Looks at the body, whether the invite exists, whether it is free, and
 * whether the user name is, in this order; throws the real server's error at the first that is wrong. FIDELITY: register.
 */
export async function register(
  { resources, keys, now }: Pick<FastifyRequest, 'resources' | 'keys' | 'now'>,
  body: string | undefined,
  profile: EstuaryProfile,
): Promise<Session> {
  const fields = { username: 'string', passwordHash: 'string', inviteCode: 'string' } as const;
  const { username = '', passwordHash = '', inviteCode = '' } = decodeBody(body, 'registerBody', fields, profile);
  const invite = await findFreeInvite(resources, inviteCode);
  const name = username.toLowerCase();
  if ((await resources.getByName(users, name)) !== undefined) {
    throw new WireError(estuaryError(400, 'ERR_USERNAME_TAKEN', 'username already exist'));
  }
  const expiresAt = expiryAfter(7 * dayMs, now);
  const user = await createUser(resources, { username: name, passwordHash }, now);
  await claimFor(resources, invite, user);
  const token = newToken();
  await keys.issue({ ...draftToken(token, user.id, expiresAt, profile), kind: 'session', name: 'on-register' }, now);
  return { token, expiry: toTrimmedIso(expiresAt) };
}

/** The real server's answer where another registration took the name since it was looked for. */
async function createUser(...facts: Parameters<typeof addUser>): Promise<User> {
  try {
    return await addUser(...facts);
  } catch (error) {
    if (error instanceof ResourceNameTakenError) throw new WireError(estuaryError(500, 'ERR_USER_CREATION_FAILED', ''));
    throw error;
  }
}

/** Claims the invite; where another registration claimed it since it was looked at, the user goes again. */
async function claimFor(resources: ResourceStore, invite: Invite, user: User): Promise<void> {
  try {
    await claimInvite(resources, invite, user);
  } catch (error) {
    await resources.remove(users, String(user.id));
    throw error;
  }
}
