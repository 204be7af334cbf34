const cluster =
  '{"public_endpoint_disabled":false,"private_link_enabled":false,"private_link_url":"privatelink.usw2a1.rockset.com",' +
  '"id":"00000000-0000-4000-8000-000000000001","cluster_type":"PUBLIC","aws_region":"us-west-2","domain":"rockset",' +
  '"top_level_domain":"com","apiserver_url":"api.usw2a1.rockset.com","gen2_vis_available":null,' +
  '"intel_ice_lake_vis_available":true,"gen2_vis_enabled":null,"intel_ice_lake_vis_enabled":false}';

/** The seeded organization in the profile 2022; the arguments are JSON, since inside a user these two fields are null. */
export const organizationText = (rocksetUser: string, currency: string) =>
  '{"id":"acme","created_at":"2030-01-01T00:00:00Z","display_name":"Acme","company_name":"Acme",' +
  `"external_id":"${'61636d65'.repeat(8)}","rockset_user":${rocksetUser},"always_gen2_vis":null,` +
  '"always_intel_ice_lake_vis":false,"state":"PAID","edition":"PREMIUM","mfa_restricted":null,' +
  `"currency_code":${currency},"deletion_scheduled_at":null,"clusters":[${cluster}],"aws_marketplace_customer_id":null}`;
