import { Type } from 'typebox';
import { type ApiKey, revokeKey } from '../../core/api-key.ts';
import { fail } from '../../core/errors.ts';
import type { ProviderScope } from '../../http/provider.ts';
import { readKeyRequest } from './key-request.ts';
import { admissionTo, draftOf, liveStates, newToken, refuseBlankUser } from './keys.ts';
import { organizationOf } from './organizations.ts';
import { queryOf, requiredTextOf, textOf } from './query.ts';
import { requestIdOf } from './request-id.ts';
import * as schemas from './schemas.ts';
import { toView, toViewWithUse } from './views.ts';

const keysPath = '/v0/organizations/:org_id/api-key';

/** The four operations of the documentation, and two that tell whether a key works. */
export function addRoutes(scope: ProviderScope): void {
  addCreate(scope);
  addList(scope);
  addGet(scope);
  addRevoke(scope);
  addProbes(scope);
}

function addCreate(scope: ProviderScope): void {
  scope.post(
    keysPath,
    {
      config: { requires: 'keys of the user' },
      schema: {
        operationId: 'CreateApiKey',
        tags: ['ApiKey'],
        summary: 'Generate an API key for a user.',
        params: schemas.OrgPath,
        querystring: schemas.CreateQuery,
        response: {
          200: schemas.CreatedApiKey,
          ...schemas.Refusals,
          400: Type.Union([schemas.HandledError, schemas.FrameworkError]),
          404: schemas.HandledError,
        },
      },
    },
    async (request) => {
      const asked = readKeyRequest(request, request.params.org_id);
      const organization = await organizationOf(request, asked.orgId);
      const token = newToken();
      const key = await request.keys.issue(draftOf(token, asked), request.now, admissionTo(organization, asked));
      return { key: `${token}:${asked.orgId}`, ...toView(key) };
    },
  );
}

function addList(scope: ProviderScope): void {
  scope.get(
    keysPath,
    {
      exposeHeadRoute: true,
      config: { requires: 'keys of the user' },
      schema: {
        operationId: 'ListApiKeys',
        tags: ['ApiKey'],
        summary: 'List API key metadata for a given organization and user',
        params: schemas.OrgPath,
        querystring: schemas.ListQuery,
        response: { 200: schemas.ListUserApiKeys, ...schemas.Refusals, 400: schemas.HandledError },
      },
    },
    async (request) => {
      const { org_id: orgId } = request.params;
      const userId = textOf(queryOf(request), 'user_id');
      if (userId === undefined) {
        const keys = await request.keys.find({ tenant: orgId, states: liveStates });
        return { items: keys.map(toViewWithUse) };
      }
      refuseBlankUser(orgId, userId);
      const keys = await request.keys.find({ tenant: orgId, owner: userId });
      return { items: keys.toSorted(byKeyId).map(toView) };
    },
  );
}

function addGet(scope: ProviderScope): void {
  scope.get(
    `${keysPath}/:key_id`,
    {
      exposeHeadRoute: true,
      config: { requires: 'keys of the organisation' },
      schema: {
        operationId: 'GetApiKey',
        tags: ['ApiKey'],
        summary: 'Get an api key by its id',
        params: schemas.KeyPath,
        response: { 200: schemas.UserApiKeyResponse, ...schemas.Refusals },
      },
    },
    async (request) => {
      const { org_id: tenant, key_id: hint } = request.params;
      const key = await request.keys.findFirst({ tenant, hint, states: liveStates });
      return key === undefined ? {} : { key: toViewWithUse(key) };
    },
  );
}

function addRevoke(scope: ProviderScope): void {
  scope.delete(
    keysPath,
    {
      config: { requires: 'keys of the user' },
      schema: {
        operationId: 'RevokeApiKey',
        tags: ['ApiKey'],
        summary: 'Revoke the given API Key, removing its ability to access WhyLabs systems',
        params: schemas.OrgPath,
        querystring: schemas.RevokeQuery,
        response: {
          200: schemas.UserApiKey,
          ...schemas.Refusals,
          400: Type.Union([schemas.HandledError, schemas.FrameworkError]),
          404: schemas.HandledError,
        },
      },
    },
    async (request) => {
      const { org_id: tenant } = request.params;
      const query = queryOf(request);
      const owner = requiredTextOf(query, 'user_id');
      const hint = requiredTextOf(query, 'key_id');
      refuseBlankUser(tenant, owner);
      const key = await request.keys.change({ tenant, owner, hint }, (found) => revokeKey(found, request.now));
      return toView(key ?? fail('key_not_found', { handle: hint }));
    },
  );
}

/** Byte order: key ids are ASCII. */
function byKeyId(one: ApiKey, other: ApiKey): number {
  if (one.hint === other.hint) return 0;
  return one.hint < other.hint ? -1 : 1;
}

/** What clients call to see whether a key works. */
function addProbes(scope: ProviderScope): void {
  scope.get(
    '/v1/api-key/validate',
    {
      exposeHeadRoute: true,
      config: { requires: 'any key' },
      schema: {
        operationId: 'ValidateApiKey',
        tags: ['ApiKey'],
        summary: 'Validate API key access',
        response: { 200: schemas.ValidateResponse, ...schemas.Refusals },
      },
    },
    async (request) => ({ requestId: requestIdOf(request) }),
  );

  scope.get(
    '/v0/organizations/:org_id/models',
    {
      exposeHeadRoute: true,
      config: { requires: 'resources' },
      schema: {
        operationId: 'ListModels',
        tags: ['Models'],
        summary: 'Get a list of all of the model ids for an organization.',
        description: 'Always empty: models are not emulated.',
        params: schemas.OrgPath,
        response: { 200: schemas.ListModelsResponse, ...schemas.Refusals },
      },
    },
    async () => ({ items: [] }),
  );
}
