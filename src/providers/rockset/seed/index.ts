import {
  defineSeedFormat,
  type ProviderSeed,
  type SeedContext,
  type SeedFormat,
  seedResource,
} from '../../../provider/seed/format.ts';
import { organizations } from '../accounts/organizations/organizations.ts';
import { findUser, users } from '../accounts/users/users.ts';
import type { RocksetProfile } from '../profiles.ts';
import { roles } from '../roles/roles.ts';
import { describeKey, readKeys } from './keys.ts';
import { SeedReferences } from './references.ts';
import { readOrganizations, readRoles, readUsers } from './resources.ts';
import { SeedSection } from './schemas.ts';

const admin: SeedSection = {
  organizations: [{ id: 'acme', displayName: 'Acme', edition: 'PREMIUM', externalId: '61636d65'.repeat(8) }],
  users: [{ email: 'admin@me.com', roles: ['admin'], firstName: 'Admin', lastName: 'Acme' }],
  keys: [{ owner: 'admin@me.com', name: 'admin', secret: secretOf('admin') }],
};

const builtIn: SeedSection = {
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

/**
 * How seeds are written. The built-in one has a premium organization with a user of each built-in role; each user has a key
 * with all the roles of that user.
 */
export function seedFormat(profile: RocksetProfile): SeedFormat {
  return defineSeedFormat({
    schema: SeedSection,
    builtIn,
    bootstrap: admin,
    identities: { organizations: ['id'], roles: ['organization', 'name'], users: ['email'], keys: ['owner', 'name'] },
    read: (section, context) => readSection(section, context, profile),
    ownerOf: async (email) => email.toLowerCase(),
    describeKey: async (key, existing) => ((await findUser(existing, key.tenant, key.owner)) ? describeKey(key) : undefined),
  });
}

async function readSection(section: SeedSection, context: SeedContext, profile: RocksetProfile): Promise<ProviderSeed> {
  const orgs = readOrganizations(section.organizations ?? [], context);
  const references = new SeedReferences(orgs, context.existing);
  const custom = await readRoles(section.roles ?? [], references, context);
  references.addRoles(custom);
  const people = await readUsers(section.users ?? [], references, context);
  references.addUsers(people);
  const keys = await readKeys(section.keys ?? [], references, context, profile);
  return {
    resources: [
      ...orgs.map((organization) => seedResource(organizations, organization)),
      ...custom.map((role) => seedResource(roles, role)),
      ...people.map((user) => seedResource(users, user)),
    ],
    keys: keys.map(({ draft }) => draft),
    credentials: keys.map(({ credential }) => credential),
  };
}
