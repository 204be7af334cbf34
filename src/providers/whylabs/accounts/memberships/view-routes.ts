import type { FastifyRequest } from 'fastify';
import type { ProviderScope } from '../../../../provider/provider.ts';
import { answers, HandledError, OrgPath, Refusals } from '../../keys/schemas.ts';
import { queryOf, requiredTextOf } from '../../wire/query.ts';
import * as wire from '../organizations/account-schemas.ts';
import { userByEmail } from '../users/users.ts';
import { viewsOfOrganization, viewsOfUser } from './views.ts';

const path = '/v0/membership';
const config = { requires: 'WhyLabs itself' };
const tags = ['Membership'];

/** Looking up who belongs where, across organisations. */
export function addMembershipViewRoutes(scope: ProviderScope): void {
  addViewsByEmail(scope);

  scope.get(
    `${path}/user/:user_id`,
    {
      exposeHeadRoute: true,
      config,
      schema: {
        operationId: 'GetMemberships',
        tags,
        summary: 'Get memberships for a user.',
        params: wire.UserPath,
        querystring: wire.ClaimsQuery,
        response: { 200: wire.ListMembershipsResponse, ...Refusals },
      },
    },
    async (request) => ({ memberships: await viewsOfUser(request, request.params.user_id) }),
  );

  scope.get(
    `${path}/org/:org_id`,
    {
      exposeHeadRoute: true,
      config,
      schema: {
        operationId: 'GetMembershipsByOrg',
        tags,
        summary: 'Get memberships for an org.',
        params: OrgPath,
        querystring: wire.ClaimsQuery,
        response: { 200: wire.ListMembershipsResponse, ...Refusals, 404: HandledError },
      },
    },
    async (request) => ({ memberships: await viewsOfOrganization(request, request.params.org_id) }),
  );
}

function addViewsByEmail(scope: ProviderScope): void {
  scope.get(
    `${path}/user`,
    {
      exposeHeadRoute: true,
      config,
      schema: {
        operationId: 'GetMembershipsByEmail',
        tags,
        summary: "Get memberships for a user given that user's email address.",
        querystring: wire.EmailAndClaimsQuery,
        response: answers(wire.ListMembershipsResponse),
      },
    },
    async (request) => ({ memberships: await viewsOfUser(request, await userIdIn(request)) }),
  );

  scope.get(
    `${path}/default`,
    {
      exposeHeadRoute: true,
      config,
      schema: {
        operationId: 'GetDefaultMembershipForEmail',
        tags,
        summary: 'Get the default membership for a user.',
        description: 'The first that is marked so, else the one of the lowest organisation id.',
        querystring: wire.EmailQuery,
        response: answers(wire.DefaultMembershipResponse),
      },
    },
    async (request) => {
      const own = await viewsOfUser(request, await userIdIn(request));
      const [lowest] = own.toSorted((one, other) => (one.orgId < other.orgId ? -1 : 1));
      const membership = own.find((one) => one.default) ?? lowest;
      return membership === undefined ? {} : { membership };
    },
  );
}

async function userIdIn(request: FastifyRequest): Promise<string> {
  return (await userByEmail(request, requiredTextOf(queryOf(request), 'email'))).id;
}
