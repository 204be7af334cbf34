import type { ApiKey } from '../../../core/api-key.ts';
import type { KeyDraft } from '../../../core/key-service.ts';
import type { Resource } from '../../../core/resource-store.ts';
import type { SeedContext, SeedCredential } from '../../../provider/seed/format.ts';
import { derivedUuid, readLife, reportRepeats } from '../../../provider/seed/keys.ts';
import type { User } from '../accounts/users/users.ts';
import { draftToken } from '../keys/keys.ts';
import { dayMs } from '../keys/shown-expiry.ts';
import type { EstuaryProfile } from '../profiles.ts';
import type { SeedKey } from './schemas.ts';
import type { FindUser } from './users.ts';

interface ReadKey {
  readonly draft: KeyDraft;
  readonly credential: SeedCredential;
}

/** The keys of a seed, each with its credential; keys of unknown users are left out. Keys without an expiry live one year. */
export async function readKeys(
  keys: readonly SeedKey[],
  find: FindUser,
  context: SeedContext,
  profile: EstuaryProfile,
): Promise<readonly ReadKey[]> {
  reportRepeats(keys, 'secret', ['keys'], context);
  const read = await Promise.all(keys.map((key, index) => readKey(key, index, find, context, profile)));
  return read.filter((one) => one !== undefined);
}

async function readKey(
  key: SeedKey,
  index: number,
  find: FindUser,
  context: SeedContext,
  profile: EstuaryProfile,
): Promise<ReadKey | undefined> {
  const path = ['keys', index];
  const { name = '', perms, session = false } = key;
  const life = readLife(key, path, context);
  const user = await find(key.owner, [...path, 'owner']);
  if (user === undefined) return undefined;
  const secret = key.secret ?? `EST${derivedUuid(context.salt, user.username, name, String(index))}ARY`;
  return {
    draft: {
      ...draftToken(secret, user.id, life.expiresAt ?? context.now + 365 * dayMs, profile),
      name,
      state: life.state,
      createdAt: life.createdAt,
      lastUsedAt: life.lastUsedAt,
      kind: session ? 'session' : 'key',
      grants: perms === 'upload' ? { scopes: ['upload'] } : {},
    },
    credential: credentialOf(key, secret, user),
  };
}

/** The fields of a stored key. What an expiry has below a millisecond has no field. */
export function describeKey({ name, kind, grants }: ApiKey, owner: Resource<User> | undefined): SeedKey | undefined {
  if (owner === undefined) return undefined;
  const isUpload = grants.scopes?.includes('upload') === true;
  return {
    owner: owner.data.username,
    name: name ?? '',
    ...(isUpload && { perms: 'upload' }),
    ...(kind === 'session' && { session: true }),
  };
}

function credentialOf({ name = '', perms }: SeedKey, secret: string, user: User): SeedCredential {
  const { username, level, passwordHash } = user;
  return {
    name: name === '' ? username : name,
    secret,
    header: { name: 'Authorization', value: `Bearer ${secret}` },
    login: { username, passwordHash },
    description: `user ${username}, level ${level}${perms === 'upload' ? ', upload only' : ''}`,
  };
}
