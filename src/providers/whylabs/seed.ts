import type { Instant } from '../../clock.ts';
import { type ProviderSeed, type SeedExtent, seedResource } from '../../http/provider.ts';
import { draftToken } from './keys.ts';
import { type Organization, organizations } from './organizations.ts';
import { superAdminOrg } from './scopes.ts';

/** A key of the seed, with what makes up its token: ten characters, and the beginning of the rest. */
interface SeededKey {
  readonly name: string;
  readonly orgId: string;
  readonly userId: string;
  readonly scope: string;
  readonly keyId: string;
  readonly secret: string;
}

const seededOrganizations: readonly (Pick<Organization, 'name' | 'subscriptionTier'> & { readonly id: string })[] = [
  { id: superAdminOrg, name: 'WhyLabs', subscriptionTier: 'PAID' },
  { id: 'org-123', name: 'ACME, Inc', subscriptionTier: 'FREE' },
];

const seededKeys: readonly SeededKey[] = [
  {
    name: 'system',
    orgId: superAdminOrg,
    userId: 'user-system',
    scope: ':whylabs_system',
    keyId: 'SYSTEM0000',
    secret: 'LatchkeySeedSystem',
  },
  {
    name: 'admin',
    orgId: 'org-123',
    userId: 'user-admin',
    scope: ':administrator',
    keyId: 'ADMIN00000',
    secret: 'LatchkeySeedAdmin',
  },
  { name: 'user', orgId: 'org-123', userId: 'user-123', scope: ':user', keyId: 'USER000000', secret: 'LatchkeySeedUser' },
];

/** The built-in seed: WhyLabs' own organisation with its system key, and one customer on the free tier. */
export async function seed(extent: SeedExtent, now: Instant): Promise<ProviderSeed> {
  const isSeeded = ({ orgId }: { orgId: string }) => extent === 'everything' || orgId === superAdminOrg;
  const keys = seededKeys.filter(isSeeded);
  return {
    resources: seededOrganizations
      .filter(({ id }) => isSeeded({ orgId: id }))
      .map(({ id, ...facts }) => {
        const organization = { ...facts, parentOrgId: null, deleted: false };
        return seedResource(organizations, { id, tenant: id, name: null, createdAt: now, data: organization });
      }),
    keys: keys.map((key) => ({
      ...draftToken(seededToken(key), key.orgId, key.userId),
      name: key.name,
      grants: { scopes: [key.scope] },
    })),
    credentials: keys.map((key) => {
      const secret = `${seededToken(key)}:${key.orgId}`;
      const description = `org ${key.orgId}, user ${key.userId}, scope ${key.scope}`;
      return { name: key.name, secret, header: { name: 'X-API-Key', value: secret }, description };
    }),
  };
}

function seededToken({ keyId, secret }: SeededKey): string {
  return `${keyId}.${secret.padEnd(53, '0')}`;
}
