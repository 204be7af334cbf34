import { type Static, Type } from 'typebox';
import type { Instant } from '../../clock.ts';
import type { KeyDraft } from '../../core/key-service.ts';
import type { Resource } from '../../core/resource-store.ts';
import { hashSecret } from '../../core/secret.ts';
import { Nullable, Words } from '../../http/schemas.ts';
import {
  defineSeedFormat,
  type ProviderSeed,
  type SeedContext,
  type SeedCredential,
  type SeedFormat,
  seedResource,
} from '../../http/seed-format.ts';
import { derivedUuid, readLife, reportRepeats, seedLife } from '../../http/seed-keys.ts';
import { type Deployment, deploymentId, deployments } from './deployment.ts';
import { apiTokenClaims, signJwt } from './jwt.ts';
import { draftToken } from './keys.ts';
import { loginFailures, loginFailuresId } from './login-lock.ts';
import type { KpsProfile } from './profiles.ts';
import { type User, users } from './users.ts';

const closed = { additionalProperties: false };

const SeedUser = Type.Object(
  {
    email: Type.String({ minLength: 1, description: 'Unique over all tenants, in any case' }),
    id: Type.Optional(Type.String({ minLength: 1, maxLength: 36, description: 'Left out: a UUID' })),
    tenant: Type.Optional(Type.String({ minLength: 1, maxLength: 36, description: 'Left out: tid-demo' })),
    name: Type.Optional(Type.String({ description: 'Left out: the e-mail address' })),
    role: Type.Optional(Words(['INFRA_ADMIN', 'USER', 'OPERATOR', 'OPERATOR_TENANT'], { description: 'Left out: USER' })),
    password: Type.Optional(Type.String({ description: 'Left out: what comes before the @, and -password' })),
  },
  closed,
);

const SeedKey = Type.Object(
  {
    owner: Type.String({ description: 'E-mail address of a user' }),
    id: Type.Optional(Type.String({ minLength: 1, maxLength: 36, description: 'Left out: a UUID' })),
    name: Type.Optional(
      Type.String({ description: 'What `GET /_latchkey/credentials` calls it: tokens themselves have no name' }),
    ),
    ...seedLife,
  },
  closed,
);

const schema = Type.Object(
  {
    signingSecret: Type.Optional(Type.String({ minLength: 1, description: 'Signs every token' })),
    tokensPerUser: Type.Optional(Type.Integer({ minimum: 0 })),
    loginFailures: Type.Optional(Nullable(Type.Integer({ minimum: 1, description: 'So many lock an e-mail; null: never' }))),
    lockMs: Type.Optional(Type.Integer({ minimum: 0 })),
    users: Type.Optional(Type.Array(SeedUser)),
    keys: Type.Optional(Type.Array(SeedKey)),
  },
  { ...closed, title: 'KpsSeed' },
);
type Section = Static<typeof schema>;

const defaultTenant = 'tid-demo';
const defaultSigningSecret = 'latchkey-signing-secret-that-is-no-secret';

const admin: Section = {
  users: [{ email: 'admin@example.com', id: '00000000-0000-4000-8000-000000000001', name: 'Admin', role: 'INFRA_ADMIN' }],
  keys: [{ owner: 'admin@example.com', id: '00000000-0000-4000-a000-000000000001', name: 'admin' }],
};

const builtIn: Section = {
  users: [
    ...(admin.users ?? []),
    { email: 'alice@example.com', id: '00000000-0000-4000-8000-000000000002', name: 'Alice' },
    { email: 'bob@example.com', id: '00000000-0000-4000-8000-000000000003', name: 'Bob' },
  ],
  keys: [...(admin.keys ?? []), { owner: 'alice@example.com', id: '00000000-0000-4000-a000-000000000002', name: 'alice' }],
};

/** The built-in seed: an infra admin and a user with an API token each, and a user who has none yet. */
export function seedFormat(profile: KpsProfile): SeedFormat {
  return defineSeedFormat({
    schema,
    builtIn,
    bootstrap: admin,
    identities: { users: ['email'], keys: ['owner', 'name'] },
    read: (section, context) => readSection(section, context, profile),
  });
}

