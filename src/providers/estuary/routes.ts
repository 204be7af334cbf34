import { Type } from 'typebox';
import { toTrimmedIso } from '../../clock.ts';
import { revokeKey } from '../../core/api-key.ts';
import { fail } from '../../core/errors.ts';
import type { ProviderScope } from '../../provider/provider.ts';
import { NoBody } from '../../provider/schemas.ts';
import { addAdminRoutes } from './accounts/admin-routes.ts';
import { addAuthServiceRoutes } from './accounts/auth-service-routes.ts';
import { addSessionRoutes } from './accounts/session-routes.ts';
import { userOf } from './auth.ts';
import { exportOf, totalsOf } from './contents/contents.ts';
import { draftToken, expiryOf, hashesMeantBy, newToken, scopesOf, toView } from './keys/keys.ts';
import * as schemas from './keys/schemas.ts';
import type { EstuaryProfile } from './profiles.ts';

/** The five operations of the documentation, and all that let a fresh client start. */
export function addRoutes(scope: ProviderScope, profile: EstuaryProfile): void {
  addKeyRoutes(scope, profile);
  addUserRoutes(scope, profile);
  addSessionRoutes(scope, profile);
  addAdminRoutes(scope, profile);
  addAuthServiceRoutes(scope, profile);
}

function addKeyRoutes(scope: ProviderScope, profile: EstuaryProfile): void {
  const Key = schemas.keySchema(profile);

  scope.get(
    '/user/api-keys',
    {
      config: { requires: 'user' },
      schema: {
        operationId: 'userApiKeysGet',
        tags: ['User'],
        summary: 'Get API keys for a user',
        response: { 200: Type.Array(Key), ...schemas.ErrorAnswers },
      },
    },
    async (request) => {
      const { owner } = request.apiKey;
      const keys = await request.keys.findRevealed({ owner, states: ['active', 'suspended'] });
      return keys.map((key) => toView(key, key.secret, profile));
    },
  );

  scope.post(
    '/user/api-keys',
    {
      config: { requires: 'user' },
      schema: {
        operationId: 'userApiKeysPost',
        tags: ['User'],
        summary: 'Create API keys for a user',
        querystring: schemas.CreateQuery,
        response: { 200: Key, ...schemas.ErrorAnswers },
      },
    },
    async (request) => {
      const { expiry = '', perms = '', label = '' } = request.query;
      const expiresAt = expiryOf(expiry, request.now);
      const scopes = scopesOf(perms);
      const token = newToken();
      const draft = draftToken(token, userOf(request).id, expiresAt, profile);
      const key = await request.keys.issue(
        { ...draft, name: profile.readsLabel ? label : '', grants: scopes ? { scopes } : {} },
        request.now,
      );
      return toView(key, token, profile);
    },
  );

  // A wildcard, as echo's trailing parameter swallows slashes; but it wants at least one character. FIDELITY: revoke.
  scope.delete(
    '/user/api-keys/*',
    {
      config: { requires: 'user' },
      schema: {
        operationId: 'userApiKeysKeyDelete',
        tags: ['User'],
        summary: 'Revoke a User API Key',
        params: Type.Object({ '*': Type.String({ title: 'key', description: 'The token, or its hash (since v0.1.11)' }) }),
        response: { 200: NoBody('Always, whether there was such a key or not'), ...schemas.ErrorAnswers },
      },
    },
    async (request, reply) => {
      const { owner } = request.apiKey;
      const given = request.params['*'];
      if (given === '') fail('route_not_found', null);
      for (const hash of hashesMeantBy(given, profile)) {
        await request.keys.change({ owner, hash }, (key) => revokeKey(key, request.now));
      }
      return reply.send(undefined);
    },
  );
}

function addUserRoutes(scope: ProviderScope, profile: EstuaryProfile): void {
  scope.get(
    '/user/export',
    {
      config: { requires: 'user' },
      schema: {
        operationId: 'userExportGet',
        tags: ['User'],
        summary: 'Export user data',
        response: { 200: schemas.exportSchema(profile), ...schemas.ErrorAnswers },
      },
    },
    async (request) => {
      const exported = await exportOf(request.resources, userOf(request).id);
      return { Version: 'v0.0.1', Date: toTrimmedIso(request.now), Version1: exported };
    },
  );

  scope.get(
    '/user/stats',
    {
      config: { requires: 'user' },
      schema: {
        operationId: 'userStatsGet',
        tags: ['User'],
        summary: 'Get stats for the current user',
        response: { 200: schemas.Stats, ...schemas.ErrorAnswers },
      },
    },
    async (request) => totalsOf(request.resources, userOf(request).id, profile),
  );
}
