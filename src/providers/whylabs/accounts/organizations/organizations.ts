import type { FastifyRequest } from 'fastify';
import { customAlphabet } from 'nanoid';
import type { Instant } from '../../../../clock.ts';
import { goOn, type MaybePromise } from '../../../../core/at-once.ts';
import { fail } from '../../../../core/errors.ts';
import { type Resource, resourceKind } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { refuseMissingResource, storeFailure } from '../../wire/errors.ts';
import type { SubscriptionTier } from '../../wire/java-enum.ts';

/** An organisation. Its id is the id and the tenant of its resource, which has no name because names are not unique. */
export interface Organization {
  readonly name: string;
  readonly subscriptionTier: SubscriptionTier | null;
  /** Separated by commas; empty allows every domain. */
  readonly emailDomains: string;
  readonly observatoryUrl: string;
  /** Not the `createdAt` of the resource: every update sets it to now. */
  readonly creationTime: Instant;
  readonly useCloudFront: boolean | null;
  /** The organisation whose keys may act for this one on v1 routes. */
  readonly parentOrgId: string | null;
  /** `/v0/membership` refuses to change the memberships. */
  readonly allowManagedMembershipUpdatesOnly: boolean | null;
  /** A deleted organisation is kept, and its keys still authenticate. */
  readonly deleted: boolean;
}

export const organizations = resourceKind<Organization>('organization');

/** An organisation created at `now`, with no value set but its name. */
export function blankOrganization(name: string, now: Instant): Organization {
  return {
    name,
    subscriptionTier: null,
    emailDomains: '',
    observatoryUrl: '',
    creationTime: now,
    useCloudFront: null,
    parentOrgId: null,
    allowManagedMembershipUpdatesOnly: null,
    deleted: false,
  };
}

/** An organisation, deleted or not; undefined if it never existed. */
export function findOrganization({ resources }: FastifyRequest, id: string): MaybePromise<Organization | undefined> {
  return goOn(resources.get(organizations, id), (found) => found?.data);
}

/** An organisation, deleted or not. Throws the 404 of one that never existed, in which `word` names what is missing. */
export function knownOrganization(request: FastifyRequest, id: string, word = 'Organization'): MaybePromise<Organization> {
  return goOn(findOrganization(request, id), (found) => found ?? refuseMissingResource(request, word, id));
}

/** An organisation that is not deleted. Throws the real server's 404. */
export function organizationOf(request: FastifyRequest, id: string): MaybePromise<Organization> {
  return goOn(knownOrganization(request, id), (organization) => {
    refuseDeleted(request, id, organization);
    return organization;
  });
}

/** Throws the 404 of a deleted organisation. */
export function refuseDeleted(request: FastifyRequest, id: string, { deleted }: Organization): void {
  if (deleted) refuseMissingResource(request, 'Organization', id);
}

/** Whether an organisation is on a paid tier, without which v1 makes no keys for it. */
export function isPaidTier({ subscriptionTier }: Organization): boolean {
  return subscriptionTier !== null && subscriptionTier !== 'FREE';
}

/** The real server's alphabet, without letters and digits that look alike. */
const newShortId = customAlphabet('23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ', 6);

/**
 * Stores a new organisation under the given id, else under a generated one. Throws request_malformed for an id of another
 * form, and the real store's failure for an id that an organisation has, deleted or not.
 */
export function createOrganization(
  request: FastifyRequest,
  organization: Organization,
  givenId?: string,
): Promise<Resource<Organization>> {
  if (givenId !== undefined && !/^org-[0-9a-zA-Z]+$/.test(givenId)) {
    fail('request_malformed', { problem: `Invalid ID format: ${givenId}` });
  }
  const id = givenId ?? `org-${newShortId()}`;
  return request.resources.insert(organizations, (existing) => {
    if (existing.some((one) => one.id === id)) throw new WireError(storeFailure(request));
    return { id, tenant: id, name: null, createdAt: request.now, data: organization };
  });
}
