/** The differences between the eras of the real server. Each profile is one whole era; see FIDELITY.md. */
export interface RocksetProfile {
  /** Fields of a key, in wire order. */
  readonly keyFields: readonly KeyField[];
  /** Whether an answer may show the full key, other than the answer to its creation. If so, the secret is kept. */
  readonly showsSecret: 'always' | 'on request' | 'never';
  /** The masked form of a key; `hint` is its first six characters. */
  readonly mask: (hint: string) => string;
  /** Whether answers say who created a key and when it was last used; in earlier eras both are null. */
  readonly tracksUse: boolean;
  /** Fields of an organization, in wire order. */
  readonly organizationFields: readonly OrganizationField[];
  /** Fields of a cluster, in wire order. */
  readonly clusterFields: readonly ClusterField[];
  /** Fields of an error, in wire order. */
  readonly errorFields: readonly ErrorField[];
  /** How an error's type is spelt: in capitals, or earlier in CamelCase. */
  readonly typeSpelling: 'NOTFOUND' | 'NotFound';
  /** Actions that the built-in roles did not have yet. */
  readonly laterActions: ReadonlySet<string>;
}

const keyFields = [
  'created_at',
  'name',
  'key',
  'last_access_time',
  'expiry_time',
  'role',
  'created_by',
  'created_by_apikey_name',
  'state',
] as const;

export type KeyField = (typeof keyFields)[number];

const organizationFields = [
  'id',
  'created_at',
  'display_name',
  'company_name',
  'external_id',
  'rockset_user',
  'always_gen2_vis',
  'always_intel_ice_lake_vis',
  'general_purpose_instance_class_allowed',
  'use_zstd_compression_default',
  'state',
  'edition',
  'mfa_restricted',
  'currency_code',
  'deletion_scheduled_at',
  'clusters',
  'aws_marketplace_customer_id',
  'sso_connection',
  'sso_only',
] as const;

export type OrganizationField = (typeof organizationFields)[number];

const clusterFields = [
  'public_endpoint_disabled',
  'private_link_enabled',
  'private_link_url',
  'id',
  'cluster_type',
  'aws_region',
  'domain',
  'top_level_domain',
  'apiserver_url',
  'gen2_vis_available',
  'intel_ice_lake_vis_available',
  'gen2_vis_enabled',
  'intel_ice_lake_vis_enabled',
  'use_cluster_db_for_qls',
  'encryption_key',
] as const;

export type ClusterField = (typeof clusterFields)[number];

const errorFields = [
  'message',
  'message_key',
  'type',
  'line',
  'column',
  'trace_id',
  'error_id',
  'query_id',
  'internal_errors',
] as const;

export type ErrorField = (typeof errorFields)[number];

/** Fields that no recording of May 2023 has. `sso_connection` and `sso_only` came until August 2023, the others until March 2024. */
const laterFields: ReadonlySet<OrganizationField> = new Set([
  'general_purpose_instance_class_allowed',
  'use_zstd_compression_default',
  'sso_connection',
  'sso_only',
]);

/** March 2024: never more than six characters of a key. Recorded on 2024-03-06; keys alike since 2023-08-14. */
const eraC: RocksetProfile = {
  keyFields,
  showsSecret: 'never',
  mask: (hint) => hint,
  tracksUse: true,
  organizationFields,
  clusterFields,
  errorFields,
  typeSpelling: 'NOTFOUND',
  laterActions: new Set(),
};

/** March to May 2023: four characters and sixty stars, the full key on `reveal`. Recorded from 2023-05-12 to 2023-05-16. */
const eraB: RocksetProfile = {
  keyFields: keyFields.filter((field) => field !== 'created_by_apikey_name'),
  showsSecret: 'on request',
  mask: (hint) => hint.slice(0, 4).padEnd(64, '*'),
  tracksUse: true,
  organizationFields: organizationFields.filter((field) => !laterFields.has(field)),
  clusterFields: clusterFields.slice(0, 13),
  errorFields,
  typeSpelling: 'NOTFOUND',
  laterActions: new Set(['EXPORT_DATA_GLOBAL']),
};

/** 2021: five fields, every key in full (a list quoted in HackerOne report 1094151), and errors with six fields. */
const eraA: RocksetProfile = {
  ...eraB,
  keyFields: ['created_at', 'name', 'key', 'last_access_time', 'created_by'],
  showsSecret: 'always',
  tracksUse: false,
  errorFields: ['message', 'type', 'line', 'column', 'trace_id', 'error_id'],
  typeSpelling: 'NotFound',
};

export const profiles: ReadonlyMap<string, RocksetProfile> = new Map([
  ['2022', eraB],
  ['2023', eraC],
  ['2021', eraA],
]);
