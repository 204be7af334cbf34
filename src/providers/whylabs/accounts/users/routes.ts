import { type ProviderScope, WireError } from '../../../../provider/provider.ts';
import { answers, HandledError, Refusals } from '../../keys/schemas.ts';
import { bodyOf, optionalTextField, textField } from '../../wire/body.ts';
import { storeFailure } from '../../wire/errors.ts';
import { queryOf, requiredTextOf } from '../../wire/query.ts';
import * as wire from '../organizations/account-schemas.ts';
import { createUser, refuseBadAddress, toUserView, userByEmail, userOf, users } from './users.ts';

const path = '/v0/user';
const config = { requires: 'WhyLabs itself' };
const tags = ['User'];

/** Looking users up, by id and by address. */
export function addUserViewRoutes(scope: ProviderScope): void {
  scope.get(
    path,
    {
      exposeHeadRoute: true,
      config,
      schema: {
        operationId: 'GetUserByEmail',
        tags,
        summary: 'Get a user by their email.',
        querystring: wire.EmailQuery,
        response: answers(wire.User),
      },
    },
    async (request) => toUserView(await userByEmail(request, requiredTextOf(queryOf(request), 'email'))),
  );

  scope.get(
    `${path}/:user_id`,
    {
      exposeHeadRoute: true,
      config,
      schema: {
        operationId: 'GetUser',
        tags,
        summary: 'Get a user by their id.',
        params: wire.UserPath,
        response: { 200: wire.User, ...Refusals, 404: HandledError },
      },
    },
    async (request) => toUserView(await userOf(request, request.params.user_id)),
  );
}

/** Creating and changing users: routes that read their bodies. */
export function addUserChangeRoutes(scope: ProviderScope): void {
  scope.post(
    path,
    {
      config,
      schema: {
        operationId: 'CreateUser',
        tags,
        summary: 'Create a user.',
        body: wire.CreateUserRequest,
        response: answers(wire.User),
      },
    },
    async (request) => {
      const sent = textField(bodyOf(request, 'CreateUserRequest'), 'email');
      return toUserView(await createUser(request, sent, (email) => refuseBadAddress(request, email)));
    },
  );

  scope.put(
    path,
    {
      config,
      schema: {
        operationId: 'UpdateUser',
        tags,
        summary: 'Update a user.',
        description: 'The address is kept as it is sent, whoever else has it: with capitals in it, nobody is found by it.',
        body: wire.User,
        response: answers(wire.User),
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
