import type { FastifyRequest } from 'fastify';
import { fail } from '../../../../core/errors.ts';
import type { ProviderScope } from '../../../../provider/provider.ts';
import { Acknowledgement, answers } from '../../wire/answers.ts';
import { type Body, bodyOf, flagField, optionalTextField, textField, wordField } from '../../wire/body.ts';
import { roles } from '../../wire/java-enum.ts';
import { requestIdOf } from '../../wire/request-id.ts';
import { type Organization, organizationOf } from '../organizations/organizations.ts';
import { addMembership, changeRole, type MembershipRequest, removeMembership, setDefaultMembership } from './memberships.ts';
import * as schemas from './schemas.ts';
import { toMetadata } from './views.ts';

const path = '/v0/membership';
const config = { requires: 'WhyLabs itself' };
const tags = ['Membership'];

/** The routes that change memberships, whose arguments come in bodies. */
export function addMembershipChangeRoutes(scope: ProviderScope): void {
  addCreate(scope);
  addUpdate(scope);
  addRemove(scope);
  addSetDefault(scope);
}

function addCreate(scope: ProviderScope): void {
  scope.post(
    path,
    {
      config,
      schema: {
        operationId: 'CreateMembership',
        tags,
        summary: 'Create a membership for a user, making them apart of an organization.',
        body: schemas.AddMembershipRequest,
        response: answers(schemas.MembershipMetadata),
      },
    },
    async (request) => {
      const body = bodyOf(request, 'AddMembershipRequest');
      const { orgId, email, role } = readMember(body);
      optionalTextField(body, 'createdBy');
      const isDefault = flagField(body, 'default') ?? false;
      const organization = await changeableOrganization(request, orgId);
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
        operationId: 'UpdateMembershipByEmail',
        tags,
        summary: 'Updates the role in an membership',
        body: schemas.UpdateMembershipRequest,
        response: answers(schemas.MembershipMetadata),
      },
    },
    async (request) => {
      const body = bodyOf(request, 'UpdateMembershipRequest');
      const { orgId, email, role } = readMember(body);
      await changeableOrganization(request, orgId);
      return toMetadata(await changeRole(request, orgId, email, role));
    },
  );
}

function addRemove(scope: ProviderScope): void {
  scope.delete(
    path,
    {
      config,
      schema: {
        operationId: 'RemoveMembershipByEmail',
        tags,
        summary: "Removes membership in a given org from a user, using the user's email address.",
        body: schemas.RemoveMembershipRequest,
        response: answers(Acknowledgement),
      },
    },
    async (request) => {
      const body = bodyOf(request, 'RemoveMembershipRequest');
      const [orgId, email] = [textField(body, 'orgId'), textField(body, 'email')];
      await changeableOrganization(request, orgId);
      await removeMembership(request, orgId, email);
      return { requestId: requestIdOf(request) };
    },
  );
}

function addSetDefault(scope: ProviderScope): void {
  scope.post(
    `${path}/default`,
    {
      config,
      schema: {
        operationId: 'SetDefaultMembership',
        tags,
        summary: 'Sets the organization that should be used when logging a user in',
        body: schemas.SetDefaultMembershipRequest,
        response: answers(Acknowledgement),
      },
    },
    async (request) => {
      const body = bodyOf(request, 'SetDefaultMembershipRequest');
      await setDefaultMembership(request, textField(body, 'orgId'), textField(body, 'userId'));
      return { requestId: requestIdOf(request) };
    },
  );
}

function readMember(body: Body): Pick<MembershipRequest, 'orgId' | 'email' | 'role'> {
  return { orgId: textField(body, 'orgId'), email: textField(body, 'email'), role: wordField(body, 'role', roles) };
}

/** An organisation. Throws its 404, and request_malformed if only its log-in may change its members. */
async function changeableOrganization(request: FastifyRequest, orgId: string): Promise<Organization> {
  const organization = await organizationOf(request, orgId);
  const problem = `Organization ${orgId} does not allow direct membership updates`;
  if (organization.allowManagedMembershipUpdatesOnly === true) fail('request_malformed', { problem });
  return organization;
}
