import type { FastifyRequest } from 'fastify';
import { revokeKey } from '../../../../core/api-key.ts';
import { goOn } from '../../../../core/at-once.ts';
import { fail } from '../../../../core/errors.ts';
import type { ProviderScope } from '../../../../provider/provider.ts';
import { demandInfraAdmin, userOf } from '../../auth.ts';
import * as answers from '../../wire/answers.ts';
import { decodeUser } from '../../wire/bodies.ts';
import { gzipped } from '../../wire/gzip.ts';
import { onlyValue } from '../../wire/query.ts';
import { IdParams, idParam } from '../../wire/schemas.ts';
import { createUser, removeUser, updateUser } from './changes.ts';
import { checkFields, checkPassword, checkRole, readUserFields } from './fields.ts';
import * as schemas from './schemas.ts';
import { findVisibleUser, users } from './users.ts';
import { toUserList, toUserView } from './views.ts';

/** The users of a tenant. FIDELITY: Users. */
export function addUserRoutes(scope: ProviderScope): void {
  addList(scope);
  addGet(scope);
  addCreate(scope);
  addUpdate(scope);
  addDelete(scope);
  addEmailCheck(scope);
}

const tags = ['User'];
const userPath = `/v1.0/users/${idParam}`;

function addList(scope: ProviderScope): void {
  const schema = {
    operationId: 'UserListV2',
    tags,
    summary: 'Get users.',
    description: 'An infra admin gets all users of the tenant, any other user only their own record.',
    querystring: schemas.PageQuery,
    response: { 200: schemas.UserListPayload, ...answers.GetErrorAnswers },
  };
  const list = async (request: FastifyRequest<{ Querystring: schemas.PageQuery }>) => {
    const caller = userOf(request);
    return toUserList(await request.resources.list(users, caller.tenant), caller, request.query);
  };
  scope.get('/v1.0/users', { ...gzipped, schema }, list);
  // The real server serves the list under both paths, and does not redirect.
  scope.get('/v1.0/users/', { ...gzipped, schema: { ...schema, hide: true } }, list);
}

function addGet(scope: ProviderScope): void {
  scope.get(
    userPath,
    {
      ...gzipped,
      schema: {
        operationId: 'UserGetV2',
        tags,
        summary: 'Get user by ID.',
        params: IdParams,
        response: { 200: schemas.UserView, ...schemas.UserGetErrorAnswers },
      },
    },
    (request) => goOn(findVisibleUser(request.resources, userOf(request), request.params.id), toUserView),
  );
}

function addCreate(scope: ProviderScope): void {
  scope.post(
    '/v1.0/users',
    {
      schema: {
        operationId: 'UserCreateV2',
        tags,
        summary: 'Create user.',
        description: 'Must be infra admin. The user belongs to the tenant of the caller.',
        body: schemas.UserCreate,
        response: { 200: answers.CreateDocumentResponseV2, ...answers.ErrorAnswers },
      },
    },
    async (request) => {
      const caller = userOf(request);
      const fields = readUserFields(decodeUser(request.body));
      checkFields(fields, 'create');
      const role = checkRole(fields.role);
      checkPassword(fields.password, caller.tenant);
      // The real server checks the permission last: a caller without it first learns what is wrong with the fields.
      demandInfraAdmin(request, 'RBAC/AdminRequired');
      const { id } = await createUser(request.resources, caller.tenant, { ...fields, role }, request.now);
      return { id };
    },
  );
}

function addUpdate(scope: ProviderScope): void {
  scope.put(
    userPath,
    {
      schema: {
        operationId: 'UserUpdateV3',
        tags,
        summary: 'Update user with a given ID.',
        description:
          'Must be infra admin or that user, who cannot make themselves an infra admin. It is not checked that the user exists.',
        params: IdParams,
        body: schemas.UserUpdate,
        response: { 200: answers.UpdateDocumentResponseV2, ...schemas.UserUpdateErrorAnswers },
      },
    },
    async (request) => {
      const caller = userOf(request);
      const { id } = request.params;
      const fields = readUserFields(decodeUser(request.body));
      checkFields(fields, 'update');
      const isWhole = fields.name !== '' && fields.password !== '' && fields.role !== '';
      const present = isWhole ? undefined : await findVisibleUser(request.resources, caller, id);
      const role = checkRole(fields.role || (present?.data.role ?? ''));
      if (fields.password !== '') checkPassword(fields.password, caller.tenant);
      if (id !== caller.id || role === 'INFRA_ADMIN') demandInfraAdmin(request, 'RBAC/AdminRequired');
      await updateUser(request.resources, { id, tenant: caller.tenant }, { ...fields, role }, request.now);
      return { id };
    },
  );
}

function addDelete(scope: ProviderScope): void {
  scope.delete(
    userPath,
    {
      schema: {
        operationId: 'UserDeleteV2',
        tags,
        summary: 'Delete user by ID.',
        description: "Must be infra admin. The user's tokens are deleted too. The id is empty when no user was deleted.",
        params: IdParams,
        response: { 200: answers.DeleteDocumentResponseV2, ...answers.ErrorAnswers },
      },
    },
    async (request) => {
      const { id } = request.params;
      const caller = userOf(request);
      demandInfraAdmin(request, 'RBAC/AdminRequired');
      if (!(await removeUser(request.resources, caller, id))) return { id: '' };
      await request.keys.changeAll({ tenant: caller.tenant, owner: id }, (key) => revokeKey(key, request.now));
      return { id };
    },
  );
}

function addEmailCheck(scope: ProviderScope): void {
  scope.get(
    '/v1.0/isemailavailable',
    {
      ...gzipped,
      schema: {
        operationId: 'IsEmailAvailable',
        tags,
        summary: 'Check if the given email is available for create user.',
        description: 'Must be infra admin. Users of every tenant count.',
        querystring: schemas.EmailQuery,
        response: { 200: schemas.EmailAvailability, ...answers.GetErrorAnswers },
      },
    },
    async (request) => {
      demandInfraAdmin(request, 'RBAC');
      const email = onlyValue(request.query, 'email') ?? '';
      if (email === '') fail('request_invalid', { problem: 'email', path: '/email' });
      const user = await request.resources.getByName(users, email.toLowerCase());
      return { email, available: user === undefined };
    },
  );
}
