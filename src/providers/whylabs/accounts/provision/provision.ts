import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { fail } from '../../../../core/errors.ts';
import { addModel } from '../../models/models.ts';
import type { SubscriptionTier } from '../../wire/java-enum.ts';
import { membershipIdOf, memberships } from '../memberships/memberships.ts';
import { blankOrganization, createOrganization } from '../organizations/organizations.ts';
import { createUser, findUser, refuseTaken } from '../users/users.ts';
import type { ProvisionNewUserResponse } from './schemas.ts';

/** The arguments of a sign-up. */
export interface SignUp {
  readonly email: string;
  readonly orgName: string;
  readonly modelName: string;
  readonly subscriptionTier: SubscriptionTier;
  /** Whether a user must have the address already; null allows both. */
  readonly expectExisting: boolean | null;
}

/**
 * Makes a user, an organisation with that user as its administrator, and a model in it. Throws request_malformed if the
 * user exists against the expectation, or does not. FIDELITY: Signing up and models.
 */
export async function provision(request: FastifyRequest, asked: SignUp): Promise<Static<typeof ProvisionNewUserResponse>> {
  const userId = await ensureUser(request, asked);
  const blank = blankOrganization(asked.orgName, request.now);
  const organization = { ...blank, subscriptionTier: asked.subscriptionTier, useCloudFront: true };
  const { id: orgId } = await createOrganization(request, organization);
  const data = { userId, role: 'ADMIN' as const, default: true };
  const id = membershipIdOf(orgId, userId);
  await request.resources.put(memberships, { id, tenant: orgId, name: null, createdAt: request.now, data });
  return { userId, orgId, modelId: await addModel(request, orgId, asked.modelName) };
}

/** The user with the address, who is created if there is none; the form of the address is not checked. */
async function ensureUser(request: FastifyRequest, { email, expectExisting }: SignUp): Promise<string> {
  const user = await findUser(request, email);
  if (user === undefined && expectExisting === true) {
    fail('request_malformed', { problem: 'Expected user to exist, but no matching users found.' });
  }
  if (user !== undefined && expectExisting === false) refuseTaken();
  return (user ?? (await createUser(request, email))).id;
}
