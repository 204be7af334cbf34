import { type Static, Type } from 'typebox';
import { Nullable } from '../../../../provider/schemas.ts';
import type { RocksetProfile } from '../../profiles.ts';
import { pick } from '../../wire/answers.ts';

const Text = Nullable(Type.String());
const Flag = Nullable(Type.Boolean());

export const Ping = Type.Object({ message: Type.String() });

/** `Cluster` as it was recorded in 2024, in wire order. */
const Cluster = Type.Object({
  public_endpoint_disabled: Type.Boolean(),
  private_link_enabled: Type.Boolean(),
  private_link_url: Type.String(),
  id: Type.String({ format: 'uuid' }),
  cluster_type: Type.String(),
  aws_region: Type.String(),
  domain: Type.String(),
  top_level_domain: Type.String(),
  apiserver_url: Type.String(),
  gen2_vis_available: Flag,
  intel_ice_lake_vis_available: Flag,
  gen2_vis_enabled: Flag,
  intel_ice_lake_vis_enabled: Flag,
  use_cluster_db_for_qls: Type.Boolean(),
  encryption_key: Text,
});

/** `Organization` as it was recorded in 2024, in wire order. */
export const Organization = Type.Object({
  id: Type.String(),
  created_at: Nullable(Type.String({ format: 'date-time' })),
  display_name: Text,
  company_name: Text,
  external_id: Text,
  rockset_user: Text,
  always_gen2_vis: Flag,
  always_intel_ice_lake_vis: Flag,
  general_purpose_instance_class_allowed: Type.Boolean(),
  use_zstd_compression_default: Type.Boolean(),
  state: Text,
  edition: Nullable(Type.String({ description: 'STANDARD, PREMIUM or MISSION_CRITICAL' })),
  mfa_restricted: Flag,
  currency_code: Text,
  deletion_scheduled_at: Text,
  clusters: Type.Array(Cluster),
  aws_marketplace_customer_id: Text,
  sso_connection: Text,
  sso_only: Flag,
});
export type OrganizationView = Static<typeof Organization>;

/** `Organization` of one era: its fields and those of its clusters, in wire order. */
export function organizationSchema({ organizationFields, clusterFields }: RocksetProfile) {
  const EraCluster = Type.Object(pick(Cluster.properties, clusterFields), { title: 'Cluster' });
  const fields = { ...Organization.properties, clusters: Type.Array(EraCluster) };
  return Type.Unsafe<OrganizationView>(Type.Object(pick(fields, organizationFields), { title: 'Organization' }));
}
