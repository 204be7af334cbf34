import { Type } from 'typebox';
import type { Instant } from '../../../clock.ts';
import { revokeKey } from '../../../core/api-key.ts';
import { goOn } from '../../../core/at-once.ts';
import { fail } from '../../../core/errors.ts';
import { liveStates } from '../../../core/key-state.ts';
import type { RevealedKey } from '../../../core/key-store.ts';
import { rememberedView } from '../../../http/remembered-views.ts';
import type { ProviderScope } from '../../../provider/provider.ts';
import { NoBody } from '../../../provider/schemas.ts';
import { userOf } from '../auth.ts';
import type { EstuaryProfile } from '../profiles.ts';
import { ErrorAnswers } from '../wire/answers.ts';
import { draftExpiry } from './expiry.ts';
import { draftToken, hashesMeantBy, newToken, scopesOf, toView } from './keys.ts';
import { CreateQuery, keySchema } from './schemas.ts';

/** The routes on which users list, create and revoke their own keys. */
export function addKeyRoutes(scope: ProviderScope, profile: EstuaryProfile): void {
  const Key = keySchema(profile);
  // What is remembered never holds the token, which the lists of some versions show.
  const withoutToken = rememberedView((key: RevealedKey) => toView(key, null, profile));
  const toListed = (key: RevealedKey, now: Instant) =>
    profile.keepsToken ? { ...withoutToken(key, now), token: key.secret ?? '' } : withoutToken(key, now);

  scope.get(
    '/user/api-keys',
    {
      config: { requires: 'user' },
      schema: {
        operationId: 'userApiKeysGet',
        tags: ['User'],
        summary: 'Get API keys for a user',
        response: { 200: Type.Array(Key), ...ErrorAnswers },
      },
    },
    ({ apiKey: { owner }, keys, now }) =>
      goOn(keys.findRevealed({ owner, states: liveStates }), (found) => found.map((key) => toListed(key, now))),
  );

  scope.post(
    '/user/api-keys',
    {
      config: { requires: 'user' },
      schema: {
        operationId: 'userApiKeysPost',
        tags: ['User'],
        summary: 'Create API keys for a user',
        querystring: CreateQuery,
        response: { 200: Key, ...ErrorAnswers },
      },
    },
    (request) => {
      const { expiry = '', perms = '', label = '' } = request.query;
      const { expiresAt, attributes } = draftExpiry(expiry, request.now);
      const scopes = scopesOf(perms);
      const token = newToken();
      const draft = draftToken(token, userOf(request).id, expiresAt, profile);
      const issued = request.keys.issue(
        { ...draft, name: profile.readsLabel ? label : '', grants: scopes ? { scopes } : {}, attributes },
        request.now,
      );
      return goOn(issued, (key) => toView(key, token, profile));
    },
  );

  // A wildcard, because echo's trailing parameter matches slashes too; the key must have at least one character. FIDELITY: revoke.
  scope.delete(
    '/user/api-keys/*',
    {
      config: { requires: 'user' },
      schema: {
        operationId: 'userApiKeysKeyDelete',
        tags: ['User'],
        summary: 'Revoke a User API Key',
        params: Type.Object({ '*': Type.String({ title: 'key', description: 'The token, or its hash (since v0.1.11)' }) }),
        response: { 200: NoBody('Always, whether there was such a key or not'), ...ErrorAnswers },
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
