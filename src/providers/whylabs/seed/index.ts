import { defineSeedFormat, type ProviderSeed, type SeedContext, type SeedFormat } from '../../../provider/seed/format.ts';
import { superAdminOrg } from '../keys/scopes.ts';
import { describeKey, readSeededKeys } from './keys.ts';
import { readMemberships, readModels, readOrganizations, readUsers } from './records.ts';
import { SeedSection } from './schemas.ts';

const system: SeedSection = {
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

const builtIn: SeedSection = {
  organizations: [...(system.organizations ?? []), { id: 'org-123', name: 'ACME, Inc', subscriptionTier: 'FREE' }],
  users: [
    { id: 'user-admin', email: 'admin@example.com' },
    { id: 'user-123', email: 'user@example.com' },
  ],
  memberships: [
    { organization: 'org-123', user: 'user-admin', role: 'ADMIN', default: true },
    { organization: 'org-123', user: 'user-123', role: 'MEMBER', default: true },
  ],
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

/** The seed format. The built-in seed has WhyLabs' own organisation with the system key, and a customer on the free tier. */
export const seedFormat: SeedFormat = defineSeedFormat({
  schema: SeedSection,
  builtIn,
  bootstrap: system,
  identities: {
    organizations: ['id'],
    users: ['email'],
    memberships: ['organization', 'user'],
    models: ['organization', 'id'],
    keys: ['organization', 'owner', 'name'],
  },
  read: readSection,
  describeKey: async (key) => describeKey(key),
});

async function readSection(section: SeedSection, context: SeedContext): Promise<ProviderSeed> {
  const organizations = await readOrganizations(section, context);
  const users = readUsers(section, context);
  const memberships = await readMemberships(section, context);
  const models = await readModels(section, context);
  const { keys, credentials } = await readSeededKeys(section, context);
  return { resources: [...organizations, ...users, ...memberships, ...models], keys, credentials };
}
