import { type Static, Type } from 'typebox';
import type { Instant } from '../../clock.ts';
import type { KeyDraft } from '../../core/key-service.ts';
import type { Resource } from '../../core/resource-store.ts';
import { Words } from '../../http/schemas.ts';
import {
  defineSeedFormat,
  type ProviderSeed,
  type SeedContext,
  type SeedCredential,
  type SeedFormat,
  seedResource,
} from '../../http/seed-format.ts';
import { derivedText, readLife, reportRepeats, seedLife } from '../../http/seed-keys.ts';
import { draftToken } from './keys.ts';
import { type Organization, organizations } from './organizations.ts';
import { knownScopes, superAdminOrg } from './scopes.ts';

const closed = { additionalProperties: false };

const SeedOrganization = Type.Object(
  {
    id: Type.String({ minLength: 1, description: 'More than 15 characters make whylogs refuse the keys' }),
    name: Type.Optional(Type.String()),
    subscriptionTier: Type.Optional(
      Words(['FREE', 'PAID', 'AWS_MARKETPLACE', 'SUBSCRIPTION'], { description: 'Left out: none' }),
    ),
    parentOrgId: Type.Optional(Type.String({ description: 'The organisation whose keys may act for this one' })),
    deleted: Type.Optional(Type.Boolean()),
  },
  closed,
);

const SeedKey = Type.Object(
  {
    organization: Type.String({ description: 'Id of an organisation' }),
    owner: Type.String({ minLength: 1, description: 'Id of a user, who need not be known' }),
    name: Type.Optional(Type.String({ description: 'The alias' })),
    scopes: Type.Optional(Type.Array(Words([...knownScopes]))),
    secret: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9]{10}\\.[A-Za-z0-9]{53}$',
        description: 'The 64 characters before the colon; left out: they are made',
      }),
    ),
    ...seedLife,
  },
  closed,
);

const schema = Type.Object(
  { organizations: Type.Optional(Type.Array(SeedOrganization)), keys: Type.Optional(Type.Array(SeedKey)) },
  { ...closed, title: 'WhylabsSeed' },
);
type Section = Static<typeof schema>;

const system: Section = {
  organizations: [{ id: superAdminOrg, name: 'WhyLabs', subscriptionTier: 'PAID' }],
  keys: [
    {
      organization: superAdminOrg,
      owner: 'user-system',
      name: 'system',
      scopes: [':whylabs_system'],
      secret: tokenOf('SYSTEM0000', 'LatchkeySeedSystem'),
    },
  ],
};

const builtIn: Section = {
  organizations: [...(system.organizations ?? []), { id: 'org-123', name: 'ACME, Inc', subscriptionTier: 'FREE' }],
  keys: [
    ...(system.keys ?? []),
    {
      organization: 'org-123',
      owner: 'user-admin',
      name: 'admin',
      scopes: [':administrator'],
      secret: tokenOf('ADMIN00000', 'LatchkeySeedAdmin'),
    },
    {
      organization: 'org-123',
      owner: 'user-123',
      name: 'user',
      scopes: [':user'],
      secret: tokenOf('USER000000', 'LatchkeySeedUser'),
    },
  ],
};

function tokenOf(keyId: string, start: string): string {
  return `${keyId}.${start.padEnd(53, '0')}`;
}

/** The built-in seed: WhyLabs' own organisation with its system key, and one customer on the free tier. */
export const seedFormat: SeedFormat = defineSeedFormat({
  schema,
  builtIn,
  bootstrap: system,
  identities: { organizations: ['id'], keys: ['organization', 'owner', 'name'] },
  read: readSection,
});

async function readSection({ organizations: orgs = [], keys = [] }: Section, context: SeedContext): Promise<ProviderSeed> {
  reportRepeats(orgs, 'id', ['organizations'], context);
  reportRepeats(keys, 'secret', ['keys'], context);
  const seeded = orgs.map((org) => organizationResource(org, context.now));
  const isThere = async (id: string) =>
    seeded.some((org) => org.id === id) || (await context.existing.get(organizations, id)) !== undefined;
  for (const [index, { parentOrgId }] of orgs.entries()) {
    if (parentOrgId === undefined || (await isThere(parentOrgId))) continue;
    context.report(['organizations', index, 'parentOrgId'], `there is no organisation ${JSON.stringify(parentOrgId)}`);
  }
  for (const [index, { organization }] of keys.entries()) {
    if (await isThere(organization)) continue;
    context.report(['keys', index, 'organization'], `there is no organisation ${JSON.stringify(organization)}`);
  }
  const read = keys.map((key, index) => readKey(key, index, context));
  return {
    resources: seeded.map((org) => seedResource(organizations, org)),
    keys: read.map(({ draft }) => draft),
    credentials: read.map(({ credential }) => credential),
  };
}

function organizationResource(org: Static<typeof SeedOrganization>, now: Instant): Resource<Organization> {
  const { id, name = id, subscriptionTier = null, parentOrgId = null, deleted = false } = org;
  return { id, tenant: id, name: null, createdAt: now, data: { name, subscriptionTier, parentOrgId, deleted } };
}

function readKey(
  key: Static<typeof SeedKey>,
  index: number,
  context: SeedContext,
): { readonly draft: KeyDraft; readonly credential: SeedCredential } {
  const { organization, owner, name = '', scopes } = key;
  const life = readLife(key, ['keys', index], context);
  const words = [context.salt, organization, owner, name, String(index)];
  const token = key.secret ?? `${derivedText(10, 'id', ...words)}.${derivedText(53, ...words)}`;
  const secret = `${token}:${organization}`;
  return {
    draft: {
      ...draftToken(token, organization, owner),
      ...{ name, ...life, expiresAt: life.expiresAt ?? null },
      grants: scopes === undefined ? {} : { scopes },
    },
    credential: {
      name: name === '' ? owner : name,
      secret,
      header: { name: 'X-API-Key', value: secret },
      description: `org ${organization}, user ${owner}, scope ${scopes?.join(', ') ?? 'none'}`,
    },
  };
}
