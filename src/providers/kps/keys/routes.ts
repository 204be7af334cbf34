import { randomUUID } from 'node:crypto';
import { revokeKey } from '../../../core/api-key.ts';
import { goOn } from '../../../core/at-once.ts';
import { fail } from '../../../core/errors.ts';
import type { ProviderScope } from '../../../provider/provider.ts';
import { deploymentOf } from '../accounts/deployment.ts';
import { isInfraAdmin, users } from '../accounts/users/users.ts';
import { userOf } from '../auth.ts';
import * as answers from '../wire/answers.ts';
import { decodeToken } from '../wire/bodies.ts';
import { gzipped } from '../wire/gzip.ts';
import { IdParams, idParam } from '../wire/schemas.ts';
import { apiTokenClaims, signJwt } from './jwt.ts';
import { draftToken, limitTokens, setActive, tokensOf, toList } from './keys.ts';
import { revokeOrphans } from './orphans.ts';
import * as schemas from './schemas.ts';

/** The five operations on user API tokens. FIDELITY: Create, List, Update, Delete. */
export function addKeyRoutes(scope: ProviderScope): void {
  addCreate(scope);
  addOwnList(scope);
  addTenantList(scope);
  addUpdate(scope);
  addDelete(scope);
}

const tags = ['User_API_Token'];
const tokenPath = `/v1.0/userapitokens/${idParam}`;

function addCreate(scope: ProviderScope): void {
  scope.post(
    '/v1.0/userapitokens',
    {
      schema: {
        operationId: 'UserApiTokenCreate',
        tags,
        summary: 'Create a user API token.',
        body: schemas.UserApiTokenCreatePayload,
        response: { 200: schemas.UserApiTokenCreated, ...answers.ErrorAnswers },
      },
    },
    (request) => {
      decodeToken(request.body);
      const user = userOf(request);
      return goOn(deploymentOf(request.resources), ({ signingSecret, tokensPerUser }) => {
        const id = randomUUID();
        const token = signJwt(apiTokenClaims(user, id), signingSecret);
        const issued = request.keys.issue({ ...draftToken(user, token), id }, request.now, limitTokens(user, tokensPerUser));
        return goOn(issued, () =>
          goOn(revokeOrphans(request, user), (isGone) => {
            if (isGone) fail('key_unknown', null);
            return { id, tenantId: user.tenant, userId: user.id, token };
          }),
        );
      });
    },
  );
}

function addOwnList(scope: ProviderScope): void {
  scope.get(
    '/v1.0/userapitokens',
    {
      ...gzipped,
      schema: {
        operationId: 'UserApiTokenGet',
        tags,
        summary: 'Get current user API tokens.',
        response: { 200: schemas.UserApiTokens, ...answers.GetErrorAnswers },
      },
    },
    (request) => {
      const { tenant, id } = userOf(request);
      return goOn(request.keys.find(tokensOf(tenant, id)), (keys) => toList(keys, request.now));
    },
  );
}

function addTenantList(scope: ProviderScope): void {
  scope.get(
    '/v1.0/userapitokensall',
    {
      ...gzipped,
      config: { requires: 'infra admin' },
      schema: {
        operationId: 'UserApiTokenList',
        tags,
        summary: 'Get all user API tokens.',
        description: 'Of all users of the tenant. Must be infra admin for this to work.',
        response: { 200: schemas.UserApiTokens, ...answers.GetErrorAnswers },
      },
    },
    async (request) => {
      const { tenant } = userOf(request);
      // In the real database a foreign key deletes the tokens of a deleted user.
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
        tags,
        summary: 'Update user API token.',
        description: 'Must be current user or infra admin. The answer is the same whether there is such a token or not.',
        params: IdParams,
        body: schemas.UserApiTokenUpdate,
        response: { 200: answers.UpdateDocumentResponseV2, ...answers.ErrorAnswers },
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
        tags,
        summary: 'Delete current user API token.',
        description: "Must be current user: for another user's token the answer has an empty id, and nothing is deleted.",
        params: IdParams,
        response: { 200: answers.DeleteDocumentResponseV2, ...answers.ErrorAnswers },
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
