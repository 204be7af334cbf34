import { resourceKind } from '../../core/resource-store.ts';

/** A user; its resource has the id as text, and the user name (lower case) as name. */
export interface User {
  readonly id: number;
  readonly username: string;
  /** 1 upload, 2 user, 10 admin; `setup` makes users of 100. */
  readonly level: number;
  /** Opaque to the server: whatever the client sent at registration. */
  readonly passwordHash: string;
}

export const users = resourceKind<User>('user');

/** All users live in one boundary: the real service has no organisations. */
export const tenant = 'estuary';
