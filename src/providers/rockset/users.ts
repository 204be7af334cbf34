import type { FastifyRequest } from 'fastify';
import { toIsoSeconds } from '../../clock.ts';
import type { ApiKey } from '../../core/api-key.ts';
import { type Resource, type ResourceStore, resourceKind } from '../../core/resource-store.ts';
import { WireError } from '../../http/provider.ts';
import { notFound } from './errors.ts';
import { type Organization, toBareView, toEmbeddedView } from './organizations.ts';
import type { RocksetProfile } from './profiles.ts';
import type { UserView } from './schemas.ts';

const dayMs = 24 * 3_600_000;

/** A user. Its resource has the e-mail address in lower case as id, as the real server stores it. */
export interface User {
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly roles: readonly string[];
  readonly state: 'NEW' | 'ACTIVE';
  readonly invite_state: 'PENDING' | 'ACCEPTED';
  readonly invited_by: string | null;
}

export const users = resourceKind<User>('user');

/** A user of an organization, by e-mail address in lower case. */
export async function findUser(resources: ResourceStore, tenant: string, email: string): Promise<Resource<User> | undefined> {
  const user = await resources.get(users, email);
  return user?.tenant === tenant ? user : undefined;
}

/** The address that `{user}` of a path means: of the key's owner for `self`, else as given, in lower case. */
export function emailMeant(user: string, key: ApiKey): string {
  return user === 'self' ? key.owner : user.toLowerCase();
}

/** The owner whose keys a path means. Throws the 404 for somebody who is not in the organization. */
export async function ownerMeant(request: FastifyRequest, user: string): Promise<string> {
  const email = emailMeant(user, request.apiKey);
  // The key's own owner was found when the key was accepted.
  if (email === request.apiKey.owner) return email;
  const found = await findUser(request.resources, request.apiKey.tenant, email);
  if (found === undefined) throw new WireError(notFound(`User "${user}" not found`));
  return email;
}

/** A user, as `GET /v1/orgs/self/users/self` shows it: organizations in full, one membership. */
export function toUserView(user: Resource<User>, organization: Resource<Organization>, profile: RocksetProfile): UserView {
  const { roles, invite_state, invited_by, first_name, last_name, state } = user.data;
  const createdAt = toIsoSeconds(user.createdAt);
  return {
    created_at: createdAt,
    email: user.id,
    first_name,
    last_name,
    phone_number: null,
    roles: [...roles],
    state,
    org: organization.id,
    invite_state,
    orgs: [toEmbeddedView(organization)],
    org_memberships: [
      {
        organization: profile.detailsMemberships ? toEmbeddedView(organization) : toBareView(organization),
        roles: [...roles],
        invite_state,
        invited_by,
        email: null,
        // An invitation lives for a day, and its instants stay when it was accepted.
        expires_at: toIsoSeconds(user.createdAt + dayMs),
        created_at: createdAt,
      },
    ],
    country: null,
    accepted_marketing_content: null,
  };
}
