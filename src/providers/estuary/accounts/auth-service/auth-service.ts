import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Instant } from '../../../../clock.ts';
import { ResourceNameTakenError, type ResourceStore } from '../../../../core/resource-store.ts';
import { newUser, type User, userResource, users } from '../users/users.ts';
import type { CheckedKey } from './schemas.ts';

/** The id of the user who owns every token that the service gives out. FIDELITY: auth service. */
const serviceUserId = 260;

/** Registered names are lower case, so no registration can take this one, and no log-in finds it. */
const serviceUserName = 'DELTA';

type Verdict = Pick<CheckedKey, 'user' | 'result'>;

/** Whether a token is accepted, and whose it is. The check does not count as a use of the key. FIDELITY: auth service. */
export async function checkToken(
  { keys, resources, now }: Pick<FastifyRequest, 'keys' | 'resources' | 'now'>,
  token: string,
): Promise<Verdict> {
  const { key, refusal } = await keys.introspect(token, now);
  if (refusal?.code === 'key_expired') return refused('api key expired');
  if (key === undefined || refusal !== undefined) return refused('api key does not exists');
  const user = await resources.get(users, key.owner);
  if (user === undefined) return refused('api key user does not exists');
  return { user: toCheckedUser(user.data), result: { validated: true, details: 'api key validated' } };
}

function refused(details: string): Verdict {
  return { user: {}, result: { validated: false, details } };
}

/** A user without the fields that have Go's zero value, which Go leaves out. */
function toCheckedUser({ username, level, email, flags, storageDisabled }: User): CheckedKey['user'] {
  return {
    ...(username === '' ? {} : { username }),
    ...(level === 0 ? {} : { perm: level }),
    ...(email === '' ? {} : { email }),
    ...(flags === 0 ? {} : { flags }),
    ...(storageDisabled ? { storage_disable: true } : {}),
  };
}

/**
 * The user who owns the tokens that the service gives out. A world without this user gets it with the first token, at the
 * lowest level at which the tokens work.
 */
export async function serviceUser(resources: ResourceStore, now: Instant): Promise<User> {
  const facts = { id: serviceUserId, username: serviceUserName, level: 1, passwordHash: randomUUID() };
  try {
    return (await resources.insert(users, () => userResource(newUser(facts), now))).data;
  } catch (error) {
    const found = error instanceof ResourceNameTakenError ? await resources.get(users, String(serviceUserId)) : undefined;
    if (found === undefined) throw error;
    return found.data;
  }
}
