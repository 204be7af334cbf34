import type { FastifyRequest } from 'fastify';
import { fail } from '../../../../core/errors.ts';
import { type Resource, resourceKind } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { handledError, notFound } from '../../wire/errors.ts';
import type { Role } from '../../wire/java-enum.ts';
import { type Organization, organizationOf } from '../organizations/organizations.ts';
import { domainOf, userByEmail, users } from '../users/users.ts';

const maxMembershipsPerOrg = 25;

/** A user belongs to an organisation, which is the tenant of the resource. Memberships have no effect on keys. */
export interface Membership {
  readonly userId: string;
  readonly role: Role;
  /** Whether the user sees this organisation first. */
  readonly default: boolean;
}

export const memberships = resourceKind<Membership>('membership');

/** The arguments of a creation. */
export interface MembershipRequest {
  readonly orgId: string;
  /** As it was sent: errors repeat it. */
  readonly email: string;
  readonly role: Role;
  readonly isDefault: boolean;
}

/** The key under which the real store has a membership. */
export function membershipIdOf(orgId: string, userId: string): string {
  return `ORG#${orgId}#MEMBERSHIP#${userId}`;
}

/**
 * Makes a user a member of an organisation. A new default leaves the old one in place, because the real server's clean-up
 * matches nothing. Throws the 404 of the user, and request_malformed for a domain that is not allowed, a full organisation
 * or a user who is already a member. FIDELITY: Memberships.
 */
export async function addMembership(
  request: FastifyRequest,
  organization: Organization,
  { orgId, email, role, isDefault }: MembershipRequest,
): Promise<Resource<Membership>> {
  refuseForeignDomain(organization, orgId, domainOf(email));
  const { id: userId } = await userByEmail(request, email);
  const id = membershipIdOf(orgId, userId);
  return request.resources.insert(memberships, (existing) => {
    const members = existing.filter(({ tenant }) => tenant === orgId);
    if (organization.subscriptionTier === 'FREE' && members.length >= maxMembershipsPerOrg) {
      fail('request_malformed', { problem: 'Membership limit reached' });
    }
    if (members.some((member) => member.id === id)) {
      fail('request_malformed', { problem: `User ${email} is already in organization ${orgId}` });
    }
    return { id, tenant: orgId, name: null, createdAt: request.now, data: { userId, role, default: isDefault } };
  });
}

/** Gives a member another role, without a check of the organisation. Throws the 404 of the user or the membership. */
export async function changeRole(
  request: FastifyRequest,
  orgId: string,
  email: string,
  role: Role,
): Promise<Resource<Membership>> {
  const { id: userId } = await userByEmail(request, email);
  const id = membershipIdOf(orgId, userId);
  const changed = await request.resources.change(memberships, id, (membership) => ({ ...membership, role }));
  return changed ?? refuseMissingMembership(request, userId, orgId);
}

/**
 * Ends a membership. No other membership becomes the default, because the real server's rule for that matches nothing.
 * Throws the 404 of the user or the membership.
 */
export async function removeMembership(request: FastifyRequest, orgId: string, email: string): Promise<void> {
  const { id: userId } = await userByEmail(request, email);
  const isRemoved = await request.resources.remove(memberships, membershipIdOf(orgId, userId));
  if (!isRemoved) refuseMissingMembership(request, userId, orgId);
}

/** Ends every membership of an organisation. */
export async function removeMembershipsOf({ resources }: FastifyRequest, orgId: string): Promise<void> {
  for (const { id } of await resources.list(memberships, orgId)) await resources.remove(memberships, id);
}

/** Makes one membership of a user the only default. Throws the 404 of the organisation or the membership. */
export async function setDefaultMembership(request: FastifyRequest, orgId: string, userId: string): Promise<void> {
  await organizationOf(request, orgId);
  const own = await membershipsOfUser(request, userId);
  const isMember = own.some(({ tenant }) => tenant === orgId) && (await request.resources.get(users, userId)) !== undefined;
  if (!isMember) refuseMissingMembership(request, userId, orgId);
  for (const { id, tenant } of own) {
    await request.resources.change(memberships, id, (membership) => ({ ...membership, default: tenant === orgId }));
  }
}

/** The memberships of a user; an unknown user has none. */
export async function membershipsOfUser({ resources }: FastifyRequest, userId: string): Promise<Resource<Membership>[]> {
  return (await resources.list(memberships)).filter(({ data }) => data.userId === userId);
}

/** Organisations on the free tier accept users of every domain. */
function refuseForeignDomain({ subscriptionTier, emailDomains }: Organization, orgId: string, domain: string): void {
  if (subscriptionTier === 'FREE' || emailDomains === '') return;
  const allowed = emailDomains.split(',').map((one) => one.trim().toLowerCase());
  if (allowed.includes(domain.toLowerCase())) return;
  const problem = `Cannot add user with email domain ${domain} to org ${orgId}: org memberships restricted to domains ${emailDomains}`;
  fail('request_malformed', { problem });
}

function refuseMissingMembership(request: FastifyRequest, userId: string, orgId: string): never {
  throw new WireError(handledError(request, 404, 'MembershipNotFound', notFound('Membership', `${userId}/${orgId}`)));
}
