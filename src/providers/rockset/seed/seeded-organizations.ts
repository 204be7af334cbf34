import type { Organization } from '../accounts/organizations/organizations.ts';

/** The values in which the organizations of a seed differ. */
export interface OrganizationFacts {
  readonly displayName: string;
  readonly companyName: string;
  readonly externalId: string;
  readonly edition: string;
}

/** An organization like the recorded one, with one public cluster. */
export function plainOrganization({ displayName, companyName, externalId, edition }: OrganizationFacts): Organization {
  return {
    display_name: displayName,
    company_name: companyName,
    external_id: externalId,
    rockset_user: 'arn:aws:iam::000000000000:user/rockset',
    always_gen2_vis: null,
    always_intel_ice_lake_vis: false,
    general_purpose_instance_class_allowed: false,
    use_zstd_compression_default: false,
    state: 'PAID',
    edition,
    mfa_restricted: null,
    currency_code: 'USD',
    deletion_scheduled_at: null,
    clusters: [publicCluster],
    aws_marketplace_customer_id: null,
    sso_connection: null,
    sso_only: null,
  };
}

/** Recorded: organizations share their public clusters. */
const publicCluster: Organization['clusters'][number] = {
  public_endpoint_disabled: false,
  private_link_enabled: false,
  private_link_url: 'privatelink.usw2a1.rockset.com',
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
  use_cluster_db_for_qls: true,
  encryption_key: null,
};
