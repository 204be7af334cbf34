import type { FastifyRequest } from 'fastify';
import type { Resource } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { principalOf } from '../../auth.ts';
import { emailOfPath, findUser, type User, userNotFound } from './users.ts';

/**
 * The user that a path names. The owner of the key that makes the request was read when the key was accepted, and is not
 * read again. Rejects with the 404 for a user who is not in the organization.
 */
export function userOfPath(request: FastifyRequest, user: string): Resource<User> | Promise<Resource<User>> {
  const { apiKey } = request;
  const email = emailOfPath(user, apiKey);
  return email === apiKey.owner ? principalOf(request).user : readUser(request, email, user);
}

async function readUser({ resources, apiKey }: FastifyRequest, email: string, user: string): Promise<Resource<User>> {
  const found = await findUser(resources, apiKey.tenant, email);
  if (found === undefined) throw new WireError(userNotFound(user));
  return found;
}
