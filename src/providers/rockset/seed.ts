import { type Static, Type } from 'typebox';
import type { Instant } from '../../clock.ts';
import type { KeyDraft } from '../../core/key-service.ts';
import type { Resource } from '../../core/resource-store.ts';
import { Nullable, Words } from '../../http/schemas.ts';
import {
  defineSeedFormat,
  type ProviderSeed,
  type SeedContext,
  type SeedCredential,
  type SeedFormat,
  seedResource,
} from '../../http/seed-format.ts';
import { derivedText, readLife, reportRepeats, seedLife } from '../../http/seed-keys.ts';
import { draftSecret } from './keys.ts';
import { type Organization, organizations } from './organizations.ts';
import type { RocksetProfile } from './profiles.ts';
import { findRole } from './roles.ts';
import { acme, newOrganization } from './seeded-organizations.ts';
import { type User, users } from './users.ts';

const closed = { additionalProperties: false };
const organization = Type.Optional(Type.String({ description: 'Id of the organization; left out: acme' }));

const SeedOrganization = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    displayName: Type.Optional(Type.String()),
    edition: Type.Optional(Words(['STANDARD', 'PREMIUM', 'MISSION_CRITICAL'], { description: 'Left out: PREMIUM' })),
  },
  closed,
);

const SeedUser = Type.Object(
  {
    email: Type.String({ minLength: 1, description: 'Stored in lower case' }),
    organization,
    roles: Type.Optional(Type.Array(Type.String(), { description: 'Left out: member' })),
    firstName: Type.Optional(Nullable(Type.String())),
    lastName: Type.Optional(Nullable(Type.String())),
    invitedBy: Type.Optional(Type.String()),
  },
  closed,
);

const SeedKey = Type.Object(
  {
    owner: Type.String({ description: 'E-mail address of a user' }),
    name: Type.String({ minLength: 1, maxLength: 256 }),
    role: Type.Optional(Type.String({ description: "Left out: all of the owner's roles" })),
    secret: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9]{64}$', description: 'Left out: one is made' })),
    ...seedLife,
  },
  closed,
);

const schema = Type.Object(
  {
    organizations: Type.Optional(Type.Array(SeedOrganization)),
    users: Type.Optional(Type.Array(SeedUser)),
    keys: Type.Optional(Type.Array(SeedKey)),
  },
  { ...closed, title: 'RocksetSeed' },
);
type Section = Static<typeof schema>;

const tenant = 'acme';

const admin: Section = {
  organizations: [{ id: tenant, displayName: 'Acme', edition: 'PREMIUM' }],
  users: [{ email: 'admin@me.com', roles: ['admin'], firstName: 'Admin', lastName: 'Acme' }],
  keys: [{ owner: 'admin@me.com', name: 'admin', secret: secretOf('admin') }],
};

const builtIn: Section = {
  ...admin,
  users: [
    ...(admin.users ?? []),
    { email: 'member@me.com', roles: ['member'], firstName: 'Member', lastName: 'Acme', invitedBy: 'admin@me.com' },
    { email: 'reader@me.com', roles: ['read-only'], firstName: 'Reader', lastName: 'Acme', invitedBy: 'admin@me.com' },
  ],
  keys: [
    ...(admin.keys ?? []),
    { owner: 'member@me.com', name: 'member', secret: secretOf('member') },
    { owner: 'reader@me.com', name: 'reader', secret: secretOf('reader') },
  ],
};

function secretOf(name: string): string {
  return `${name}0LatchkeySeed`.padEnd(64, '0');
}

/** The built-in seed: a premium organization with a user of each built-in role, each with a key that has all the user's roles. */
export function seedFormat(profile: RocksetProfile): SeedFormat {
  return defineSeedFormat({
    schema,
    builtIn,
    bootstrap: admin,
    identities: { organizations: ['id'], users: ['email'], keys: ['owner', 'name'] },
    read: (section, context) => readSection(section, context, profile),
  });
}

async function readSection(section: Section, context: SeedContext, profile: RocksetProfile): Promise<ProviderSeed> {
  const { keys = [] } = section;
  const orgs = (section.organizations ?? []).map((org) => organizationResource(org, context.now));
  reportRepeats(section.organizations ?? [], 'id', ['organizations'], context);
  const people = (section.users ?? []).map((user) => userResource(user, context.now));
  reportRepeats(people, 'id', ['users'], context);
  reportRepeats(keys, 'secret', ['keys'], context);
  const read = await Promise.all(keys.map((key, index) => readKey(key, index, people, context, profile)));
  const found = read.filter((one) => one !== undefined);
  return {
    resources: [...orgs.map((org) => seedResource(organizations, org)), ...people.map((user) => seedResource(users, user))],
    keys: found.map(({ draft }) => draft),
    credentials: found.map(({ credential }) => credential),
  };
}

function organizationResource(
  { id, displayName = id, edition = 'PREMIUM' }: Static<typeof SeedOrganization>,
  now: Instant,
): Resource<Organization> {
  return {
    id,
    tenant: id,
    name: null,
    createdAt: now,
    data: id === tenant ? { ...acme, edition } : newOrganization(displayName, edition),
  };
}

function userResource(user: Static<typeof SeedUser>, now: Instant): Resource<User> {
  const data: User = {
    first_name: user.firstName ?? null,
    last_name: user.lastName ?? null,
    roles: user.roles ?? ['member'],
    state: 'ACTIVE',
    invite_state: 'ACCEPTED',
    invited_by: user.invitedBy ?? null,
  };
  return { id: user.email.toLowerCase(), tenant: user.organization ?? tenant, name: null, createdAt: now, data };
}

interface ReadKey {
  readonly draft: KeyDraft;
  readonly credential: SeedCredential;
}

async function readKey(
  key: Static<typeof SeedKey>,
  index: number,
  people: readonly Resource<User>[],
  context: SeedContext,
  profile: RocksetProfile,
): Promise<ReadKey | undefined> {
  const path = ['keys', index];
  const { name, role } = key;
  const email = key.owner.toLowerCase();
  const user = people.find(({ id }) => id === email) ?? (await context.existing.get(users, email));
  const life = readLife(key, path, context);
  if (user === undefined) {
    context.report([...path, 'owner'], `there is no user ${JSON.stringify(key.owner)}`);
    return undefined;
  }
  if (role !== undefined && (await findRole(context.existing, user.tenant, role)) === undefined) {
    context.report([...path, 'role'], `there is no role ${JSON.stringify(role)}`);
  }
  const secret = key.secret ?? derivedText(64, context.salt, user.tenant, email, name);
  return {
    draft: {
      ...draftSecret(secret, profile),
      ...{ tenant: user.tenant, owner: email, name, ...life, expiresAt: life.expiresAt ?? null },
      grants: role === undefined ? {} : { roles: [role] },
    },
    credential: {
      name,
      secret,
      header: { name: 'Authorization', value: `ApiKey ${secret}` },
      description: `${email} of ${user.tenant}, role ${role ?? user.data.roles.join(', ')}`,
    },
  };
}
