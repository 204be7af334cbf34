import type { Instant } from '../../../../clock.ts';
import { type Resource, type ResourceStore, resourceKind } from '../../../../core/resource-store.ts';

/** A user; its resource has the id as text, and the user name (lower case) as name. */
export interface User {
  readonly id: number;
  readonly username: string;
  /** 1 upload, 2 user, 10 administrator; `estuary setup` makes a user of level 100. */
  readonly level: number;
  /** Whatever the client sent at registration; the server does not read it. */
  readonly passwordHash: string;
  readonly email: string;
  readonly flags: number;
  /** Whether the user must not add contents. */
  readonly storageDisabled: boolean;
  /** A Filecoin address; empty if none is set. */
  readonly address: string;
  /** Addresses of the storage providers that the user has claimed. */
  readonly miners: readonly string[];
}

export const users = resourceKind<User>('user');

/** The one tenant of all users and keys: the real service has no organisations. */
export const tenant = 'estuary';

/** A user with the values that a registration sets, unless `facts` say otherwise. */
export function newUser(facts: Pick<User, 'id' | 'username' | 'passwordHash'> & Partial<User>): User {
  return { level: 2, email: '', flags: 0, storageDisabled: false, address: '', miners: [], ...facts };
}

/** A user as the store keeps it. */
export function userResource(user: User, createdAt: Instant): Resource<User> {
  return { id: String(user.id), tenant, name: user.username, createdAt, data: user };
}

/** Stores a new user under the next id. Throws ResourceNameTakenError if the name is taken. */
export async function addUser(
  resources: ResourceStore,
  facts: Pick<User, 'username' | 'passwordHash'>,
  now: Instant,
): Promise<User> {
  const { data } = await resources.insert(users, (existing) => userResource(newUser({ ...facts, id: nextId(existing) }), now));
  return data;
}

/** The next id that a counting database gives: one more than the highest. */
export function nextId(existing: readonly Resource<{ readonly id: number }>[]): number {
  return 1 + existing.reduce((highest, { data }) => Math.max(highest, data.id), 0);
}
