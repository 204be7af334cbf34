import type { Instant } from '../../../clock.ts';
import type { Resource } from '../../../core/resource-store.ts';
import {
  defineSeedFormat,
  type ProviderSeed,
  type SeedContext,
  type SeedFormat,
  seedResource,
} from '../../../provider/seed/format.ts';
import { invites } from '../accounts/invites/invites.ts';
import { tenant, userResource, users } from '../accounts/users/users.ts';
import { contents, deals } from '../contents/contents.ts';
import type { EstuaryProfile } from '../profiles.ts';
import { readContents } from './contents.ts';
import { readDeals } from './deals.ts';
import { readInvites } from './invites.ts';
import { describeKey, readKeys } from './keys.ts';
import { SeedSection } from './schemas.ts';
import { finderOf, readUsers } from './users.ts';

const admin = {
  users: [{ username: 'admin', id: 1, level: 100 }],
  keys: [{ owner: 'admin', name: 'admin', secret: tokenOf(1) }],
};

const builtIn: SeedSection = {
  users: [...admin.users, { username: 'alice', id: 2 }, { username: 'bob', id: 3 }],
  invites: [{ code: 'latchkey', createdBy: 'admin' }],
  keys: [...admin.keys, { owner: 'alice', name: 'alice', secret: tokenOf(2) }, { owner: 'bob', name: 'bob', secret: tokenOf(3) }],
};

function tokenOf(id: number): string {
  return `EST00000000-0000-4000-8000-${String(id).padStart(12, '0')}ARY`;
}

/**
 * How seeds of this provider are written. The built-in seed has one administrator, as `estuary setup` makes it, two users
 * and an invite; its keys live one year.
 */
export function seedFormat(profile: EstuaryProfile): SeedFormat {
  return defineSeedFormat({
    schema: SeedSection,
    builtIn,
    bootstrap: admin,
    identities: { users: ['username'], invites: ['code'], contents: ['id'], deals: ['id'], keys: ['owner', 'name'] },
    read: (section, context) => readSection(section, context, profile),
    ownerOf: async (name, existing) => (await existing.getByName(users, name.toLowerCase()))?.id,
    describeKey: async (key, existing) => describeKey(key, await existing.get(users, key.owner)),
  });
}

async function readSection(section: SeedSection, context: SeedContext, profile: EstuaryProfile): Promise<ProviderSeed> {
  const seededUsers = readUsers(section.users ?? [], context);
  const find = finderOf(seededUsers, context);
  const seededInvites = await readInvites(section.invites ?? [], find, context);
  const seededContents = await readContents(section.contents ?? [], find, context);
  const seededDeals = await readDeals(section.deals ?? [], seededContents, find, context);
  const keys = await readKeys(section.keys ?? [], find, context, profile);
  return {
    resources: [
      ...seededUsers.map((user) => seedResource(users, userResource(user, context.now))),
      ...seededInvites.map((invite) => seedResource(invites, invite)),
      ...seededContents.map((content) => seedResource(contents, plainResource(content.id, content, context.now))),
      ...seededDeals.map((deal) => seedResource(deals, plainResource(deal.ID, deal, context.now))),
    ],
    keys: keys.map(({ draft }) => draft),
    credentials: keys.map(({ credential }) => credential),
  };
}

function plainResource<T>(id: number, data: T, createdAt: Instant): Resource<T> {
  return { id: String(id), tenant, name: null, createdAt, data };
}
