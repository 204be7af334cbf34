import type { FastifyRequest } from 'fastify';
import { revokeKey } from '../../../../core/api-key.ts';
import { fail } from '../../../../core/errors.ts';
import type { ProviderScope } from '../../../../provider/provider.ts';
import { demandInfraAdmin, userOf } from '../../auth.ts';
import {
  DeleteDocumentResponseV2,
  ErrorAnswers,
  IdParams,
  ListErrorAnswers,
  UpdateDocumentResponseV2,
} from '../../keys/schemas.ts';
import { decodeUser } from '../../wire/bodies.ts';
import { gzipped } from '../../wire/gzip.ts';
import { onlyValue } from '../../wire/query.ts';
import { toUserList } from './list.ts';
import { checkFields, checkPassword, checkRole, readUserFields } from './rules.ts';
import * as schemas from './schemas.ts';
import { createUser, findVisibleUser, updateUser } from './store.ts';
import { users } from './users.ts';
import { toUserView } from './views.ts';

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
/** httprouter's parameters are never empty: without the pattern a path that ends in a slash would match. */
const userPath = '/v1.0/users/:id(^.+$)';

function addList(scope: ProviderScope): void {
  const schema = {
    operationId: 'UserListV2',
    tags,
    summary: 'Get users.',
    description: 'All users of the tenant for an infra admin, oneself for everybody else.',
    querystring: schemas.PageQuery,
    response: { 200: schemas.UserListPayload, ...ListErrorAnswers },
  };
  const list = async (request: FastifyRequest<{ Querystring: schemas.PageQuery }>) => {
    const caller = userOf(request);
    return toUserList(await request.resources.list(users, caller.tenant), caller, request.query);
  };
  scope.get('/v1.0/users', { ...gzipped, schema }, list);
  // The real server has this one list under both paths, and does not redirect.
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
    async (request) => toUserView(await findVisibleUser(request.resources, userOf(request), request.params.id)),
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
        response: { 200: schemas.CreateDocumentResponseV2, ...ErrorAnswers },
      },
    },
    async (request) => {
      const caller = userOf(request);
      const fields = readUserFields(decodeUser(request.body));
      checkFields(fields, 'create');
      const role = checkRole(fields.role);
      checkPassword(fields.password, caller.tenant);
      // Whoever may not create users learns it after what is wrong with this one.
      demandInfraAdmin(caller, 'RBAC/AdminRequired');
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
          'Must be infra admin, or that user, who cannot make himself one. Whether there is such a user is not checked.',
        params: IdParams,
        body: schemas.UserUpdate,
        response: { 200: UpdateDocumentResponseV2, ...schemas.UserUpdateErrorAnswers },
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
      if (id !== caller.id || role === 'INFRA_ADMIN') demandInfraAdmin(caller, 'RBAC/AdminRequired');
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
        description: 'Must be infra admin. The tokens of the user go with him; where nobody was deleted the id is empty.',
        params: IdParams,
        response: { 200: DeleteDocumentResponseV2, ...ErrorAnswers },
      },
    },
    async (request) => {
      const { id } = request.params;
      const caller = userOf(request);
      demandInfraAdmin(caller, 'RBAC/AdminRequired');
      const found = await request.resources.get(users, id);
      if (found?.tenant !== caller.tenant || !(await request.resources.remove(users, id))) return { id: '' };
      await request.keys.changeAll({ tenant: found.tenant, owner: id }, (key) => revokeKey(key, request.now));
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
        response: { 200: schemas.EmailAvailability, ...ListErrorAnswers },
      },
    },
    async (request) => {
      demandInfraAdmin(userOf(request), 'RBAC');
      const email = onlyValue(request.query, 'email') ?? '';
      if (email === '') fail('request_invalid', { problem: 'email', path: '/email' });
      const user = await request.resources.getByName(users, email.toLowerCase());
      return { email, available: user === undefined };
    },
  );
}
