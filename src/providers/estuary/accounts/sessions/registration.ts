import { ResourceNameTakenError, type ResourceStore } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { expiryAfter } from '../../keys/expiry.ts';
import { dayMs } from '../../keys/shown-expiry.ts';
import type { EstuaryProfile } from '../../profiles.ts';
import { decodeBody } from '../../wire/bodies.ts';
import { estuaryError } from '../../wire/errors.ts';
import { claimInvite, findFreeInvite, type Invite } from '../invites/invites.ts';
import { addUser, type User, users } from '../users/users.ts';
import type { Session } from './schemas.ts';
import { openSession, type SessionContext } from './sessions.ts';

/**
 * Makes a user of level 2 and opens a session of 7 days. Checks the body, that the invite exists, that it is free, and that
 * the user name is free, in this order; throws the real server's error for the first that fails. FIDELITY: register.
 */
export async function register(context: SessionContext, body: string | undefined, profile: EstuaryProfile): Promise<Session> {
  const { resources, now } = context;
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
  return openSession(context, user, { label: 'on-register', expiresAt }, profile);
}

/** Throws the real server's 500 if another registration has taken the name since it was checked. */
async function createUser(...facts: Parameters<typeof addUser>): Promise<User> {
  try {
    return await addUser(...facts);
  } catch (error) {
    if (error instanceof ResourceNameTakenError) throw new WireError(estuaryError(500, 'ERR_USER_CREATION_FAILED', ''));
    throw error;
  }
}

/** Claims the invite. If another registration has claimed it since it was checked, removes the user and throws the 400. */
async function claimFor(resources: ResourceStore, invite: Invite, user: User): Promise<void> {
  try {
    await claimInvite(resources, invite, user);
  } catch (error) {
    await resources.remove(users, String(user.id));
    throw error;
  }
}
