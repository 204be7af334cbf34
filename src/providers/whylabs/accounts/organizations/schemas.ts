import { type Static, Type } from 'typebox';
import { Words } from '../../../../provider/schemas.ts';
import { subscriptionTiers } from '../../wire/java-enum.ts';
import { Flag } from '../../wire/query.ts';

export const OrgPath = Type.Object({ org_id: Type.String({ examples: ['org-123'] }) });

const SubscriptionTier = Words(subscriptionTiers.words);

const summaryFields = {
  id: Type.String({ examples: ['org-123'] }),
  name: Type.String(),
  subscriptionTier: Type.Optional(SubscriptionTier),
  emailDomains: Type.String({ description: 'Separated by commas; empty if there are none' }),
  observatoryUrl: Type.String({ description: 'Empty if there is none' }),
  parentOrgId: Type.Optional(Type.String()),
  allowManagedMembershipUpdatesOnly: Type.Optional(Type.Boolean()),
};

export const OrganizationSummary = Type.Object(summaryFields, { title: 'OrganizationSummary' });
export type OrganizationSummary = Static<typeof OrganizationSummary>;

export const ListOrganizationsResponse = Type.Object(
  { items: Type.Array(OrganizationSummary, { uniqueItems: true }), internal: Type.Boolean() },
  { title: 'ListOrganizationsResponse' },
);

export const OrganizationMetadata = Type.Object(
  {
    id: summaryFields.id,
    name: summaryFields.name,
    subscriptionTier: summaryFields.subscriptionTier,
    emailDomains: summaryFields.emailDomains,
    observatoryUrl: summaryFields.observatoryUrl,
    creationTime: Type.Integer({ format: 'int64', description: 'Epoch milliseconds; every update sets it to now' }),
    deleted: Type.Boolean(),
    useCloudFront: Type.Optional(Type.Boolean()),
    parentOrgId: summaryFields.parentOrgId,
    allowManagedMembershipUpdatesOnly: summaryFields.allowManagedMembershipUpdatesOnly,
    paidTier: Type.Boolean(),
  },
  { title: 'OrganizationMetadata' },
);
export type OrganizationMetadata = Static<typeof OrganizationMetadata>;

const changeableFields = {
  subscription_tier: Type.Optional(SubscriptionTier),
  email_domains: Type.Optional(Type.String({ examples: ['whylabs.ai,whylogs.com'] })),
  observatory_url: Type.Optional(Type.String()),
  parent_org_id: Type.Optional(Type.String({ description: 'The parent need not exist' })),
  allow_managed_membership_updates_only: Type.Optional(Flag),
};

export const CreateOrganizationQuery = Type.Object({
  name: Type.String({ examples: ['ACME, Inc'] }),
  ...changeableFields,
  override_id: Type.Optional(Type.String({ description: '`org-` and letters or digits', examples: ['org-123'] })),
  use_cloud_front: Type.Optional(Flag),
});

export const UpdateOrganizationQuery = Type.Object({
  name: Type.Optional(Type.String()),
  ...changeableFields,
  use_cloudfront: Type.Optional(Flag),
});
