import { type Static, Type } from 'typebox';
import type { KeyDraft } from '../../core/key-service.ts';
import { Words } from '../../http/schemas.ts';
import {
  defineSeedFormat,
  type ProviderSeed,
  type SeedContext,
  type SeedCredential,
  type SeedFormat,
  seedResource,
} from '../../http/seed-format.ts';
import { derivedUuid, readLife, reportRepeats, seedLife } from '../../http/seed-keys.ts';
import { dayMs, draftToken } from './keys.ts';
import type { EstuaryProfile } from './profiles.ts';
import { tenant, type User, users } from './users.ts';

const closed = { additionalProperties: false };

const SeedUser = Type.Object(
  {
    username: Type.String({ minLength: 1, description: 'Stored in lower case, as a registration does' }),
    id: Type.Optional(Type.Integer({ minimum: 1, description: 'Left out: the next free one' })),
    level: Type.Optional(Type.Integer({ minimum: 0, description: '1 upload, 2 user (default), 10 admin' })),
    passwordHash: Type.Optional(Type.String({ description: 'What a log-in must send; left out: `<username>-password-hash`' })),
  },
  closed,
);

const SeedKey = Type.Object(
  {
    owner: Type.String({ description: 'A user name' }),
    name: Type.Optional(Type.String({ description: 'The label' })),
    secret: Type.Optional(Type.String({ minLength: 1, description: 'The token, of any shape; left out: one is made' })),
    perms: Type.Optional(Words(['all', 'upload'], { description: 'Left out: all' })),
    session: Type.Optional(Type.Boolean({ description: 'As made by a log-in' })),
    ...seedLife,
  },
  closed,
);

const schema = Type.Object(
  { users: Type.Optional(Type.Array(SeedUser)), keys: Type.Optional(Type.Array(SeedKey)) },
  { ...closed, title: 'EstuarySeed' },
);

type Section = Static<typeof schema>;
type SeedKey = Static<typeof SeedKey>;

const admin: Section = {
  users: [{ username: 'admin', id: 1, level: 100 }],
  keys: [{ owner: 'admin', name: 'admin', secret: tokenOf(1) }],
};

const builtIn: Section = {
  users: [...(admin.users ?? []), { username: 'alice', id: 2 }, { username: 'bob', id: 3 }],
  keys: [
    ...(admin.keys ?? []),
    { owner: 'alice', name: 'alice', secret: tokenOf(2) },
    { owner: 'bob', name: 'bob', secret: tokenOf(3) },
  ],
};

function tokenOf(id: number): string {
  return `EST00000000-0000-4000-8000-${String(id).padStart(12, '0')}ARY`;
}

/** The built-in seed: one administrator as `estuary setup` makes it, and two users. Keys live one year. */
export function seedFormat(profile: EstuaryProfile): SeedFormat {
  return defineSeedFormat({
    schema,
    builtIn,
    bootstrap: admin,
    identities: { users: ['username'], keys: ['owner', 'name'] },
    read: (section, context) => readSection(section, context, profile),
  });
}

async function readSection(
  { users: people = [], keys = [] }: Section,
  context: SeedContext,
  profile: EstuaryProfile,
): Promise<ProviderSeed> {
  const seeded = readUsers(people, context);
  reportRepeats(keys, 'secret', ['keys'], context);
  const read = await Promise.all(keys.map((key, index) => readKey(key, index, seeded, context, profile)));
  const found = read.filter((one) => one !== undefined);
  return {
    resources: seeded.map((user) => seedResource(users, resourceOf(user, context))),
    keys: found.map(({ draft }) => draft),
    credentials: found.map(({ credential }) => credential),
  };
}

function readUsers(people: Section['users'] & object, context: SeedContext): readonly User[] {
  const named = people.map((person) => ({ ...person, username: person.username.toLowerCase() }));
  reportRepeats(named, 'username', ['users'], context);
  reportRepeats(named, 'id', ['users'], context);
  let lastId = Math.max(0, ...named.map(({ id = 0 }) => id));
  return named.map(({ username, id, level = 2, passwordHash = `${username}-password-hash` }) => {
    lastId += id === undefined ? 1 : 0;
    return { id: id ?? lastId, username, level, passwordHash };
  });
}

function resourceOf(user: User, { now }: SeedContext) {
  return { id: String(user.id), tenant, name: user.username, createdAt: now, data: user };
}

async function findOwner(name: string, seeded: readonly User[], { existing }: SeedContext): Promise<User | undefined> {
  return seeded.find(({ username }) => username === name) ?? (await existing.getByName(users, name))?.data;
}

interface ReadKey {
  readonly draft: KeyDraft;
  readonly credential: SeedCredential;
}

async function readKey(
  key: SeedKey,
  index: number,
  seeded: readonly User[],
  context: SeedContext,
  profile: EstuaryProfile,
): Promise<ReadKey | undefined> {
  const path = ['keys', index];
  const { owner, name = '', perms, session = false } = key;
  const user = await findOwner(owner.toLowerCase(), seeded, context);
  const life = readLife(key, path, context);
  if (user === undefined) {
    context.report([...path, 'owner'], `there is no user ${JSON.stringify(owner)}`);
    return undefined;
  }
  const secret = key.secret ?? `EST${derivedUuid(context.salt, user.username, name, String(index))}ARY`;
  const { username, level, passwordHash } = user;
  return {
    draft: {
      ...draftToken(secret, user.id, life.expiresAt ?? context.now + 365 * dayMs, profile),
      ...{ name, state: life.state, createdAt: life.createdAt, lastUsedAt: life.lastUsedAt },
      kind: session ? 'session' : 'key',
      grants: perms === 'upload' ? { scopes: ['upload'] } : {},
    },
    credential: {
      name: name === '' ? username : name,
      secret,
      header: { name: 'Authorization', value: `Bearer ${secret}` },
      login: { username, passwordHash },
      description: `user ${username}, level ${level}${perms === 'upload' ? ', upload only' : ''}`,
    },
  };
}
