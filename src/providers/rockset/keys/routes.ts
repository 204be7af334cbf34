import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Instant } from '../../../clock.ts';
import { type ApiKey, revokeKey } from '../../../core/api-key.ts';
import { goOn, type MaybePromise } from '../../../core/at-once.ts';
import { fail } from '../../../core/errors.ts';
import type { RevealedKey } from '../../../core/key-store.ts';
import { rememberedView } from '../../../http/remembered-views.ts';
import type { ProviderScope } from '../../../provider/provider.ts';
import { userOfPath } from '../accounts/users/user-of-path.ts';
import { guardOtherUsers } from '../auth.ts';
import type { RocksetProfile } from '../profiles.ts';
import { answers } from '../wire/answers.ts';
import { compareBytes } from '../wire/byte-order.ts';
import { keepFailure } from './audit.ts';
import { readExpiry } from './expiry.ts';
import { issueKey } from './issue-key.ts';
import { liveKeys, toView } from './keys.ts';
import * as schemas from './schemas.ts';
import { applyUpdate, readUpdate } from './updates.ts';

const tags = ['API Keys'];

/** The operations on API keys, in the order of the specification. */
export function addKeyRoutes(scope: ProviderScope, profile: RocksetProfile): void {
  addCreateRoutes(scope, profile);
  addListRoute(scope, profile);
  addGetRoute(scope, profile);
  addUpdateRoute(scope, profile);
  addDeleteRoute(scope, profile);
}

function addCreateRoutes(scope: ProviderScope, profile: RocksetProfile): void {
  const body = schemas.CreateApiKeyRequest;
  const response = answers(schemas.keySchema(profile), profile);
  const requires = 'CREATE_API_KEY_GLOBAL';

  scope.post(
    '/v1/orgs/self/users/self/apikeys',
    {
      config: { requires },
      onSend: keepFailure,
      schema: { operationId: 'createApiKey', tags, summary: 'Create API Key', body, response },
    },
    (request) => goOn(issueKey(request, 'self', request.body, profile), (data) => ({ data })),
  );

  // In the specification until June 2021, and still called by the npm and PyPI clients of that time. FIDELITY: Create.
  scope.post(
    '/v1/orgs/self/users/:user/apikeys',
    {
      config: { requires },
      onRequest: guardOtherUsers,
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
    (request) => goOn(issueKey(request, request.params.user, request.body, profile), (data) => ({ data })),
  );
}

function addListRoute(scope: ProviderScope, profile: RocksetProfile): void {
  const toListed = viewWithoutSecret(profile);
  scope.get(
    '/v1/orgs/self/users/:user/apikeys',
    {
      onRequest: guardOtherUsers,
      schema: {
        operationId: 'listApiKeys',
        tags,
        summary: 'List API Keys',
        params: schemas.UserPath,
        response: answers(Type.Array(schemas.keySchema(profile)), profile),
      },
    },
    (request) =>
      goOn(findKeys(request), (keys) => {
        const sorted = keys.toSorted((one, other) => compareBytes(one.name ?? '', other.name ?? ''));
        return { data: sorted.map((key) => toListed(key, request.now)) };
      }),
  );
}

function addGetRoute(scope: ProviderScope, profile: RocksetProfile): void {
  const toShown = viewWithoutSecret(profile);
  scope.get(
    '/v1/orgs/self/users/:user/apikeys/:name',
    {
      onRequest: guardOtherUsers,
      schema: {
        operationId: 'getApiKey',
        tags,
        summary: 'Retrieve API Key',
        params: schemas.KeyPath,
        querystring: schemas.GetKeyQuery,
        response: answers(schemas.keySchema(profile), profile),
      },
    },
    (request) => {
      const { name } = request.params;
      return goOn(findKeys(request, name), ([key]) => {
        if (key === undefined) fail('key_not_found', { handle: name });
        return { data: request.query.reveal ? toView(key, request.now, profile, true) : toShown(key, request.now) };
      });
    },
  );
}

/** Makes views in which the secret was not asked for; they are remembered unless the era shows it all the same. */
function viewWithoutSecret(profile: RocksetProfile): (key: RevealedKey, now: Instant) => schemas.KeyView {
  const view = (key: RevealedKey, now: Instant) => toView(key, now, profile);
  return profile.showsSecret === 'always' ? view : rememberedView(view);
}

/** The keys of the user that the path names, or the one with a name. */
function findKeys(request: FastifyRequest<{ Params: { user: string } }>, name?: string): MaybePromise<RevealedKey[]> {
  return goOn(userOfPath(request, request.params.user), (owner) => request.keys.findRevealed(liveKeys(owner, name)));
}

function addUpdateRoute(scope: ProviderScope, profile: RocksetProfile): void {
  scope.post(
    '/v1/orgs/self/users/:user/apikeys/:name',
    {
      onRequest: guardOtherUsers,
      onSend: keepFailure,
      schema: {
        operationId: 'updateApiKey',
        tags,
        summary: 'Update API Key State',
        params: schemas.KeyPath,
        body: schemas.UpdateApiKeyRequest,
        response: answers(schemas.keySchema(profile), profile),
      },
    },
    async (request) => {
      const { body, now } = request;
      const { name, user } = request.params;
      const owner = await userOfPath(request, user);
      const expiresAt = body.expiry_time == null ? undefined : await readExpiry(request, body.expiry_time);
      const update = readUpdate(body, expiresAt);
      const key = await request.keys.change(liveKeys(owner, name), (found) => applyUpdate(found, update, now));
      if (key === undefined) fail('key_not_found', { handle: name });
      return { data: await viewOf(request, key, profile) };
    },
  );
}

function addDeleteRoute(scope: ProviderScope, profile: RocksetProfile): void {
  scope.delete(
    '/v1/orgs/self/users/:user/apikeys/:name',
    {
      onRequest: guardOtherUsers,
      onSend: keepFailure,
      schema: {
        operationId: 'deleteApiKey',
        tags,
        summary: 'Delete API Key',
        params: schemas.KeyPath,
        response: answers(schemas.keySchema(profile), profile),
      },
    },
    async (request) => {
      const { name, user } = request.params;
      const owner = await userOfPath(request, user);
      // Recorded: the answer shows the key in its last state, so the decision keeps the key as it was before.
      const last: ApiKey[] = [];
      await request.keys.change(liveKeys(owner, name), (key) => {
        last.push(key);
        return revokeKey(key, request.now);
      });
      const key = last.at(-1) ?? fail('key_not_found', { handle: name });
      return { data: await viewOf(request, key, profile) };
    },
  );
}

/** A key after a change, with its secret in the era that always shows it. */
async function viewOf(request: FastifyRequest, key: ApiKey, profile: RocksetProfile): Promise<schemas.KeyView> {
  const [kept] = profile.showsSecret === 'always' ? await request.keys.findRevealed({ id: key.id }) : [];
  return toView({ ...key, secret: kept?.secret ?? null }, request.now, profile);
}
