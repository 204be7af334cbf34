import type { FastifyRequest } from 'fastify';
import { toTrimmedIso } from '../../../../clock.ts';
import { GoJsonError } from '../../../../formats/go-json.ts';
import { decodeGoStruct } from '../../../../formats/go-struct.ts';
import { type ErrorReply, type ProviderScope, WireError } from '../../../../provider/provider.ts';
import { expiryAfter } from '../../keys/expiry.ts';
import { draftToken, newToken } from '../../keys/keys.ts';
import { permanentMs } from '../../keys/shown-expiry.ts';
import type { EstuaryProfile } from '../../profiles.ts';
import { addBodyReaders } from '../../wire/bodies.ts';
import { checkToken, serviceUser } from './auth-service.ts';
import { CheckedKey, KeyToCheck, NewToken, ServiceError } from './schemas.ts';

/** Estuary's auth service: a server beside the API (auth.estuary.tech), over the same users and tokens. FIDELITY: auth service. */
export function addAuthServiceRoutes(scope: ProviderScope, profile: EstuaryProfile): void {
  addBodyReaders(scope, (reading) => {
    // The auth service is another server, and does not send the version of the API.
    reading.addHook('onRequest', (_request, reply, done) => {
      reply.removeHeader('x-appversion');
      done();
    });
    addTokenRoutes(reading, profile);
  });
}

function addTokenRoutes(scope: ProviderScope, profile: EstuaryProfile): void {
  scope.post(
    '/check-api-key',
    {
      config: { auth: 'none' },
      schema: {
        operationId: 'checkApiKeyPost',
        tags: ['Auth service'],
        summary: 'Say whether a token is accepted, and whose it is',
        body: KeyToCheck,
        response: { 200: CheckedKey, 400: ServiceError, 415: ServiceError },
      },
    },
    async (request) => {
      const { Username = '', Token = '' } = readKeyToCheck(request.body, request);
      return { ...(Username === '' ? {} : { username: Username }), ...(await checkToken(request, Token)) };
    },
  );

  scope.get(
    '/register-new-token',
    {
      config: { auth: 'none' },
      schema: {
        operationId: 'registerNewTokenGet',
        tags: ['Auth service'],
        summary: 'Give anybody an upload-only token that is valid for 100 years',
        response: { 200: NewToken },
      },
    },
    async ({ resources, keys, now }) => {
      const expiresAt = expiryAfter(permanentMs, now);
      const token = newToken();
      const draft = draftToken(token, (await serviceUser(resources, now)).id, expiresAt, profile);
      await keys.issue({ ...draft, kind: 'session', name: 'From DELTA', grants: { scopes: ['upload'] } }, now);
      return { expires: toTrimmedIso(expiresAt), token };
    },
  );
}

/**
 * Reads a body as echo's own binding does: a request without a body has the zero value of every field, and only JSON is
 * read. Throws the service's 400 and 415.
 */
function readKeyToCheck(body: string | undefined, { headers }: FastifyRequest) {
  if (body === undefined) return {};
  if (!headers['content-type']?.startsWith('application/json')) throw new WireError(serviceError(415, 'Unsupported Media Type'));
  try {
    return decodeGoStruct(body, 'core.ApiKeyParam', { Username: 'string', Token: 'string' });
  } catch (error) {
    if (error instanceof GoJsonError) throw new WireError(serviceError(400, error.message));
    throw error;
  }
}

function serviceError(status: number, message: string): ErrorReply {
  return { status, body: { message } };
}
