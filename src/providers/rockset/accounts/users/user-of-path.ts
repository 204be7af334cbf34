import type { FastifyRequest } from 'fastify';
import { goOn, type MaybePromise } from '../../../../core/at-once.ts';
import type { Resource } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { principalOf } from '../../auth.ts';
import { emailOfPath, findUser, type User, userNotFound } from './users.ts';

/**
 * The user that a path names. The owner of the key that makes the request was read when the key was accepted, and is not
 * read again. Throws the 404 for a user who is not in the organization.
 */
export function userOfPath(request: FastifyRequest, user: string): MaybePromise<Resource<User>> {
  const { apiKey, resources } = request;
  const email = emailOfPath(user, apiKey);
  if (email === apiKey.owner) return principalOf(request).user;
  return goOn(findUser(resources, apiKey.tenant, email), (found) => found ?? refuseUser(user));
}

function refuseUser(user: string): never {
  throw new WireError(userNotFound(user));
}
