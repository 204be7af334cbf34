import type { Resource } from '../../../../core/resource-store.ts';
import type { OrganizationMetadata, OrganizationSummary } from './account-schemas.ts';
import { isPaidTier, type Organization } from './organizations.ts';

/** An organisation in lists and answers to updates. Absent values are left out. */
export function toSummary(organization: Resource<Organization>): OrganizationSummary {
  const { allowManagedMembershipUpdatesOnly } = organization.data;
  return {
    ...toCreatedSummary(organization),
    ...(allowManagedMembershipUpdatesOnly !== null && { allowManagedMembershipUpdatesOnly }),
  };
}

/** The same in the answer to its creation, which never says how its memberships are managed. */
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

/** All about an organisation. `paidTier` comes from a method that the real serialiser takes for a getter. */
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
