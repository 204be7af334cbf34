import { toIsoSeconds } from '../../../../clock.ts';
import type { Resource } from '../../../../core/resource-store.ts';
import type { RocksetProfile } from '../../profiles.ts';
import type { OrganizationView } from '../organizations/account-schemas.ts';
import { type Organization, toBareView, toEmbeddedView } from '../organizations/organizations.ts';
import type { UserView } from './schemas.ts';
import type { User } from './users.ts';

const dayMs = 24 * 3_600_000;

/** A user with the organization that this is a membership of. */
export interface Membership {
  readonly user: Resource<User>;
  readonly organization: Resource<Organization>;
}

/** A user in the answers about others, lists among them: one membership, which names its organization only by id. */
export function toUserView(user: Resource<User>): UserView {
  return viewOf(user, null, [membershipView(user, toBareView(user.tenant))]);
}

/** A user in the answer to an invitation: the membership shows its organization, in the eras that did. */
export function toInvitedView({ user, organization }: Membership, profile: RocksetProfile): UserView {
  return viewOf(user, null, [membershipView(user, organizationView(organization, profile))]);
}

/** A user in the answer about oneself: every organization that one belongs to. */
export function toSelfView(user: Resource<User>, memberships: readonly Membership[], profile: RocksetProfile): UserView {
  const orgs = memberships.map(({ organization }) => toEmbeddedView(organization));
  return viewOf(
    user,
    orgs,
    memberships.map((one) => membershipView(one.user, organizationView(one.organization, profile))),
  );
}

/** Recorded: nothing is left of a deleted user but the address. */
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
    ...{ created_at: toIsoSeconds(createdAt), email, first_name, last_name, phone_number, roles: [...roles], state },
    ...{ org: tenant, invite_state, orgs, org_memberships: memberships, country: null, accepted_marketing_content: null },
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
    // An invitation lives for a day, and its instants stay when it was accepted.
    expires_at: toIsoSeconds(createdAt + dayMs),
    created_at: toIsoSeconds(createdAt),
  };
}

function organizationView(organization: Resource<Organization>, { detailsMemberships }: RocksetProfile): OrganizationView {
  return detailsMemberships ? toEmbeddedView(organization) : toBareView(organization.id);
}
