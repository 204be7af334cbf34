import type { FastifyRequest } from 'fastify';
import { resourceKind } from '../../core/resource-store.ts';
import { WireError } from '../../http/provider.ts';
import { handledError } from './errors.ts';

/** An organisation; its resource has its id as id and as tenant, and no name, as names are not unique. */
export interface Organization {
  readonly name: string;
  readonly subscriptionTier: 'FREE' | 'PAID' | 'AWS_MARKETPLACE' | 'SUBSCRIPTION' | null;
  /** The organisation whose keys may act for this one on v1 routes. */
  readonly parentOrgId: string | null;
  /** Deleting is a mark: keys of a deleted organisation still authenticate. */
  readonly deleted: boolean;
}

export const organizations = resourceKind<Organization>('organization');

/** An organisation that is not deleted. Throws the real server's 404. */
export async function organizationOf(request: FastifyRequest, id: string): Promise<Organization> {
  const organization = await liveOrganization(request, id);
  if (organization !== undefined) return organization;
  throw new WireError(handledError(request, 404, 'ResourceNotFound', `Resource Organization with ID ${id} not found.`));
}

/** Whether an organisation is a child of another. */
export async function isManagedBy(request: FastifyRequest, id: string, parentOrgId: string): Promise<boolean> {
  const organization = await liveOrganization(request, id);
  return organization?.parentOrgId === parentOrgId;
}

async function liveOrganization({ resources }: FastifyRequest, id: string): Promise<Organization | undefined> {
  const organization = (await resources.get(organizations, id))?.data;
  return organization?.deleted ? undefined : organization;
}
