import type { ProviderScope } from '../../../../../provider/provider.ts';
import { NoBody } from '../../../../../provider/schemas.ts';
import { answers, HandledError, Refusals } from '../../../wire/answers.ts';
import { roles } from '../../../wire/java-enum.ts';
import { flagOf, queryOf, requiredTextOf, requiredWordOf } from '../../../wire/query.ts';
import { organizationOf } from '../../organizations/organizations.ts';
import { OrgPath } from '../../organizations/schemas.ts';
import { EmailQuery } from '../../users/schemas.ts';
import { addMembership, changeRole, removeMembership } from '../memberships.ts';
import { ListMembershipsResponse, MembershipMetadata } from '../schemas.ts';
import { toMetadata, viewsOfOrganization } from '../views.ts';
import { AddMembershipQuery, RoleQuery } from './schemas.ts';

const path = '/v0/organizations/:org_id/membership';
const config = { requires: 'memberships' };
const tags = ['Membership'];

/** The memberships of one organisation, for its administrators. All arguments are query parameters. */
export function addOrganizationMembershipRoutes(scope: ProviderScope): void {
  addList(scope);
  addCreate(scope);
  addUpdate(scope);
  addRemove(scope);
}

function addList(scope: ProviderScope): void {
  scope.get(
    path,
    {
      exposeHeadRoute: true,
      config,
      schema: {
        operationId: 'ListOrganizationMemberships',
        tags,
        summary: 'List organization memberships',
        params: OrgPath,
        response: { 200: ListMembershipsResponse, ...Refusals, 404: HandledError },
      },
    },
    async (request) => ({ memberships: await viewsOfOrganization(request, request.params.org_id) }),
  );
}

function addCreate(scope: ProviderScope): void {
  scope.post(
    path,
    {
      config,
      schema: {
        operationId: 'CreateOrganizationMembership',
        tags,
        summary: 'Create a membership for a user, making them apart of an organization.',
        params: OrgPath,
        querystring: AddMembershipQuery,
        response: answers(MembershipMetadata),
      },
    },
    async (request) => {
      const query = queryOf(request);
      const [email, role] = [requiredTextOf(query, 'email'), requiredWordOf(query, 'role', roles)];
      const isDefault = flagOf(query, 'set_default') ?? false;
      const { org_id: orgId } = request.params;
      const organization = await organizationOf(request, orgId);
      return toMetadata(await addMembership(request, organization, { orgId, email, role, isDefault }));
    },
  );
}

function addUpdate(scope: ProviderScope): void {
  scope.put(
    path,
    {
      config,
      schema: {
        operationId: 'UpdateOrganizationMembership',
        tags,
        summary: 'Updates the role in an membership',
        params: OrgPath,
        querystring: RoleQuery,
        response: answers(MembershipMetadata),
      },
    },
    async (request) => {
      const query = queryOf(request);
      const [email, role] = [requiredTextOf(query, 'email'), requiredWordOf(query, 'role', roles)];
      return toMetadata(await changeRole(request, request.params.org_id, email, role));
    },
  );
}

function addRemove(scope: ProviderScope): void {
  scope.delete(
    path,
    {
      config,
      schema: {
        operationId: 'RemoveOrganizationMembership',
        tags,
        summary: "Removes membership in a given org from a user, using the user's email address.",
        params: OrgPath,
        querystring: EmailQuery,
        response: answers(NoBody('The membership has ended')),
      },
    },
    async (request, reply) => {
      await removeMembership(request, request.params.org_id, requiredTextOf(queryOf(request), 'email'));
      return reply.send(undefined);
    },
  );
}
