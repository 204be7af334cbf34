import { type ApiKey, revokeKey } from '../../../core/api-key.ts';
import { goOn } from '../../../core/at-once.ts';
import { fail } from '../../../core/errors.ts';
import { liveStates } from '../../../core/key-state.ts';
import { rememberedView } from '../../../http/remembered-views.ts';
import type { ProviderScope } from '../../../provider/provider.ts';
import { organizationOf } from '../accounts/organizations/organizations.ts';
import { OrgPath } from '../accounts/organizations/schemas.ts';
import { answers, HandledError, Refusals } from '../wire/answers.ts';
import { queryOf, requiredTextOf, textOf } from '../wire/query.ts';
import { admissionTo, draftOf, newToken, refuseBlank } from './keys.ts';
import { readKeyRequest } from './request.ts';
import * as schemas from './schemas.ts';
import { toView, toViewWithUse } from './views.ts';

const path = '/v0/organizations/:org_id/api-key';

const toShown = rememberedView(toViewWithUse);

/** The v0 routes of the public documentation. */
export function addKeyRoutes(scope: ProviderScope): void {
  addCreate(scope);
  addList(scope);
  addGet(scope);
  addRevoke(scope);
}

function addCreate(scope: ProviderScope): void {
  scope.post(
    path,
    {
      config: { requires: 'keys of the user' },
      schema: {
        operationId: 'CreateApiKey',
        tags: ['ApiKey'],
        summary: 'Generate an API key for a user.',
        params: OrgPath,
        querystring: schemas.CreateQuery,
        response: answers(schemas.CreatedApiKey),
      },
    },
    (request) => {
      const asked = readKeyRequest(request, request.params.org_id);
      return goOn(organizationOf(request, asked.orgId), (organization) => {
        const token = newToken();
        const issued = request.keys.issue(draftOf(token, asked), request.now, admissionTo(organization, asked));
        return goOn(issued, (key) => ({ key: `${token}:${asked.orgId}`, ...toView(key) }));
      });
    },
  );
}

function addList(scope: ProviderScope): void {
  scope.get(
    path,
    {
      exposeHeadRoute: true,
      config: { requires: 'keys of the user' },
      schema: {
        operationId: 'ListApiKeys',
        tags: ['ApiKey'],
        summary: 'List API key metadata for a given organization and user',
        params: OrgPath,
        querystring: schemas.ListQuery,
        response: { 200: schemas.ListUserApiKeys, ...Refusals, 400: HandledError },
      },
    },
    (request) => {
      const { keys, params, now } = request;
      const { org_id: orgId } = params;
      const userId = textOf(queryOf(request), 'user_id');
      if (userId === undefined) {
        refuseBlank(orgId);
        return goOn(keys.find({ tenant: orgId, states: liveStates }), (found) => ({
          items: found.map((key) => toShown(key, now)),
        }));
      }
      refuseBlank(orgId, userId);
      return goOn(keys.find({ tenant: orgId, owner: userId }), (found) => ({ items: found.toSorted(byKeyId).map(toView) }));
    },
  );
}

function addGet(scope: ProviderScope): void {
  scope.get(
    `${path}/:key_id`,
    {
      exposeHeadRoute: true,
      config: { requires: 'keys of the organisation' },
      schema: {
        operationId: 'GetApiKey',
        tags: ['ApiKey'],
        summary: 'Get an api key by its id',
        params: schemas.KeyPath,
        response: { 200: schemas.UserApiKeyResponse, ...Refusals, 400: HandledError },
      },
    },
    ({ params: { org_id: tenant, key_id: hint }, keys, now }) => {
      refuseBlank(tenant);
      const found = keys.findFirst({ tenant, hint, states: liveStates });
      return goOn(found, (key) => (key === undefined ? {} : { key: toShown(key, now) }));
    },
  );
}

function addRevoke(scope: ProviderScope): void {
  scope.delete(
    path,
    {
      config: { requires: 'keys of the user' },
      schema: {
        operationId: 'RevokeApiKey',
        tags: ['ApiKey'],
        summary: 'Revoke the given API Key, removing its ability to access WhyLabs systems',
        params: OrgPath,
        querystring: schemas.RevokeQuery,
        response: answers(schemas.UserApiKey),
      },
    },
    async (request) => {
      const { org_id: tenant } = request.params;
      const query = queryOf(request);
      const owner = requiredTextOf(query, 'user_id');
      const hint = requiredTextOf(query, 'key_id');
      refuseBlank(tenant, owner);
      const key = await request.keys.change({ tenant, owner, hint }, (found) => revokeKey(found, request.now));
      return toView(key ?? fail('key_not_found', { handle: hint }));
    },
  );
}

/** Byte order, since key ids are ASCII. */
function byKeyId(one: ApiKey, other: ApiKey): number {
  if (one.hint === other.hint) return 0;
  return one.hint < other.hint ? -1 : 1;
}
