import { type Static, Type } from 'typebox';
import { Words } from '../../../../provider/schemas.ts';
import { modelTypes, timePeriods } from '../../models/models.ts';
import { roles, subscriptionTiers } from '../../wire/java-enum.ts';

const Role = Words(roles.words);
const SubscriptionTier = Words(subscriptionTiers.words);
const email = Type.String({ examples: ['user@whylabs.ai'] });
const Flag = Type.Boolean({ description: '`true`, `yes`, `on` and `y` are true, everything else false' });

/** What says no more than that it worked. */
export const Acknowledgement = Type.Object({ requestId: Type.String() }, { title: 'Response' });

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
    ...{ id: summaryFields.id, name: summaryFields.name, subscriptionTier: summaryFields.subscriptionTier },
    ...{ emailDomains: summaryFields.emailDomains, observatoryUrl: summaryFields.observatoryUrl },
    creationTime: Type.Integer({ format: 'int64', description: 'Epoch milliseconds; every update sets it anew' }),
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
  parent_org_id: Type.Optional(Type.String({ description: 'Whether it is there is not asked' })),
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

export const UserPath = Type.Object({ user_id: Type.String({ examples: ['user-123'] }) });
export const EmailQuery = Type.Object({ email });

export const User = Type.Object(
  {
    userId: Type.String({ description: '`user-` and a hash of the address' }),
    email,
    preferences: Type.Optional(Type.String({ description: 'JSON in a text' })),
  },
  { title: 'User' },
);
export type User = Static<typeof User>;

export const CreateUserRequest = Type.Object({ email }, { title: 'CreateUserRequest' });

const defaultOf = Type.Boolean({ description: 'Whether the user is shown this organisation first' });

export const Membership = Type.Object(
  { orgId: Type.String(), default: defaultOf, role: Role, userId: Type.String(), email },
  { title: 'Membership' },
);
export type Membership = Static<typeof Membership>;

export const ListMembershipsResponse = Type.Object({ memberships: Type.Array(Membership) }, { title: 'GetMembershipsResponse' });

export const DefaultMembershipResponse = Type.Object(
  { membership: Type.Optional(Membership) },
  { title: 'GetDefaultMembershipResponse', description: 'Empty when the user belongs to no organisation' },
);

export const MembershipMetadata = Type.Object(
  { orgId: Type.String(), role: Role, userId: Type.String(), default: defaultOf },
  { title: 'MembershipMetadata' },
);

export const AddMembershipRequest = Type.Object(
  {
    orgId: Type.String(),
    email,
    role: Role,
    createdBy: Type.Optional(Type.String({ description: 'Goes into a notification that is not emulated' })),
    default: Type.Optional(Type.Boolean({ default: false })),
  },
  { title: 'AddMembershipRequest' },
);

export const UpdateMembershipRequest = Type.Object(
  { orgId: Type.String(), email, role: Role },
  { title: 'UpdateMembershipRequest' },
);
export const RemoveMembershipRequest = Type.Object({ orgId: Type.String(), email }, { title: 'RemoveMembershipRequest' });
export const SetDefaultMembershipRequest = Type.Object(
  { orgId: Type.String(), userId: Type.String() },
  { title: 'SetDefaultMembershipRequest' },
);

const includeClaims = Type.Optional(Type.Boolean({ description: 'Makes no difference: nobody here logs in with claims' }));
export const ClaimsQuery = Type.Object({ include_claims: includeClaims });
export const EmailAndClaimsQuery = Type.Object({ email, include_claims: includeClaims });
export const RoleQuery = Type.Object({ email, role: Role });
export const AddMembershipQuery = Type.Object({ email, role: Role, set_default: Type.Optional(Flag) });

export const ProvisionNewUserRequest = Type.Object(
  {
    email,
    orgName: Type.String(),
    modelName: Type.String(),
    subscriptionTier: SubscriptionTier,
    expectExisting: Type.Optional(Type.Boolean({ default: false })),
  },
  { title: 'ProvisionNewUserRequest' },
);

export const ProvisionNewUserResponse = Type.Object(
  { userId: Type.String(), orgId: Type.String(), modelId: Type.String() },
  { title: 'ProvisionNewUserResponse' },
);

export const ModelMetadata = Type.Object(
  {
    id: Type.String({ examples: ['model-1'] }),
    orgId: Type.String(),
    name: Type.String(),
    creationTime: Type.Integer({ format: 'int64', description: 'Epoch milliseconds' }),
    timePeriod: Words(timePeriods),
    modelType: Type.Optional(Words(modelTypes)),
    modelCategory: Words(['MODEL', 'DATA']),
    active: Type.Boolean(),
    tags: Type.Array(Type.Object({}, { additionalProperties: true })),
  },
  { title: 'ModelMetadata' },
);
export type ModelMetadata = Static<typeof ModelMetadata>;

export const ListModelsResponse = Type.Object({ items: Type.Array(ModelMetadata) }, { title: 'ListModelsResponse' });
