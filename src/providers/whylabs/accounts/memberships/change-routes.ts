import type { FastifyRequest } from 'fastify';
import { fail } from '../../../../core/errors.ts';
import type { ProviderScope } from '../../../../provider/provider.ts';
import { answers } from '../../keys/schemas.ts';
import { type Body, bodyOf, flagField, optionalTextField, textField, wordField } from '../../wire/body.ts';
import { roles } from '../../wire/java-enum.ts';
import { requestIdOf } from '../../wire/request-id.ts';
import * as wire from '../organizations/account-schemas.ts';
import { organizationOf } from '../organizations/organizations.ts';
import { addMembership, changeRole, type MembershipRequest, removeMembership, setDefaultMembership } from './memberships.ts';

const path = '/v0/membership';
const config = { requires: 'WhyLabs itself' };
const tags = ['Membership'];

/** Changing who belongs where: routes that read their bodies. */
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
        body: wire.AddMembershipRequest,
        response: answers(wire.MembershipMetadata),
      },
    },
    async (request) => {
      const body = bodyOf(request, 'AddMembershipRequest');
      const { orgId, email, role } = readMember(body);
      optionalTextField(body, 'createdBy');
      const isDefault = flagField(body, 'default') ?? false;
      await refuseManaged(request, orgId);
      return addMembership(request, { orgId, email, role, isDefault });
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
        body: wire.UpdateMembershipRequest,
        response: answers(wire.MembershipMetadata),
      },
    },
    async (request) => {
      const body = bodyOf(request, 'UpdateMembershipRequest');
      const { orgId, email, role } = readMember(body);
      await refuseManaged(request, orgId);
      return changeRole(request, orgId, email, role);
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
        body: wire.RemoveMembershipRequest,
        response: answers(wire.Acknowledgement),
      },
    },
    async (request) => {
      const body = bodyOf(request, 'RemoveMembershipRequest');
      const [orgId, email] = [textField(body, 'orgId'), textField(body, 'email')];
      await refuseManaged(request, orgId);
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
        body: wire.SetDefaultMembershipRequest,
        response: answers(wire.Acknowledgement),
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

/** Refuses an organisation whose members come from its own log-in alone. Throws its 404 and request_malformed. */
async function refuseManaged(request: FastifyRequest, orgId: string): Promise<void> {
  const { allowManagedMembershipUpdatesOnly } = await organizationOf(request, orgId);
  const problem = `Organization ${orgId} does not allow direct membership updates`;
  if (allowManagedMembershipUpdatesOnly === true) fail('request_malformed', { problem });
}
