import type { ApiKey } from '../../../../core/api-key.ts';
import type { MaybePromise } from '../../../../core/at-once.ts';
import { type Resource, type ResourceStore, resourceKind } from '../../../../core/resource-store.ts';
import type { ErrorReply } from '../../../../provider/provider.ts';
import { notFound } from '../../wire/errors.ts';

/** A user as a member of one organization. A member of several organizations is a resource in each of them. */
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

/** The id of a user's resource: an address is unique only within its organization, so the id contains both. */
export function userId(tenant: string, email: string): string {
  return `${tenant}/${email}`;
}

/** A user of an organization, by e-mail address in lower case. */
export function findUser(
  resources: Pick<ResourceStore, 'get'>,
  tenant: string,
  email: string,
): MaybePromise<Resource<User> | undefined> {
  return resources.get(users, userId(tenant, email));
}

/** The address that `{user}` of a path stands for: the key owner's for `self`, otherwise as given, in lower case. */
export function emailOfPath(user: string, key: ApiKey): string {
  return user === 'self' ? key.owner : user.toLowerCase();
}

/** The 404 for a user; `user` as the path has it. */
export function userNotFound(user: string): ErrorReply {
  return notFound(`User "${user}" not found`);
}
