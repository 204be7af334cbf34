import type { FastifyRequest } from 'fastify';
import type { Resource } from '../../../../core/resource-store.ts';
import type { ProviderScope } from '../../../../provider/provider.ts';
import { Acknowledgement, answers, HandledError, Refusals } from '../../wire/answers.ts';
import { refuseMissingResource } from '../../wire/errors.ts';
import { requestIdOf } from '../../wire/request-id.ts';
import { removeMembershipsOf } from '../memberships/memberships.ts';
import {
  createOrganization,
  knownOrganization,
  type Organization,
  organizationOf,
  organizations,
  refuseDeleted,
} from './organizations.ts';
import { readOrganizationRequest, readOrganizationUpdate } from './request.ts';
import * as schemas from './schemas.ts';
import { toCreatedSummary, toMetadata, toSummary } from './views.ts';

const path = '/v0/organizations';
const config = { requires: 'WhyLabs itself' };
const tags = ['Organizations'];

/** Organisations, which only WhyLabs itself manages. */
export function addOrganizationRoutes(scope: ProviderScope): void {
  addCreate(scope);
  addList(scope);
  addGet(scope);
  addUpdate(scope);
  addDelete(scope);
}

function addCreate(scope: ProviderScope): void {
  scope.post(
    path,
    {
      config,
      schema: {
        operationId: 'CreateOrganization',
        tags,
        summary: 'Create an organization',
        querystring: schemas.CreateOrganizationQuery,
        response: answers(schemas.OrganizationSummary),
      },
    },
    async (request) => {
      const { organization, overrideId } = readOrganizationRequest(request);
      return toCreatedSummary(await createOrganization(request, organization, overrideId));
    },
  );
}

function addList(scope: ProviderScope): void {
  scope.get(
    path,
    {
      exposeHeadRoute: true,
      config,
      schema: {
        operationId: 'ListOrganizations',
        tags,
        summary: 'Get a list of all of the organization ids.',
        response: { 200: schemas.ListOrganizationsResponse, ...Refusals },
      },
    },
    async ({ resources }) => {
      const listed = (await resources.list(organizations)).filter(({ data }) => !data.deleted);
      return { items: listed.map(toSummary), internal: true };
    },
  );
}

function addGet(scope: ProviderScope): void {
  scope.get(
    `${path}/:org_id`,
    {
      exposeHeadRoute: true,
      config,
      schema: {
        operationId: 'GetOrganization',
        tags,
        summary: 'Get the metadata about an organization.',
        params: schemas.OrgPath,
        response: { 200: schemas.OrganizationMetadata, ...Refusals, 404: HandledError },
      },
    },
    async (request) => toMetadata(request.params.org_id, await organizationOf(request, request.params.org_id)),
  );
}

function addUpdate(scope: ProviderScope): void {
  scope.put(
    `${path}/partial/:org_id`,
    {
      config,
      schema: {
        operationId: 'PartiallyUpdateOrganization',
        tags,
        summary: 'Update some fields of an organization to non-null values',
        params: schemas.OrgPath,
        querystring: schemas.UpdateOrganizationQuery,
        response: answers(schemas.OrganizationSummary),
      },
    },
    async (request) => toSummary(await changeLive(request, request.params.org_id, readOrganizationUpdate(request))),
  );
}

function addDelete(scope: ProviderScope): void {
  scope.delete(
    `${path}/:org_id`,
    {
      config,
      schema: {
        operationId: 'DeleteOrganization',
        tags,
        summary: 'Delete an org',
        description: 'Marks the organisation as deleted and ends its memberships. Its keys stay, and still authenticate.',
        params: schemas.OrgPath,
        response: { 200: Acknowledgement, ...Refusals, 404: HandledError },
      },
    },
    async (request) => {
      const { org_id: id } = request.params;
      // The real server has other words for an organisation that never existed than for a deleted one.
      await knownOrganization(request, id, "Org doesn't exist");
      await changeLive(request, id, (organization) => ({ ...organization, deleted: true }));
      await removeMembershipsOf(request, id);
      return { requestId: requestIdOf(request) };
    },
  );
}

/** Changes an organisation that is not deleted. Throws the real server's 404. */
async function changeLive(
  request: FastifyRequest,
  id: string,
  decide: (organization: Organization) => Organization,
): Promise<Resource<Organization>> {
  const changed = await request.resources.change(organizations, id, (organization) => {
    refuseDeleted(request, id, organization);
    return decide(organization);
  });
  return changed ?? refuseMissingResource(request, 'Organization', id);
}
