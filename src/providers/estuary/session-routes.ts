import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { toTrimmedIso } from '../../clock.ts';
import { fail } from '../../core/errors.ts';
import { hashSecret } from '../../core/secret.ts';
import { GoJsonError } from '../../formats/go-json.ts';
import { decodeGoStruct } from '../../formats/go-struct.ts';
import { readBodiesAsText } from '../../http/bodies.ts';
import { type ProviderScope, WireError } from '../../http/provider.ts';
import { userOf } from './auth.ts';
import { estuaryError } from './errors.ts';
import { dayMs, draftToken, expiryAfter, newToken, shownExpiry } from './keys.ts';
import type { EstuaryProfile } from './profiles.ts';
import * as schemas from './schemas.ts';
import { users } from './users.ts';

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
    async (request) => {
      const { id, username, level } = userOf(request);
      const expiry = shownExpiry(request.apiKey);
      return { username, perms: level, id, address: '<empty>', auth_expiry: expiry, settings: settingsOf(profile) };
    },
  );

  // Alone in reading its body, so in a scope of its own.
  scope.register(async (reading) => addLogin(reading.withTypeProvider<TypeBoxTypeProvider>(), profile));
}

function addLogin(scope: ProviderScope, profile: EstuaryProfile): void {
  readBodiesAsText(scope);
  // The schema only documents: what a body may be is for Go's decoder to say.
  scope.setValidatorCompiler(() => () => true);
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
      const { username = '', passwordHash = '' } = readCredentials(request.body, profile);
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

/** Decodes a body as the real server does. Throws request_malformed with the text of Go's decoder. */
function readCredentials(body = '', { goPackage }: EstuaryProfile) {
  try {
    return decodeGoStruct(body, `${goPackage}.loginBody`, { username: 'string', passwordHash: 'string' });
  } catch (error) {
    if (error instanceof GoJsonError) fail('request_malformed', { problem: error.message });
    throw error;
  }
}

/** The defaults of the real configuration. FIDELITY: viewer. */
function settingsOf(profile: EstuaryProfile): schemas.Viewer['settings'] {
  return {
    replication: 6,
    verified: true,
    dealDuration: 1_494_720,
    ...(profile.hasStagingWait ? { maxStagingWait: 28_800_000_000_000 } : {}),
    fileStagingThreshold: profile.hasStagingWait ? 3_835_271_577 : 1_100_000_000,
    contentAddingDisabled: false,
    dealMakingDisabled: false,
    uploadEndpoints: ['http://localhost:3004/content/add'],
    flags: 0,
  };
}
