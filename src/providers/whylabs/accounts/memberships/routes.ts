import type { FastifyRequest } from 'fastify';
import type { ProviderScope } from '../../../../provider/provider.ts';
import { answers, HandledError, Refusals } from '../../wire/answers.ts';
import { withBodies } from '../../wire/body.ts';
import { queryOf, requiredTextOf } from '../../wire/query.ts';
import { OrgPath } from '../organizations/schemas.ts';
import { EmailQuery, UserPath } from '../users/schemas.ts';
import { userByEmail } from '../users/users.ts';
import { addMembershipChangeRoutes } from './changes.ts';
import * as schemas from './schemas.ts';
import { viewsOfOrganization, viewsOfUser } from './views.ts';

const path = '/v0/membership';
const config = { requires: 'WhyLabs itself' };
const tags = ['Membership'];

/** Memberships of all organisations, which only WhyLabs itself looks up and changes here. */
export function addMembershipRoutes(scope: ProviderScope): void {
  addGetByEmail(scope);
  addGetDefault(scope);
  addGetOfUser(scope);
  addGetOfOrganization(scope);
  withBodies(scope, addMembershipChangeRoutes);
}

function addGetByEmail(scope: ProviderScope): void {
  scope.get(
    `${path}/user`,
    {
      exposeHeadRoute: true,
      config,
      schema: {
        operationId: 'GetMembershipsByEmail',
        tags,
        summary: "Get memberships for a user given that user's email address.",
        querystring: schemas.EmailAndClaimsQuery,
        response: answers(schemas.ListMembershipsResponse),
      },
    },
    async (request) => ({ memberships: await viewsOfUser(request, await userIdIn(request)) }),
  );
}

function addGetDefault(scope: ProviderScope): void {
  scope.get(
    `${path}/default`,
    {
      exposeHeadRoute: true,
      config,
      schema: {
        operationId: 'GetDefaultMembershipForEmail',
        tags,
        summary: 'Get the default membership for a user.',
        description: 'The first membership that is marked as the default, else the one with the lowest organisation id.',
        querystring: EmailQuery,
        response: answers(schemas.DefaultMembershipResponse),
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

function addGetOfUser(scope: ProviderScope): void {
  scope.get(
    `${path}/user/:user_id`,
    {
      exposeHeadRoute: true,
      config,
      schema: {
        operationId: 'GetMemberships',
        tags,
        summary: 'Get memberships for a user.',
        params: UserPath,
        querystring: schemas.ClaimsQuery,
        response: { 200: schemas.ListMembershipsResponse, ...Refusals },
      },
    },
    async (request) => ({ memberships: await viewsOfUser(request, request.params.user_id) }),
  );
}

function addGetOfOrganization(scope: ProviderScope): void {
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
        querystring: schemas.ClaimsQuery,
        response: { 200: schemas.ListMembershipsResponse, ...Refusals, 404: HandledError },
      },
    },
    async (request) => ({ memberships: await viewsOfOrganization(request, request.params.org_id) }),
  );
}

async function userIdIn(request: FastifyRequest): Promise<string> {
  return (await userByEmail(request, requiredTextOf(queryOf(request), 'email'))).id;
}
