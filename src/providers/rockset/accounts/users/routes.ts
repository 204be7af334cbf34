import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { goOn } from '../../../../core/at-once.ts';
import type { ProviderScope } from '../../../../provider/provider.ts';
import { principalOf } from '../../auth.ts';
import type { RocksetProfile } from '../../profiles.ts';
import { answers, bareAnswers } from '../../wire/answers.ts';
import { compareBytes } from '../../wire/byte-order.ts';
import { organizationOf, organizations } from '../organizations/organizations.ts';
import { deleteUser, inviteUser, updateUser } from './changes.ts';
import { CreateUserRequest, DeletedUser, UpdateUserRequest, UserPath, userSchema } from './schemas.ts';
import { userOfPath } from './user-of-path.ts';
import { users } from './users.ts';
import { type Membership, toDeletedView, toInvitedView, toSelfView, toUserView } from './views.ts';

const tags = ['Users'];

/** The users of the organization. Recorded: an answer with a single user is not wrapped, except on creation and deletion. */
export function addUserRoutes(scope: ProviderScope, profile: RocksetProfile): void {
  const User = userSchema(profile);
  addReadRoutes(scope, User, profile);
  addChangeRoutes(scope, User, profile);
}

type UserSchema = ReturnType<typeof userSchema>;

function addReadRoutes(scope: ProviderScope, User: UserSchema, profile: RocksetProfile): void {
  const bare = bareAnswers(User, profile);

  scope.get(
    '/v1/orgs/self/users/self',
    {
      config: { requires: 'GET_CURRENT_USER_GLOBAL' },
      schema: { operationId: 'getCurrentUser', tags, summary: 'Retrieve Current User', response: bare },
    },
    (request) => goOn(membershipsOf(request), (memberships) => toSelfView(principalOf(request).user, memberships)),
  );

  scope.get(
    '/v1/orgs/self/users',
    {
      config: { requires: 'LIST_USERS_GLOBAL' },
      schema: { operationId: 'listUsers', tags, summary: 'List Users', response: answers(Type.Array(User), profile) },
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
    (request) => goOn(userOfPath(request, request.params.user), toUserView),
  );
}

function addChangeRoutes(scope: ProviderScope, User: UserSchema, profile: RocksetProfile): void {
  scope.post(
    '/v1/orgs/self/users',
    {
      config: { requires: 'INVITE_USER_GLOBAL' },
      schema: {
        operationId: 'createUser',
        tags,
        summary: 'Create User',
        body: CreateUserRequest,
        response: answers(User, profile),
      },
    },
    async (request) => {
      const organization = await organizationOf(request);
      const user = await inviteUser(request, request.body);
      return { data: toInvitedView({ user, organization }) };
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
        response: bareAnswers(User, profile),
      },
    },
    async (request) => toUserView(await updateUser(request, request.params.user, request.body)),
  );

  scope.delete(
    '/v1/orgs/self/users/:user',
    {
      config: { requires: 'DELETE_USER_GLOBAL' },
      schema: {
        operationId: 'deleteUser',
        tags,
        summary: 'Delete User',
        params: UserPath,
        response: answers(DeletedUser, profile),
      },
    },
    async (request) => ({ data: toDeletedView(await deleteUser(request, request.params.user)) }),
  );
}

/** The memberships of the principal in all organizations. */
async function membershipsOf({ resources, apiKey }: FastifyRequest): Promise<Membership[]> {
  const everyone = await resources.list(users);
  const own = everyone.filter(({ data }) => data.email === apiKey.owner);
  const found = await Promise.all(
    own.map(async (user) => ({ user, organization: await resources.get(organizations, user.tenant) })),
  );
  return found.flatMap(({ user, organization }) => (organization === undefined ? [] : [{ user, organization }]));
}