/** A user with what a log-in needs, which is not stored as it is. */
interface SeededUser {
  readonly user: Resource<User>;
  readonly login: { readonly email: string; readonly password: string };
}

async function readSection(section: Section, context: SeedContext, profile: KpsProfile): Promise<ProviderSeed> {
  const { users: people = [], keys = [], tokensPerUser, loginFailures: failures, lockMs, signingSecret } = section;
  const present = (await context.existing.get(deployments, deploymentId))?.data;
  const deployment: Deployment = {
    ...(present ?? { signingSecret: defaultSigningSecret, ...profile }),
    ...(signingSecret !== undefined && { signingSecret }),
    ...(tokensPerUser !== undefined && { tokensPerUser }),
    ...(failures !== undefined && { loginFailures: failures }),
    ...(lockMs !== undefined && { lockMs }),
  };
  const seeded = people.map((person) => readUser(person, context.now));
  reportRepeats(
    seeded.map(({ user }) => ({ email: user.name, id: user.id })),
    'email',
    ['users'],
    context,
  );
  reportRepeats(people, 'id', ['users'], context);
  reportRepeats(keys, 'id', ['keys'], context);
  const read = await Promise.all(keys.map((key, index) => readKey(key, index, seeded, deployment.signingSecret, context)));
  const found = read.filter((one) => one !== undefined);
  const ofWorld = { tenant: defaultTenant, name: null, createdAt: context.now };
  return {
    resources: [
      seedResource(deployments, { ...ofWorld, id: deploymentId, data: deployment }),
      seedResource(loginFailures, { ...ofWorld, id: loginFailuresId, data: [] }),
      ...seeded.map(({ user }) => seedResource(users, user)),
    ],
    keys: found.map(({ draft }) => draft),
    credentials: [...found.map(({ credential }) => credential), ...credentialsWithoutKey(seeded, found)],
  };
}

function readUser(person: Static<typeof SeedUser>, now: Instant): SeededUser {
  const { email, id = derivedUuid('user', email), tenant = defaultTenant, name = email, role = 'USER' } = person;
  const password = person.password ?? `${email.replace(/@.*/s, '')}-password`;
  const data: User = { email, name, role, passwordHash: hashSecret(password) };
  return { user: { id, tenant, name: email.toLowerCase(), createdAt: now, data }, login: { email, password } };
}

interface ReadKey {
  readonly draft: KeyDraft;
  readonly credential: SeedCredential;
}

async function readKey(
  key: Static<typeof SeedKey>,
  index: number,
  seeded: readonly SeededUser[],
  signingSecret: string,
  context: SeedContext,
): Promise<ReadKey | undefined> {
  const path = ['keys', index];
  const owner = key.owner.toLowerCase();
  const person = seeded.find(({ user }) => user.name === owner);
  const user = person?.user ?? (await context.existing.getByName(users, owner));
  const life = readLife(key, path, context);
  if (user === undefined) {
    context.report([...path, 'owner'], `there is no user ${JSON.stringify(key.owner)}`);
    return undefined;
  }
  const id = key.id ?? derivedUuid(context.salt, 'token', owner, key.name ?? '', String(index));
  const secret = await signJwt(apiTokenClaims(user, id), signingSecret);
  return {
    draft: { ...draftToken(user, secret), id, ...life, expiresAt: life.expiresAt ?? null },
    credential: {
      name: key.name ?? handleOf(user),
      secret,
      header: { name: 'Authorization', value: `Bearer ${secret}` },
      ...(person !== undefined && { login: person.login }),
      description: `${user.data.email}, ${user.data.role}`,
    },
  };
}

/** Users who have no token yet can log in all the same. */
function credentialsWithoutKey(seeded: readonly SeededUser[], keys: readonly ReadKey[]): SeedCredential[] {
  const without = seeded.filter(({ user }) => !keys.some(({ draft }) => draft.owner === user.id));
  return without.map(({ user, login }) => ({
    name: handleOf(user),
    secret: null,
    header: null,
    login,
    description: `${user.data.email}, ${user.data.role}`,
  }));
}

/** What comes before the @ of a user's address. */
function handleOf({ data }: Resource<User>): string {
  return data.email.replace(/@.*/s, '');
}
