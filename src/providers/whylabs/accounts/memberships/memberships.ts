import type { FastifyRequest } from 'fastify';
import { fail } from '../../../../core/errors.ts';
import { type Resource, resourceKind } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { handledError, notFound } from '../../wire/errors.ts';
import type { Role } from '../../wire/java-enum.ts';
import { type Organization, organizationOf } from '../organizations/organizations.ts';
import { domainOf, userByEmail, users } from '../users/users.ts';

const maxMembershipsPerOrg = 25;

/** That a user belongs to an organisation, which is its resource's tenant. Keys take no notice of it. */
export interface Membership {
  readonly userId: string;
  readonly role: Role;
  /** Whether the user is shown this organisation first. */
  readonly default: boolean;
}

export const memberships = resourceKind<Membership>('membership');

/** A membership as answers to changes show it. */
export interface MembershipMetadata {
  readonly orgId: string;
  readonly role: Role;
  readonly userId: string;
  readonly default: boolean;
}

/** What a creation asks for. */
export interface MembershipRequest {
  readonly orgId: string;
  /** As it was sent: errors repeat it. */
  readonly email: string;
  readonly role: Role;
  readonly isDefault: boolean;
}

/** The key of the real store. */
export function membershipIdOf(orgId: string, userId: string): string {
  return `ORG#${orgId}#MEMBERSHIP#${userId}`;
}

/**
 * Makes a user a member. A new default leaves the old one as it was: the real server's clean-up matches nothing. Throws
 * the 404 of the organisation or the user, and request_malformed for a foreign domain, a full organisation or a member.
 */
export async function addMembership(
  request: FastifyRequest,
  { orgId, email, role, isDefault }: MembershipRequest,
): Promise<MembershipMetadata> {
  const organization = await organizationOf(request, orgId);
  refuseForeignDomain(organization, orgId, domainOf(email));
  const { id: userId } = await userByEmail(request, email);
  const id = membershipIdOf(orgId, userId);
  const added = await request.resources.insert(memberships, (existing) => {
    const members = existing.filter(({ tenant }) => tenant === orgId);
    if (organization.subscriptionTier === 'FREE' && members.length >= maxMembershipsPerOrg) {
      fail('request_malformed', { problem: 'Membership limit reached' });
    }
    if (members.some((member) => member.id === id)) {
      fail('request_malformed', { problem: `User ${email} is already in organization ${orgId}` });
    }
    return { id, tenant: orgId, name: null, createdAt: request.now, data: { userId, role, default: isDefault } };
  });
  return toMetadata(added);
}

/** Gives a member another role; whether there is the organisation is not asked. Throws the 404 of the user or the membership. */
export async function changeRole(request: FastifyRequest, orgId: string, email: string, role: Role): Promise<MembershipMetadata> {
  const { id: userId } = await userByEmail(request, email);
  const id = membershipIdOf(orgId, userId);
  const changed = await request.resources.change(memberships, id, (membership) => ({ ...membership, role }));
  return toMetadata(changed ?? refuseMissingMembership(request, userId, orgId));
}

/** Ends a membership. No other one becomes the default: the real server's rule for it matches nothing. Throws as `changeRole` does. */
export async function removeMembership(request: FastifyRequest, orgId: string, email: string): Promise<void> {
  const { id: userId } = await userByEmail(request, email);
  const wasThere = await request.resources.remove(memberships, membershipIdOf(orgId, userId));
  if (!wasThere) refuseMissingMembership(request, userId, orgId);
}

/** Ends every membership of an organisation. */
export async function removeMembershipsOf({ resources }: FastifyRequest, orgId: string): Promise<void> {
  for (const { id } of await resources.list(memberships, orgId)) await resources.remove(memberships, id);
}

/** Makes one of a user's memberships the default, and the others none. Throws the 404 of the organisation or the membership. */
export async function setDefaultMembership(request: FastifyRequest, orgId: string, userId: string): Promise<void> {
  await organizationOf(request, orgId);
  const own = await membershipsOfUser(request, userId);
  const isMember = own.some(({ tenant }) => tenant === orgId) && (await request.resources.get(users, userId)) !== undefined;
  if (!isMember) refuseMissingMembership(request, userId, orgId);
  for (const { id, tenant } of own) {
    await request.resources.change(memberships, id, (membership) => ({ ...membership, default: tenant === orgId }));
  }
}

/** The memberships of a user: none of a user who is not known. */
export async function membershipsOfUser({ resources }: FastifyRequest, userId: string): Promise<Resource<Membership>[]> {
  return (await resources.list(memberships)).filter(({ data }) => data.userId === userId);
}

function toMetadata({ tenant: orgId, data: { role, userId, default: isDefault } }: Resource<Membership>): MembershipMetadata {
  return { orgId, role, userId, default: isDefault };
}

/** Organisations on the free tier take everybody, whatever their domains say. */
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
