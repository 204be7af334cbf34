import type { Instant } from '../../clock.ts';
import { type ProviderSeed, type SeedExtent, seedResource } from '../../http/provider.ts';
import { draftSecret } from './keys.ts';
import { type Organization, organizations } from './organizations.ts';
import type { RocksetProfile } from './profiles.ts';
import { type User, users } from './users.ts';

const tenant = 'acme';

const people = [
  { name: 'admin', role: 'admin', invitedBy: null },
  { name: 'member', role: 'member', invitedBy: 'admin@me.com' },
  { name: 'reader', role: 'read-only', invitedBy: 'admin@me.com' },
];

/** Premium, so that keys can expire. */
const acme: Organization = {
  display_name: 'Acme',
  company_name: 'Acme',
  external_id: '61636d65'.repeat(8),
  rockset_user: 'arn:aws:iam::000000000000:user/rockset',
  always_gen2_vis: null,
  always_intel_ice_lake_vis: false,
  general_purpose_instance_class_allowed: null,
  use_zstd_compression_default: null,
  state: 'PAID',
  edition: 'PREMIUM',
  mfa_restricted: null,
  currency_code: 'USD',
  deletion_scheduled_at: null,
  clusters: [
    {
      public_endpoint_disabled: false,
      private_link_enabled: false,
      private_link_url: null,
      id: '00000000-0000-4000-8000-000000000001',
      cluster_type: 'PUBLIC',
      aws_region: 'us-west-2',
      domain: 'rockset',
      top_level_domain: 'com',
      apiserver_url: 'api.usw2a1.rockset.com',
      gen2_vis_available: null,
      intel_ice_lake_vis_available: true,
      gen2_vis_enabled: null,
      intel_ice_lake_vis_enabled: false,
    },
  ],
  aws_marketplace_customer_id: null,
  sso_connection: null,
  sso_only: null,
};

/** The built-in seed: an organization with a user of each built-in role, each with a key that has all the user's roles. */
export async function seed(extent: SeedExtent, now: Instant, profile: RocksetProfile): Promise<ProviderSeed> {
  const seeded = extent === 'everything' ? people : people.slice(0, 1);
  return {
    resources: [
      seedResource(organizations, { id: tenant, tenant, name: null, createdAt: now, data: acme }),
      ...seeded.map((person) =>
        seedResource(users, { id: emailOf(person.name), tenant, name: null, createdAt: now, data: userOf(person) }),
      ),
    ],
    keys: seeded.map(({ name }) => ({ ...draftSecret(secretOf(name), profile), tenant, owner: emailOf(name), name })),
    credentials: seeded.map(({ name, role }) => ({
      name,
      secret: secretOf(name),
      header: { name: 'Authorization', value: `ApiKey ${secretOf(name)}` },
      description: `${emailOf(name)} of ${tenant}, role ${role}`,
    })),
  };
}

function userOf({ name, role, invitedBy }: (typeof people)[number]): User {
  const firstName = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return {
    first_name: firstName,
    last_name: 'Acme',
    roles: [role],
    state: 'ACTIVE',
    invite_state: 'ACCEPTED',
    invited_by: invitedBy,
  };
}

function emailOf(name: string): string {
  return `${name}@me.com`;
}

function secretOf(name: string): string {
  return `${name}0LatchkeySeed`.padEnd(64, '0');
}
