import type { FastifyRequest } from 'fastify';
import { customAlphabet } from 'nanoid';
import type { Instant } from '../../../../clock.ts';
import { fail } from '../../../../core/errors.ts';
import { type Resource, resourceKind } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { refuseMissingResource, storeFailure } from '../../wire/errors.ts';
import type { SubscriptionTier } from '../../wire/java-enum.ts';

/** An organisation; its resource has its id as id and as tenant, and no name, as names are not unique. */
export interface Organization {
  readonly name: string;
  readonly subscriptionTier: SubscriptionTier | null;
  /** Separated by commas; empty lets in everybody. */
  readonly emailDomains: string;
  readonly observatoryUrl: string;
  /** In the record and not the resource's own, as every update sets it anew. */
  readonly creationTime: Instant;
  readonly useCloudFront: boolean | null;
  /** The organisation whose keys may act for this one on v1 routes. */
  readonly parentOrgId: string | null;
  /** Refuses changes of memberships by `/v0/membership`. */
  readonly allowManagedMembershipUpdatesOnly: boolean | null;
  /** Deleting is a mark: keys of a deleted organisation still authenticate. */
  readonly deleted: boolean;
}

export const organizations = resourceKind<Organization>('organization');

/** An organisation with nothing but a name, which is created now. */
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

/** An organisation that is not deleted. Throws the real server's 404. */
export async function organizationOf(request: FastifyRequest, id: string): Promise<Organization> {
  return (await liveOrganization(request, id)) ?? refuseMissingResource(request, 'Organization', id);
}

/** Refuses an organisation that never was; one that is deleted will do. Throws the real server's 404, which calls it `word`. */
export async function checkOrganization(request: FastifyRequest, id: string, word = 'Organization'): Promise<void> {
  if ((await request.resources.get(organizations, id)) === undefined) refuseMissingResource(request, word, id);
}

/** Whether an organisation is a child of another. */
export async function isManagedBy(request: FastifyRequest, id: string, parentOrgId: string): Promise<boolean> {
  return (await liveOrganization(request, id))?.parentOrgId === parentOrgId;
}

/** Whether an organisation pays, which v1 asks of those that make keys. */
export function isPaidTier({ subscriptionTier }: Organization): boolean {
  return subscriptionTier !== null && subscriptionTier !== 'FREE';
}

/** Letters and digits that cannot be mistaken for one another. */
const newShortId = customAlphabet('23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ', 6);

/**
 * Stores a new organisation, under an id of its own where none is given. Throws request_malformed for an id that is no
 * organisation's, and the failure of the real store for one that is or was there.
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

async function liveOrganization({ resources }: FastifyRequest, id: string): Promise<Organization | undefined> {
  const organization = (await resources.get(organizations, id))?.data;
  return organization?.deleted ? undefined : organization;
}
