import type { Organization } from './organizations.ts';

/** Premium, so that keys can expire. */
export const acme: Organization = {
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

/** An organization that a seed names: like the built-in one, under another name. */
export function newOrganization(displayName: string, edition: string): Organization {
  return { ...acme, display_name: displayName, company_name: displayName, edition };
}
