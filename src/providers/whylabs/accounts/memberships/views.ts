import type { FastifyRequest } from 'fastify';
import type { Resource } from '../../../../core/resource-store.ts';
import type { Membership as MembershipView } from '../organizations/account-schemas.ts';
import { organizationOf } from '../organizations/organizations.ts';
import { users } from '../users/users.ts';
import { type Membership, memberships, membershipsOfUser } from './memberships.ts';

/** The memberships of an organisation. Throws its 404. */
export async function viewsOfOrganization(request: FastifyRequest, orgId: string): Promise<MembershipView[]> {
  await organizationOf(request, orgId);
  return toViews(request, await request.resources.list(memberships, orgId));
}

/** The memberships of a user: none of a user who is not known. */
export async function viewsOfUser(request: FastifyRequest, userId: string): Promise<MembershipView[]> {
  return toViews(request, await membershipsOfUser(request, userId));
}

/** With the addresses of the members: one who is not known is left out. */
async function toViews({ resources }: FastifyRequest, listed: readonly Resource<Membership>[]): Promise<MembershipView[]> {
  const addresses = new Map((await resources.list(users)).map(({ id, data }) => [id, data.email]));
  return listed.flatMap(({ tenant: orgId, data: { userId, role, default: isDefault } }) => {
    const email = addresses.get(userId);
    return email === undefined ? [] : [{ orgId, default: isDefault, role, userId, email }];
  });
}
