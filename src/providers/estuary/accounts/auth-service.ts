import { randomUUID } from 'node:crypto';
import type { Instant } from '../../../clock.ts';
import type { KeyService } from '../../../core/key-service.ts';
import { ResourceNameTakenError, type ResourceStore } from '../../../core/resource-store.ts';
import type { CheckedKey } from './account-schemas.ts';
import { newUser, type User, userResource, users } from './users.ts';

/** The user to whom the service gives every token that it hands out. FIDELITY: auth service. */
const serviceUserId = 260;

/** User names are lower case, so nobody can have this one, and nobody can log in by it. */
const serviceUserName = 'DELTA';

/** What the service says of a token, which is not used by that. FIDELITY: auth service. */
export async function checkToken(
  { keys, resources, now }: { readonly keys: KeyService; readonly resources: ResourceStore; readonly now: Instant },
  token: string,
): Promise<Pick<CheckedKey, 'user' | 'result'>> {
  const { key, refusal } = await keys.introspect(token, now);
  if (refusal?.code === 'key_expired') return refused('api key expired');
  if (key === undefined || refusal !== undefined) return refused('api key does not exists');
  const user = await resources.get(users, key.owner);
  if (user === undefined) return refused('api key user does not exists');
  return { user: checkedUser(user.data), result: { validated: true, details: 'api key validated' } };
}

function refused(details: string): Pick<CheckedKey, 'user' | 'result'> {
  return { user: {}, result: { validated: false, details } };
}

/** Go leaves out what has its zero value. */
function checkedUser({ username, level, email, flags, storageDisabled }: User): CheckedKey['user'] {
  return {
    ...(username === '' ? {} : { username }),
    ...(level === 0 ? {} : { perm: level }),
    ...(email === '' ? {} : { email }),
    ...(flags === 0 ? {} : { flags }),
    ...(storageDisabled ? { storage_disable: true } : {}),
  };
}

/** The user who owns what the service hands out. A world that has no such user is given one on first use, of the lowest level. */
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
