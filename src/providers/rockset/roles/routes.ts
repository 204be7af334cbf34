import { Type } from 'typebox';
import { type ProviderScope, WireError } from '../../../provider/provider.ts';
import type { RocksetProfile } from '../profiles.ts';
import { answers } from '../wire/answers.ts';
import { builtInRoles } from './built-in-roles.ts';
import { createRole, deleteRole, updateRole } from './changes.ts';
import { findRole } from './role-lookup.ts';
import { roleNotFound, roles } from './roles.ts';
import * as schemas from './schemas.ts';
import { toRoleView } from './views.ts';

const tags = ['Custom Roles'];

/** The roles of the organization: custom roles, and the built-in roles, which cannot be changed. */
export function addRoleRoutes(scope: ProviderScope, profile: RocksetProfile): void {
  addReadRoutes(scope, profile);
  addChangeRoutes(scope, profile);
}

function addReadRoutes(scope: ProviderScope, profile: RocksetProfile): void {
  // Recorded: the custom roles come first, then the built-in ones.
  scope.get(
    '/v1/orgs/self/roles',
    {
      config: { requires: 'LIST_ROLES_GLOBAL' },
      schema: { operationId: 'listRoles', tags, summary: 'List Roles', response: answers(Type.Array(schemas.Role), profile) },
    },
    async ({ resources, apiKey }) => {
      const custom = await resources.list(roles, apiKey.tenant);
      return {
        data: [
          ...custom.map(({ data, createdAt }) => toRoleView(data, createdAt, profile)),
          ...[...builtInRoles.values()].map((role) => toRoleView(role, null, profile)),
        ],
      };
    },
  );

  scope.get(
    '/v1/orgs/self/roles/:roleName',
    {
      config: { requires: 'LIST_ROLES_GLOBAL' },
      schema: {
        operationId: 'getRole',
        tags,
        summary: 'Retrieve role',
        params: schemas.RolePath,
        response: answers(schemas.Role, profile),
      },
    },
    async ({ resources, apiKey, params }) => {
      const role = await findRole(resources, apiKey.tenant, params.roleName);
      if (role === undefined) throw new WireError(roleNotFound(params.roleName));
      return { data: toRoleView(role.data, role.createdAt, profile) };
    },
  );
}

function addChangeRoutes(scope: ProviderScope, profile: RocksetProfile): void {
  scope.post(
    '/v1/orgs/self/roles',
    {
      config: { requires: 'CREATE_ROLE_GLOBAL' },
      schema: {
        operationId: 'createRole',
        tags,
        summary: 'Create a Role',
        body: schemas.CreateRoleRequest,
        response: answers(schemas.Role, profile),
      },
    },
    async (request) => {
      const { data, createdAt } = await createRole(request, request.body);
      return { data: toRoleView(data, createdAt, profile) };
    },
  );

  scope.post(
    '/v1/orgs/self/roles/:roleName',
    {
      config: { requires: 'UPDATE_ROLE_GLOBAL' },
      schema: {
        operationId: 'updateRole',
        tags,
        summary: 'Update a Role',
        params: schemas.RolePath,
        body: schemas.UpdateRoleRequest,
        response: answers(schemas.Role, profile),
      },
    },
    async (request) => {
      const { data, createdAt } = await updateRole(request, request.params.roleName, request.body);
      return { data: toRoleView(data, createdAt, profile) };
    },
  );

  scope.delete(
    '/v1/orgs/self/roles/:roleName',
    {
      config: { requires: 'DELETE_ROLE_GLOBAL' },
      schema: {
        operationId: 'deleteRole',
        tags,
        summary: 'Delete a Role',
        params: schemas.RolePath,
        response: answers(schemas.Role, profile),
      },
    },
    async (request) => {
      const { data, createdAt } = await deleteRole(request, request.params.roleName);
      return { data: toRoleView(data, createdAt, profile) };
    },
  );
}
