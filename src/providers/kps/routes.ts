import { randomUUID } from 'node:crypto';
import { revokeKey } from '../../core/api-key.ts';
import { fail } from '../../core/errors.ts';
import type { ProviderScope } from '../../provider/provider.ts';
import { deploymentOf } from './accounts/sessions/deployment.ts';
import { addExchangeRoutes } from './accounts/sessions/exchange-routes.ts';
import { addLoginRoutes } from './accounts/sessions/login-routes.ts';
import { addUserRoutes } from './accounts/users/routes.ts';
import { isInfraAdmin, users } from './accounts/users/users.ts';
import { userOf } from './auth.ts';
import { apiTokenClaims, signJwt } from './keys/jwt.ts';
import { draftToken, limitTokens, setActive, tokensOf, toList } from './keys/keys.ts';
import { revokeOrphans } from './keys/orphans.ts';
import * as schemas from './keys/schemas.ts';
import { decodeToken } from './wire/bodies.ts';
import { gzipped } from './wire/gzip.ts';

/** The five operations on API tokens, and the log-in and the users that a fresh client starts from. */
export function addRoutes(scope: ProviderScope): void {
  addCreate(scope);
  addLists(scope);
  addUpdate(scope);
  addDelete(scope);
  addLoginRoutes(scope);
  addExchangeRoutes(scope);
  addUserRoutes(scope);
}

/** httprouter's parameters are never empty: without the pattern a path that ends in a slash would match. */
const tokenPath = '/v1.0/userapitokens/:id(^.+$)';

function addCreate(scope: ProviderScope): void {
  scope.post(
    '/v1.0/userapitokens',
    {
      schema: {
        operationId: 'UserApiTokenCreate',
        tags: ['User_API_Token'],
        summary: 'Create a user API token.',
        body: schemas.UserApiTokenCreatePayload,
        response: { 200: schemas.UserApiTokenCreated, ...schemas.ErrorAnswers },
      },
    },
    async (request) => {
      decodeToken(request.body);
      const user = userOf(request);
      const { signingSecret, tokensPerUser } = await deploymentOf(request.resources);
      const id = randomUUID();
      const token = signJwt(apiTokenClaims(user, id), signingSecret);
      await request.keys.issue({ ...draftToken(user, token), id }, request.now, limitTokens(user, tokensPerUser));
      if (await revokeOrphans(request, user)) fail('key_unknown', null);
      return { id, tenantId: user.tenant, userId: user.id, token };
    },
  );
}

function addLists(scope: ProviderScope): void {
  scope.get(
    '/v1.0/userapitokens',
    {
      ...gzipped,
      schema: {
        operationId: 'UserApiTokenGet',
        tags: ['User_API_Token'],
        summary: 'Get current user API tokens.',
        response: { 200: schemas.UserApiTokens, ...schemas.ListErrorAnswers },
      },
    },
    async (request) => {
      const { tenant, id } = userOf(request);
      return toList(await request.keys.find(tokensOf(tenant, id)), request.now);
    },
  );

  scope.get(
    '/v1.0/userapitokensall',
    {
      ...gzipped,
      config: { requires: 'infra admin' },
      schema: {
        operationId: 'UserApiTokenList',
        tags: ['User_API_Token'],
        summary: 'Get all user API tokens.',
        description: 'Of all users of the tenant. Must be infra admin for this to work.',
        response: { 200: schemas.UserApiTokens, ...schemas.ListErrorAnswers },
      },
    },
    async (request) => {
      const { tenant } = userOf(request);
      // Tokens go with their user, by a foreign key of the real database.
      const owners = new Set((await request.resources.list(users, tenant)).map(({ id }) => id));
      const keys = await request.keys.find(tokensOf(tenant));
      return toList(
        keys.filter(({ owner }) => owners.has(owner)),
        request.now,
      );
    },
  );
}

function addUpdate(scope: ProviderScope): void {
  scope.put(
    tokenPath,
    {
      schema: {
        operationId: 'UserApiTokenUpdate',
        tags: ['User_API_Token'],
        summary: 'Update user API token.',
        description: 'Must be current user or infra admin. Answers alike whether there is such a token or not.',
        params: schemas.IdParams,
        body: schemas.UserApiTokenUpdate,
        response: { 200: schemas.UpdateDocumentResponseV2, ...schemas.ErrorAnswers },
      },
    },
    async (request) => {
      const { userId = '', active } = decodeToken(request.body);
      const { id } = request.params;
      const user = userOf(request);
      const isAllowed = userId === user.id || (userId !== '' && isInfraAdmin(user));
      if (!isAllowed) fail('request_invalid', { problem: 'userID', path: '/userId' });
      if (active === undefined) request.log.warn({ id }, 'an update without "active" disables the token');
      const own = { ...tokensOf(user.tenant, userId), id };
      await request.keys.change(own, (key) => setActive(key, active ?? false, request.now));
      return { id };
    },
  );
}

function addDelete(scope: ProviderScope): void {
  scope.delete(
    tokenPath,
    {
      schema: {
        operationId: 'UserApiTokenDelete',
        tags: ['User_API_Token'],
        summary: 'Delete current user API token.',
        description: 'Nobody can delete the token of somebody else; the answer then has an empty id.',
        params: schemas.IdParams,
        response: { 200: schemas.DeleteDocumentResponseV2, ...schemas.ErrorAnswers },
      },
    },
    async (request) => {
      const { id } = request.params;
      const user = userOf(request);
      const own = { ...tokensOf(user.tenant, user.id), id };
      const deleted = await request.keys.change(own, (key) => revokeKey(key, request.now));
      return { id: deleted === undefined ? '' : id };
    },
  );
}
