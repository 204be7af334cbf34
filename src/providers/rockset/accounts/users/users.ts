import type { FastifyRequest } from 'fastify';
import type { ApiKey } from '../../../../core/api-key.ts';
import { type Resource, type ResourceStore, resourceKind } from '../../../../core/resource-store.ts';
import { type ErrorReply, WireError } from '../../../../provider/provider.ts';
import { notFound } from '../../wire/errors.ts';

/** A user as a member of one organization: who belongs to several is a resource in each of them. */
export interface User {
  /** In lower case, as the real server stores it. */
  readonly email: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly phone_number: string | null;
  readonly roles: readonly string[];
  readonly state: 'NEW' | 'ACTIVE';
  readonly invite_state: 'PENDING' | 'ACCEPTED';
  readonly invited_by: string | null;
}

export const users = resourceKind<User>('user');

/** An address is unique in its organization alone, so the resource's id names both. */
export function userId(tenant: string, email: string): string {
  return `${tenant}/${email}`;
}

/** A user of an organization, by e-mail address in lower case. */
export function findUser(
  resources: Pick<ResourceStore, 'get'>,
  tenant: string,
  email: string,
): Promise<Resource<User> | undefined> {
  return resources.get(users, userId(tenant, email));
}

/** The address that `{user}` of a path means: of the key's owner for `self`, else as given, in lower case. */
export function emailMeant(user: string, key: ApiKey): string {
  return user === 'self' ? key.owner : user.toLowerCase();
}

/** The user whom a path means. Throws the 404 for somebody who is not in the organization. */
export async function userMeant({ resources, apiKey }: FastifyRequest, user: string): Promise<Resource<User>> {
  const found = await findUser(resources, apiKey.tenant, emailMeant(user, apiKey));
  if (found === undefined) throw new WireError(userNotFound(user));
  return found;
}

export function userNotFound(user: string): ErrorReply {
  return notFound(`User "${user}" not found`);
}
