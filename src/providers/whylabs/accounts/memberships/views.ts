import type { FastifyRequest } from 'fastify';
import type { Resource } from '../../../../core/resource-store.ts';
import { organizationOf } from '../organizations/organizations.ts';
import { users } from '../users/users.ts';
import { type Membership, memberships, membershipsOfUser } from './memberships.ts';
import type { MembershipMetadata, Membership as MembershipView } from './schemas.ts';

/** The memberships of an organisation. Throws the 404 of the organisation. */
export async function viewsOfOrganization(request: FastifyRequest, orgId: string): Promise<MembershipView[]> {
  await organizationOf(request, orgId);
  return toViews(request, await request.resources.list(memberships, orgId));
}

/** The memberships of a user; an unknown user has none. */
export async function viewsOfUser(request: FastifyRequest, userId: string): Promise<MembershipView[]> {
  return toViews(request, await membershipsOfUser(request, userId));
}

/** A membership as in answers to changes. */
export function toMetadata({
  tenant: orgId,
  data: { role, userId, default: isDefault },
}: Resource<Membership>): MembershipMetadata {
  return { orgId, role, userId, default: isDefault };
}

/** Adds the addresses of the members; a membership of an unknown user is omitted. */
async function toViews({ resources }: FastifyRequest, listed: readonly Resource<Membership>[]): Promise<MembershipView[]> {
  const addresses = new Map((await resources.list(users)).map(({ id, data }) => [id, data.email]));
  return listed.flatMap(({ tenant: orgId, data: { userId, role, default: isDefault } }) => {
    const email = addresses.get(userId);
    return email === undefined ? [] : [{ orgId, default: isDefault, role, userId, email }];
  });
}
