import type { Resource } from '../../../../core/resource-store.ts';
import { isPaidTier, type Organization } from './organizations.ts';
import type { OrganizationMetadata, OrganizationSummary } from './schemas.ts';

/** An organisation as in lists and in answers to updates. Absent values are omitted. */
export function toSummary(organization: Resource<Organization>): OrganizationSummary {
  const { allowManagedMembershipUpdatesOnly } = organization.data;
  return {
    ...toCreatedSummary(organization),
    ...(allowManagedMembershipUpdatesOnly !== null && { allowManagedMembershipUpdatesOnly }),
  };
}

/** An organisation as in the answer to its creation, which never says how its memberships are managed. */
export function toCreatedSummary({ id, data }: Resource<Organization>): OrganizationSummary {
  const { name, subscriptionTier, emailDomains, observatoryUrl, parentOrgId } = data;
  return {
    id,
    name,
    ...(subscriptionTier !== null && { subscriptionTier }),
    emailDomains,
    observatoryUrl,
    ...(parentOrgId !== null && { parentOrgId }),
  };
}

/** An organisation with all its fields. `paidTier` is there because the real serialiser takes a method for a getter. */
export function toMetadata(id: string, organization: Organization): OrganizationMetadata {
  const { name, subscriptionTier, emailDomains, observatoryUrl, creationTime, deleted, useCloudFront, parentOrgId } =
    organization;
  const { allowManagedMembershipUpdatesOnly } = organization;
  return {
    id,
    name,
    ...(subscriptionTier !== null && { subscriptionTier }),
    emailDomains,
    observatoryUrl,
    creationTime,
    deleted,
    ...(useCloudFront !== null && { useCloudFront }),
    ...(parentOrgId !== null && { parentOrgId }),
    ...(allowManagedMembershipUpdatesOnly !== null && { allowManagedMembershipUpdatesOnly }),
    paidTier: isPaidTier(organization),
  };
}
