import { type ProviderScope, WireError } from '../../../../provider/provider.ts';
import { answers, HandledError, Refusals } from '../../wire/answers.ts';
import { bodyOf, optionalTextField, textField, withBodies } from '../../wire/body.ts';
import { storeFailure } from '../../wire/errors.ts';
import { queryOf, requiredTextOf } from '../../wire/query.ts';
import * as schemas from './schemas.ts';
import { createUser, refuseBadAddress, userByEmail, userOf, users } from './users.ts';
import { toUserView } from './views.ts';

const path = '/v0/user';
const config = { requires: 'WhyLabs itself' };
const tags = ['User'];

/** Users, whom only WhyLabs itself manages. */
export function addUserRoutes(scope: ProviderScope): void {
  addGetByEmail(scope);
  addGet(scope);
  withBodies(scope, (reading) => {
    addCreate(reading);
    addUpdate(reading);
  });
}

function addGetByEmail(scope: ProviderScope): void {
  scope.get(
    path,
    {
      exposeHeadRoute: true,
      config,
      schema: {
        operationId: 'GetUserByEmail',
        tags,
        summary: 'Get a user by their email.',
        querystring: schemas.EmailQuery,
        response: answers(schemas.User),
      },
    },
    async (request) => toUserView(await userByEmail(request, requiredTextOf(queryOf(request), 'email'))),
  );
}

function addGet(scope: ProviderScope): void {
  scope.get(
    `${path}/:user_id`,
    {
      exposeHeadRoute: true,
      config,
      schema: {
        operationId: 'GetUser',
        tags,
        summary: 'Get a user by their id.',
        params: schemas.UserPath,
        response: { 200: schemas.User, ...Refusals, 404: HandledError },
      },
    },
    async (request) => toUserView(await userOf(request, request.params.user_id)),
  );
}

function addCreate(scope: ProviderScope): void {
  scope.post(
    path,
    {
      config,
      schema: {
        operationId: 'CreateUser',
        tags,
        summary: 'Create a user.',
        body: schemas.CreateUserRequest,
        response: answers(schemas.User),
      },
    },
    async (request) => {
      const sent = textField(bodyOf(request, 'CreateUserRequest'), 'email');
      return toUserView(await createUser(request, sent, (email) => refuseBadAddress(request, email)));
    },
  );
}

function addUpdate(scope: ProviderScope): void {
  scope.put(
    path,
    {
      config,
      schema: {
        operationId: 'UpdateUser',
        tags,
        summary: 'Update a user.',
        description:
          'The address is stored as it was sent, even if another user has it. A user whose address has capital letters cannot be found by it.',
        body: schemas.User,
        response: answers(schemas.User),
      },
    },
    async (request) => {
      const body = bodyOf(request, 'User');
      const [userId, email] = [textField(body, 'userId'), textField(body, 'email')];
      const preferences = optionalTextField(body, 'preferences');
      const changed = await request.resources.change(users, userId, () => ({ email, preferences }));
      if (changed === undefined) throw new WireError(storeFailure(request));
      return toUserView(changed);
    },
  );
}
