import type { FastifyRequest } from 'fastify';
import { fail } from '../../../../core/errors.ts';
import type { ProviderScope } from '../../../../provider/provider.ts';
import { answers } from '../../keys/schemas.ts';
import { addModel } from '../../models/models.ts';
import { bodyOf, flagField, textField, wordField } from '../../wire/body.ts';
import { subscriptionTiers } from '../../wire/java-enum.ts';
import { membershipIdOf, memberships } from '../memberships/memberships.ts';
import { createUser, findUser, refuseTaken } from '../users/users.ts';
import * as wire from './account-schemas.ts';
import { blankOrganization, createOrganization } from './organizations.ts';

/** Signing up: a user with an organisation of their own, and a model in it. */
export function addProvisionRoutes(scope: ProviderScope): void {
  scope.post(
    '/v0/provision/new-user',
    {
      config: { requires: 'WhyLabs itself' },
      schema: {
        operationId: 'ProvisionNewUser',
        tags: ['Provision'],
        summary: 'Create the resources that a new user needs to use WhyLabs via the website.',
        body: wire.ProvisionNewUserRequest,
        response: answers(wire.ProvisionNewUserResponse),
      },
    },
    async (request) => {
      const body = bodyOf(request, 'ProvisionNewUserRequest');
      const [email, orgName, modelName] = [textField(body, 'email'), textField(body, 'orgName'), textField(body, 'modelName')];
      const subscriptionTier = wordField(body, 'subscriptionTier', subscriptionTiers);
      const userId = await ensureUser(request, email, flagField(body, 'expectExisting'));
      const organization = { ...blankOrganization(orgName, request.now), subscriptionTier, useCloudFront: true };
      const { id: orgId } = await createOrganization(request, organization);
      const data = { userId, role: 'ADMIN' as const, default: true };
      const id = membershipIdOf(orgId, userId);
      await request.resources.put(memberships, { id, tenant: orgId, name: null, createdAt: request.now, data });
      return { userId, orgId, modelId: await addModel(request, orgId, modelName) };
    },
  );
}

/**
 * The user with an address, who is created where there is none, whatever the form of the address. An expectation that was
 * not sent is that there is none; one that was sent as null is none. Throws request_malformed where it is not met.
 */
async function ensureUser(request: FastifyRequest, email: string, expectExisting: boolean | null = false): Promise<string> {
  const user = await findUser(request, email);
  if (user === undefined && expectExisting === true) {
    fail('request_malformed', { problem: 'Expected user to exist, but no matching users found.' });
  }
  if (user !== undefined && expectExisting === false) refuseTaken();
  return (user ?? (await createUser(request, email))).id;
}
