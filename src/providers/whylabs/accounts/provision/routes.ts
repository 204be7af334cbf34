import type { FastifyRequest } from 'fastify';
import type { ProviderScope } from '../../../../provider/provider.ts';
import { answers } from '../../wire/answers.ts';
import { bodyOf, flagField, textField, withBodies, wordField } from '../../wire/body.ts';
import { subscriptionTiers } from '../../wire/java-enum.ts';
import { provision, type SignUp } from './provision.ts';
import { ProvisionNewUserRequest, ProvisionNewUserResponse } from './schemas.ts';

/** The sign-up of a new user. */
export function addProvisionRoutes(scope: ProviderScope): void {
  withBodies(scope, addProvisionNewUser);
}

function addProvisionNewUser(scope: ProviderScope): void {
  scope.post(
    '/v0/provision/new-user',
    {
      config: { requires: 'WhyLabs itself' },
      schema: {
        operationId: 'ProvisionNewUser',
        tags: ['Provision'],
        summary: 'Create the resources that a new user needs to use WhyLabs via the website.',
        body: ProvisionNewUserRequest,
        response: answers(ProvisionNewUserResponse),
      },
    },
    async (request) => provision(request, readSignUp(request)),
  );
}

/** Binds the arguments, in the order in which the real server reports what is missing. Throws request_invalid. */
function readSignUp(request: FastifyRequest): SignUp {
  const body = bodyOf(request, 'ProvisionNewUserRequest');
  const [email, orgName, modelName] = [textField(body, 'email'), textField(body, 'orgName'), textField(body, 'modelName')];
  const subscriptionTier = wordField(body, 'subscriptionTier', subscriptionTiers);
  const sent = flagField(body, 'expectExisting');
  return { email, orgName, modelName, subscriptionTier, expectExisting: sent === undefined ? false : sent };
}
