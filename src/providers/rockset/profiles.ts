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
  /** Whether `getCurrentUser` and `createUser` show the organization of a membership in full, not only its id. */
  readonly detailsMemberships: boolean;
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

/** Fields that no recording of May 2023 has. */
const laterFields: ReadonlySet<OrganizationField> = new Set([
  'general_purpose_instance_class_allowed',
  'use_zstd_compression_default',
  'sso_connection',
  'sso_only',
]);

/** August 2023 to the end: never more than six characters of a key. Recorded from 2023-08-14 to 2024-03-06. */
const eraC: RocksetProfile = {
  keyFields,
  showsSecret: 'never',
  mask: (hint) => hint,
  tracksUse: true,
  organizationFields,
  detailsMemberships: false,
  laterActions: new Set(),
};

/** 2022 to May 2023: four characters and sixty stars, the full key on `reveal`. Recorded from 2023-05-12 to 2023-05-16. */
const eraB: RocksetProfile = {
  keyFields: keyFields.filter((field) => field !== 'created_by_apikey_name'),
  showsSecret: 'on request',
  mask: (hint) => hint.slice(0, 4).padEnd(64, '*'),
  tracksUse: true,
  organizationFields: organizationFields.filter((field) => !laterFields.has(field)),
  detailsMemberships: true,
  laterActions: new Set(['EXPORT_DATA_GLOBAL']),
};

/** Early 2021: five fields, every key in full (a list quoted in HackerOne report 1094151). */
const eraA: RocksetProfile = {
  ...eraB,
  keyFields: ['created_at', 'name', 'key', 'last_access_time', 'created_by'],
  showsSecret: 'always',
  tracksUse: false,
};

export const profiles: ReadonlyMap<string, RocksetProfile> = new Map([
  ['2022', eraB],
  ['2023', eraC],
  ['2021', eraA],
]);
