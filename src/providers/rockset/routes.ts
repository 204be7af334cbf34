import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type ApiKey, revokeKey } from '../../core/api-key.ts';
import { fail } from '../../core/errors.ts';
import type { ProviderKeyFilter } from '../../core/key-service.ts';
import type { ProviderScope } from '../../provider/provider.ts';
import { addAccountRoutes } from './accounts/organizations/account-routes.ts';
import { addUserRoutes } from './accounts/users/routes.ts';
import { userMeant } from './accounts/users/users.ts';
import { guardOthers } from './auth.ts';
import { keepFailure } from './keys/audit.ts';
import { readExpiry } from './keys/expiry.ts';
import { issueKey } from './keys/issue-key.ts';
import { liveKeys, toView } from './keys/keys.ts';
import * as schemas from './keys/schemas.ts';
import { applyUpdate, readUpdate } from './keys/updates.ts';
import type { RocksetProfile } from './profiles.ts';
import { addRoleRoutes } from './roles/routes.ts';
import { compareBytes } from './wire/byte-order.ts';

/** The operations on API keys in the order of the specification, and those on what keys refer to. */
export function addRoutes(scope: ProviderScope, profile: RocksetProfile): void {
  addCreation(scope, profile);
  addList(scope, profile);
  addRetrieval(scope, profile);
  addUpdate(scope, profile);
  addDeletion(scope, profile);
  addAccountRoutes(scope, profile);
  addUserRoutes(scope, profile);
  addRoleRoutes(scope, profile);
}

const tags = ['API Keys'];

function addCreation(scope: ProviderScope, profile: RocksetProfile): void {
  const body = schemas.CreateApiKeyRequest;
  const response = schemas.answers(schemas.keySchema(profile));
  const requires = 'CREATE_API_KEY_GLOBAL';

  scope.post(
    '/v1/orgs/self/users/self/apikeys',
    {
      config: { requires },
      onSend: keepFailure,
      schema: { operationId: 'createApiKey', tags, summary: 'Create API Key', body, response },
    },
    async (request) => ({ data: await issueKey(request, 'self', request.body, profile) }),
  );

  // In the specification until June 2021, and still called by the npm and PyPI clients of that time. FIDELITY: Create.
  scope.post(
    '/v1/orgs/self/users/:user/apikeys',
    {
      config: { requires },
      onRequest: guardOthers,
      onSend: keepFailure,
      schema: {
        operationId: 'createApiKeyAdmin',
        tags,
        summary: 'Create API Key for any user',
        params: schemas.UserPath,
        body,
        response,
      },
    },
    async (request) => ({ data: await issueKey(request, request.params.user, request.body, profile) }),
  );
}

function addList(scope: ProviderScope, profile: RocksetProfile): void {
  scope.get(
    '/v1/orgs/self/users/:user/apikeys',
    {
      onRequest: guardOthers,
      schema: {
        operationId: 'listApiKeys',
        tags,
        summary: 'List API Keys',
        params: schemas.UserPath,
        response: schemas.answers(Type.Array(schemas.keySchema(profile))),
      },
    },
    async (request) => {
      const keys = await request.keys.findRevealed(liveKeys(await userMeant(request, request.params.user)));
      const sorted = keys.toSorted((one, other) => compareBytes(one.name ?? '', other.name ?? ''));
      return { data: sorted.map((key) => toView(key, request.now, profile)) };
    },
  );
}

function addRetrieval(scope: ProviderScope, profile: RocksetProfile): void {
  scope.get(
    '/v1/orgs/self/users/:user/apikeys/:name',
    {
      onRequest: guardOthers,
      schema: {
        operationId: 'getApiKey',
        tags,
        summary: 'Retrieve API Key',
        params: schemas.KeyPath,
        querystring: schemas.GetKeyQuery,
        response: schemas.answers(schemas.keySchema(profile)),
      },
    },
    async (request) => {
      const [key] = await request.keys.findRevealed(await keyMeant(request, request.params));
      if (key === undefined) fail('key_not_found', { handle: request.params.name });
      return { data: toView(key, request.now, profile, request.query.reveal) };
    },
  );
}

function addUpdate(scope: ProviderScope, profile: RocksetProfile): void {
  scope.post(
    '/v1/orgs/self/users/:user/apikeys/:name',
    {
      onRequest: guardOthers,
      onSend: keepFailure,
      schema: {
        operationId: 'updateApiKey',
        tags,
        summary: 'Update API Key State',
        params: schemas.KeyPath,
        body: schemas.UpdateApiKeyRequest,
        response: schemas.answers(schemas.keySchema(profile)),
      },
    },
    async (request) => {
      const { body, now, params } = request;
      const meant = await keyMeant(request, params);
      const update = readUpdate(body, await readExpiry(request, body.expiry_time));
      const key = await request.keys.change(meant, (found) => applyUpdate(found, update, now));
      if (key === undefined) fail('key_not_found', { handle: params.name });
      return { data: await viewOf(request, key, profile) };
    },
  );
}

function addDeletion(scope: ProviderScope, profile: RocksetProfile): void {
  scope.delete(
    '/v1/orgs/self/users/:user/apikeys/:name',
    {
      onRequest: guardOthers,
      onSend: keepFailure,
      schema: {
        operationId: 'deleteApiKey',
        tags,
        summary: 'Delete API Key',
        params: schemas.KeyPath,
        response: schemas.answers(schemas.keySchema(profile)),
      },
    },
    async (request) => {
      const { now, params } = request;
      // Recorded: the answer shows the state in which the key last was, so the decision notes what it was given.
      const last: ApiKey[] = [];
      await request.keys.change(await keyMeant(request, params), (key) => {
        last.push(key);
        return revokeKey(key, now);
      });
      const key = last.at(-1) ?? fail('key_not_found', { handle: params.name });
      return { data: await viewOf(request, key, profile) };
    },
  );
}

/** The key that a path names, if there is one. Throws the 404 for a user who is not there. */
async function keyMeant(
  request: FastifyRequest,
  { user, name }: { readonly user: string; readonly name: string },
): Promise<ProviderKeyFilter> {
  return liveKeys(await userMeant(request, user), name);
}

/** A key as changed, with its secret in the era that always shows it. */
async function viewOf(request: FastifyRequest, key: ApiKey, profile: RocksetProfile): Promise<schemas.KeyView> {
  const [kept] = profile.showsSecret === 'always' ? await request.keys.findRevealed({ id: key.id }) : [];
  return toView({ ...key, secret: kept?.secret ?? null }, request.now, profile);
}
