import { toIsoSeconds } from '../../../../clock.ts';
import type { Resource } from '../../../../core/resource-store.ts';
import { type Organization, toBareView, toEmbeddedView } from '../organizations/organizations.ts';
import type { OrganizationView } from '../organizations/schemas.ts';
import type { UserView } from './schemas.ts';
import type { User } from './users.ts';

const dayMs = 24 * 3_600_000;

/** A user of an organization, with that organization. */
export interface Membership {
  readonly user: Resource<User>;
  readonly organization: Resource<Organization>;
}

/** A user in lists and in answers about other users: one membership, whose organization has only its id. */
export function toUserView(user: Resource<User>): UserView {
  return viewOf(user, null, [membershipView(user, toBareView(user.tenant))]);
}

/** A user in the answer to an invitation, which shows the membership's organization in full. */
export function toInvitedView({ user, organization }: Membership): UserView {
  return viewOf(user, null, [membershipView(user, toEmbeddedView(organization))]);
}

/** The principal in the answer to `getCurrentUser`: with all the organizations that the user belongs to. */
export function toSelfView(user: Resource<User>, memberships: readonly Membership[]): UserView {
  const orgs = memberships.map(({ organization }) => toEmbeddedView(organization));
  return viewOf(
    user,
    orgs,
    memberships.map((one) => membershipView(one.user, toEmbeddedView(one.organization))),
  );
}

/** Recorded: the answer to a deletion has the address, and null in every other field. */
export function toDeletedView({ data: { email } }: Resource<User>) {
  return {
    created_at: null,
    email,
    first_name: null,
    last_name: null,
    phone_number: null,
    roles: null,
    state: null,
    org: null,
    invite_state: null,
    orgs: null,
    org_memberships: null,
    country: null,
    accepted_marketing_content: null,
  };
}

function viewOf(
  { data, tenant, createdAt }: Resource<User>,
  orgs: OrganizationView[] | null,
  memberships: UserView['org_memberships'],
): UserView {
  const { email, first_name, last_name, phone_number, roles, state, invite_state } = data;
  return {
    created_at: toIsoSeconds(createdAt),
    email,
    first_name,
    last_name,
    phone_number,
    roles: [...roles],
    state,
    org: tenant,
    invite_state,
    orgs,
    org_memberships: memberships,
    country: null,
    accepted_marketing_content: null,
  };
}

function membershipView(
  { data: { roles, invite_state, invited_by }, createdAt }: Resource<User>,
  organization: OrganizationView,
): UserView['org_memberships'][number] {
  return {
    organization,
    roles: [...roles],
    invite_state,
    invited_by,
    email: null,
    // An invitation is valid for a day; these instants stay after it was accepted.
    expires_at: toIsoSeconds(createdAt + dayMs),
    created_at: toIsoSeconds(createdAt),
  };
}
