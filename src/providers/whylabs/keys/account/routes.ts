import { revokeKey } from '../../../../core/api-key.ts';
import { fail } from '../../../../core/errors.ts';
import { liveStates } from '../../../../core/key-state.ts';
import type { ProviderScope } from '../../../../provider/provider.ts';
import { isPaidTier, refuseDeleted } from '../../accounts/organizations/organizations.ts';
import { checkModel } from '../../models/models.ts';
import { Acknowledgement, answers, BadRequest, Refusals } from '../../wire/answers.ts';
import { queryOf, requiredTextOf } from '../../wire/query.ts';
import { requestIdOf } from '../../wire/request-id.ts';
import { draftOf, newToken, refuseBlank, refuseScopes } from '../keys.ts';
import { CreatedApiKey, UserApiKey } from '../schemas.ts';
import { customerScopes } from '../scopes.ts';
import { toView } from '../views.ts';
import { accountOf, organizationOfAccount } from './account.ts';
import { readAccountKeyRequest } from './request.ts';
import * as schemas from './schemas.ts';

const path = '/v1/api-key';
const unpaid = 'Cannot create API keys for this organization. Please contact us to enable this feature.';

/** The v1 routes by which customers have managed keys since 2024. A key that is made here belongs to the key that made it. */
export function addAccountKeyRoutes(scope: ProviderScope): void {
  addGenerate(scope);
  addDelete(scope);
  addList(scope);
  addValidate(scope);
}

function addGenerate(scope: ProviderScope): void {
  scope.post(
    path,
    {
      config: { requires: 'keys of the account' },
      schema: {
        operationId: 'GenerateApiKey',
        tags: ['ApiKey'],
        summary: 'Generate an API key for a user.',
        headers: schemas.AccountHeaders,
        querystring: schemas.GenerateQuery,
        response: answers(CreatedApiKey),
      },
    },
    async (request) => {
      const orgId = accountOf(request);
      const asked = readAccountKeyRequest(request, orgId);
      const organization = await organizationOfAccount(request);
      if (asked.resourceId !== undefined) await checkModel(request, orgId, asked.resourceId);
      refuseDeleted(request, orgId, organization);
      if (!isPaidTier(organization)) fail('request_malformed', { problem: unpaid });
      refuseScopes(asked.scopes, customerScopes);
      const token = newToken();
      const key = await request.keys.issue(draftOf(token, asked), request.now);
      return { key: `${token}:${orgId}`, ...toView(key) };
    },
  );
}

function addDelete(scope: ProviderScope): void {
  scope.delete(
    path,
    {
      config: { requires: 'keys of the account' },
      schema: {
        operationId: 'DeleteApiKey',
        tags: ['ApiKey'],
        summary: 'Revoke the given API Key, removing its ability to access WhyLabs systems',
        headers: schemas.AccountHeaders,
        querystring: schemas.DeleteQuery,
        response: answers(UserApiKey),
      },
    },
    async (request) => {
      const tenant = accountOf(request);
      const hint = requiredTextOf(queryOf(request), 'key_id');
      const owner = request.apiKey.hint;
      refuseBlank(tenant, owner);
      const key = await request.keys.change({ tenant, owner, hint }, (found) => revokeKey(found, request.now));
      return toView(key ?? fail('key_not_found', { handle: hint }));
    },
  );
}

function addList(scope: ProviderScope): void {
  scope.get(
    path,
    {
      exposeHeadRoute: true,
      config: { requires: 'keys of the account' },
      schema: {
        operationId: 'ListApiKeyMetadata',
        tags: ['ApiKey'],
        summary: 'List API key metadata for a given organization',
        headers: schemas.AccountHeaders,
        response: { 200: schemas.DescribeApiKeys, ...Refusals, 400: BadRequest },
      },
    },
    async (request) => {
      const tenant = accountOf(request);
      refuseBlank(tenant);
      // The response schema drops the fields that this list does not show.
      return { items: (await request.keys.find({ tenant, states: liveStates })).map(toView) };
    },
  );
}

/** Clients call it to see whether a key works. */
function addValidate(scope: ProviderScope): void {
  scope.get(
    `${path}/validate`,
    {
      exposeHeadRoute: true,
      config: { requires: 'any key' },
      schema: {
        operationId: 'ValidateApiKey',
        tags: ['ApiKey'],
        summary: 'Validate API key access',
        headers: schemas.AccountHeaders,
        response: { 200: Acknowledgement, ...Refusals },
      },
    },
    async (request) => ({ requestId: requestIdOf(request) }),
  );
}
