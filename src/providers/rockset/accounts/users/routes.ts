import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { ProviderScope } from '../../../../provider/provider.ts';
import { principalOf } from '../../auth.ts';
import { answers, ErrorAnswers } from '../../keys/schemas.ts';
import type { RocksetProfile } from '../../profiles.ts';
import { compareBytes } from '../../wire/byte-order.ts';
import { organizationOf, organizations } from '../organizations/organizations.ts';
import { deleteUser, inviteUser, updateUser } from './changes.ts';
import { CreateUserRequest, DeletedUser, UpdateUserRequest, UserPath, userSchema } from './schemas.ts';
import { userMeant, users } from './users.ts';
import { type Membership, toDeletedView, toInvitedView, toSelfView, toUserView } from './views.ts';

const tags = ['Users'];

/** The users of the organization. Recorded: answers about one user are not wrapped, unless they make or delete one. */
export function addUserRoutes(scope: ProviderScope, profile: RocksetProfile): void {
  const User = userSchema(profile);
  addReading(scope, User, profile);
  addChanges(scope, User, profile);
}

type UserSchema = ReturnType<typeof userSchema>;

function addReading(scope: ProviderScope, User: UserSchema, profile: RocksetProfile): void {
  const bare = { 200: User, ...ErrorAnswers };

  scope.get(
    '/v1/orgs/self/users/self',
    {
      config: { requires: 'GET_CURRENT_USER_GLOBAL' },
      schema: { operationId: 'getCurrentUser', tags, summary: 'Retrieve Current User', response: bare },
    },
    async (request) => toSelfView(principalOf(request).user, await membershipsOf(request), profile),
  );

  scope.get(
    '/v1/orgs/self/users',
    {
      config: { requires: 'LIST_USERS_GLOBAL' },
      schema: { operationId: 'listUsers', tags, summary: 'List Users', response: answers(Type.Array(User)) },
    },
    async ({ resources, apiKey }) => {
      const found = await resources.list(users, apiKey.tenant);
      const sorted = found.toSorted((one, other) => compareBytes(one.data.email, other.data.email));
      return { data: sorted.map(toUserView) };
    },
  );

  scope.get(
    '/v1/orgs/self/users/:user',
    {
      config: { requires: 'LIST_USERS_GLOBAL' },
      schema: { operationId: 'getUser', tags, summary: 'Retrieve User', params: UserPath, response: bare },
    },
    async (request) => toUserView(await userMeant(request, request.params.user)),
  );
}

function addChanges(scope: ProviderScope, User: UserSchema, profile: RocksetProfile): void {
  scope.post(
    '/v1/orgs/self/users',
    {
      config: { requires: 'INVITE_USER_GLOBAL' },
      schema: { operationId: 'createUser', tags, summary: 'Create User', body: CreateUserRequest, response: answers(User) },
    },
    async (request) => {
      const organization = await organizationOf(request);
      const user = await inviteUser(request, request.body);
      return { data: toInvitedView({ user, organization }, profile) };
    },
  );

  scope.post(
    '/v1/orgs/self/users/:user',
    {
      config: { requires: 'GRANT_REVOKE_ROLE_GLOBAL' },
      schema: {
        operationId: 'updateUser',
        tags,
        summary: 'Update User',
        params: UserPath,
        body: UpdateUserRequest,
        response: { 200: User, ...ErrorAnswers },
      },
    },
    async (request) => toUserView(await updateUser(request, request.params.user, request.body)),
  );

  scope.delete(
    '/v1/orgs/self/users/:user',
    {
      config: { requires: 'DELETE_USER_GLOBAL' },
      schema: { operationId: 'deleteUser', tags, summary: 'Delete User', params: UserPath, response: answers(DeletedUser) },
    },
    async (request) => ({ data: toDeletedView(await deleteUser(request, request.params.user)) }),
  );
}

/** The memberships of who makes a request, in every organization that there is. */
async function membershipsOf({ resources, apiKey }: FastifyRequest): Promise<Membership[]> {
  const everybody = await resources.list(users);
  const own = everybody.filter(({ data }) => data.email === apiKey.owner);
  const found = await Promise.all(
    own.map(async (user) => ({ user, organization: await resources.get(organizations, user.tenant) })),
  );
  return found.flatMap(({ user, organization }) => (organization === undefined ? [] : [{ user, organization }]));
}
