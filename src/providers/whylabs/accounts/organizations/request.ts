import type { FastifyRequest } from 'fastify';
import { subscriptionTiers } from '../../wire/java-enum.ts';
import { flagOf, type Query, queryOf, requiredTextOf, textOf, wordOf } from '../../wire/query.ts';
import { blankOrganization, type Organization } from './organizations.ts';

/** The arguments of a creation. */
export interface OrganizationRequest {
  readonly organization: Organization;
  readonly overrideId: string | undefined;
}

/** Binds the arguments of a creation. Throws request_invalid. */
export function readOrganizationRequest(request: FastifyRequest): OrganizationRequest {
  const query = queryOf(request);
  const blank = blankOrganization(requiredTextOf(query, 'name'), request.now);
  const overrideId = textOf(query, 'override_id');
  // The real server chooses this itself if it chooses the id.
  const useCloudFront = overrideId === undefined ? true : (flagOf(query, 'use_cloud_front') ?? null);
  return { organization: { ...blank, ...changesOf(query), useCloudFront }, overrideId };
}

/**
 * Binds the arguments of an update, and returns the change. Absent arguments change nothing, so no value can be unset. The
 * time of creation becomes now: the real server stores a new record and copies everything else into it. Throws
 * request_invalid.
 */
export function readOrganizationUpdate(request: FastifyRequest): (before: Organization) => Organization {
  const query = queryOf(request);
  const name = textOf(query, 'name');
  const useCloudFront = flagOf(query, 'use_cloudfront');
  const changes = {
    ...(name !== undefined && { name }),
    ...changesOf(query),
    ...(useCloudFront !== undefined && { useCloudFront }),
  };
  return (before) => ({ ...before, ...changes, creationTime: request.now });
}

/** The arguments that creations and updates share. */
function changesOf(query: Query): Partial<Organization> {
  const subscriptionTier = wordOf(query, 'subscription_tier', subscriptionTiers);
  const [emailDomains, observatoryUrl] = [textOf(query, 'email_domains'), textOf(query, 'observatory_url')];
  const parentOrgId = textOf(query, 'parent_org_id');
  const allowManagedMembershipUpdatesOnly = flagOf(query, 'allow_managed_membership_updates_only');
  return {
    ...(subscriptionTier !== undefined && { subscriptionTier }),
    ...(emailDomains !== undefined && { emailDomains }),
    ...(observatoryUrl !== undefined && { observatoryUrl }),
    ...(parentOrgId !== undefined && { parentOrgId }),
    ...(allowManagedMembershipUpdatesOnly !== undefined && { allowManagedMembershipUpdatesOnly }),
  };
}
