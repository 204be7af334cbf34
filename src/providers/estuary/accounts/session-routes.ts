import { toTrimmedIso } from '../../../clock.ts';
import { hashSecret } from '../../../core/secret.ts';
import { type ProviderScope, WireError } from '../../../provider/provider.ts';
import { userOf } from '../auth.ts';
import { dayMs, draftToken, expiryAfter, newToken } from '../keys/keys.ts';
import * as schemas from '../keys/schemas.ts';
import type { EstuaryProfile } from '../profiles.ts';
import { addBodyReaders, decodeBody } from '../wire/bodies.ts';
import { estuaryError } from '../wire/errors.ts';
import { register } from './registration.ts';
import { users } from './users.ts';
import { viewerOf } from './viewer.ts';

/** What a client calls before it has a key, and to see whose key it has. */
export function addSessionRoutes(scope: ProviderScope, profile: EstuaryProfile): void {
  scope.get(
    '/health',
    {
      config: { auth: 'none' },
      schema: {
        operationId: 'healthGet',
        tags: ['Public'],
        summary: 'Say that the server is up',
        response: { 200: schemas.Health },
      },
    },
    async () => ({ status: 'ok' }),
  );

  scope.get(
    '/viewer',
    {
      config: { requires: 'upload' },
      schema: {
        operationId: 'viewerGet',
        tags: ['User'],
        summary: 'Fetch viewer details',
        response: { 200: schemas.Viewer, ...schemas.ErrorAnswers },
      },
    },
    async (request) => viewerOf(userOf(request), request.apiKey, profile),
  );

  addBodyReaders(scope, (reading) => {
    addRegistration(reading, profile);
    addLogin(reading, profile);
    addPassword(reading, profile);
  });
}

function addRegistration(scope: ProviderScope, profile: EstuaryProfile): void {
  scope.post(
    '/register',
    {
      config: { auth: 'none' },
      schema: {
        operationId: 'registerPost',
        tags: ['Public'],
        summary: 'Register with an invite code, for a session of 7 days',
        description: 'The content type is not looked at.',
        body: schemas.Registration,
        response: { 200: schemas.Session, ...schemas.ErrorAnswers },
      },
    },
    async (request) => register(request, request.body, profile),
  );
}

function addLogin(scope: ProviderScope, profile: EstuaryProfile): void {
  scope.post(
    '/login',
    {
      config: { auth: 'none' },
      schema: {
        operationId: 'loginPost',
        tags: ['Public'],
        summary: 'Log in with a password hash, for a session of 30 days',
        description: 'The content type is not looked at.',
        body: schemas.Credentials,
        response: { 200: schemas.Session, ...schemas.ErrorAnswers },
      },
    },
    async (request) => {
      const fields = { username: 'string', passwordHash: 'string' } as const;
      const { username = '', passwordHash = '' } = decodeBody(request.body, 'loginBody', fields, profile);
      const user = await request.resources.getByName(users, username.toLowerCase());
      if (user === undefined) throw new WireError(estuaryError(403, 'ERR_USER_NOT_FOUND', 'no such user exist'));
      if (hashSecret(user.data.passwordHash) !== hashSecret(passwordHash))
        throw new WireError(estuaryError(403, 'ERR_INVALID_PASSWORD', ''));
      const token = newToken();
      const expiresAt = expiryAfter(30 * dayMs, request.now);
      const draft = draftToken(token, user.data.id, expiresAt, profile);
      await request.keys.issue({ ...draft, kind: 'session', name: 'on-login' }, request.now);
      return { token, expiry: toTrimmedIso(expiresAt) };
    },
  );
}

function addPassword(scope: ProviderScope, profile: EstuaryProfile): void {
  scope.put(
    '/user/password',
    {
      config: { requires: 'user' },
      schema: {
        operationId: 'userPasswordPut',
        tags: ['User'],
        summary: "Change the user's password hash",
        description: 'Keys and sessions stay as they are. The content type is not looked at.',
        body: schemas.NewPassword,
        response: { 200: schemas.Nothing, ...schemas.ErrorAnswers },
      },
    },
    async (request) => {
      const fields = { newPasswordHash: 'string' } as const;
      const { newPasswordHash = '' } = decodeBody(request.body, 'changePasswordParams', fields, profile);
      const { owner } = request.apiKey;
      await request.resources.change(users, owner, (user) => ({ ...user, passwordHash: newPasswordHash }));
      return {};
    },
  );
}
