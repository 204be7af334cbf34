import type { FastifyRequest } from 'fastify';
import { EmulatorError, type ErrorCode, fail } from '../../../../core/errors.ts';
import { type ProviderScope, WireError } from '../../../../provider/provider.ts';
import { userOf } from '../../auth.ts';
import { revokeOrphans } from '../../keys/orphans.ts';
import * as schemas from '../../keys/schemas.ts';
import type { SessionType } from '../../keys/token-types.ts';
import { countInfo } from '../../wire/bodies.ts';
import { invalidCredentials } from '../../wire/errors.ts';
import { loginSerializer } from '../../wire/serializers.ts';
import { deploymentOf } from './deployment.ts';
import { openSession } from './sessions.ts';

/** The token of a log-in is exchanged for a short one (made to fit into a QR code), and that one for a long one. */
export function addExchangeRoutes(scope: ProviderScope): void {
  addShort(scope);
  addLong(scope);
}

function addShort(scope: ProviderScope): void {
  scope.post(
    '/v1.0/login/shortlogintoken',
    {
      config: { requires: 'default token' },
      errorHandler: wordAsLogIn,
      serializerCompiler: loginSerializer,
      schema: {
        operationId: 'ShortLoginTokenV1',
        tags: ['Auth'],
        summary: 'Generate a short login token.',
        description: 'Of the token that a log-in gave: one for three minutes, good for LoginTokenV1 alone.',
        response: { 200: schemas.LoginResponse, ...schemas.ExchangeErrorAnswers },
      },
    },
    (request) => exchange(request, 'short'),
  );
}

/** More entries in the body, and the real server forgets to answer. FIDELITY: Exchange of log-in tokens. */
const mostInfo = 8;

function addLong(scope: ProviderScope): void {
  scope.post(
    '/v1.0/login/logintoken',
    {
      config: { requires: 'short token' },
      errorHandler: wordAsLogIn,
      serializerCompiler: loginSerializer,
      schema: {
        operationId: 'LoginTokenV1',
        tags: ['Auth'],
        summary: 'Get a login token.',
        description: 'Of a short login token: one for twenty days.',
        body: schemas.LoginTokenPayload,
        response: { 200: schemas.LoginResponse, ...schemas.ExchangeErrorAnswers },
      },
    },
    async (request) => {
      if (countInfo(request.body) > mostInfo) throw new WireError({ status: 200, body: null });
      return exchange(request, 'long');
    },
  );
}

async function exchange(request: FastifyRequest, type: SessionType): Promise<schemas.LoginResponse> {
  const user = userOf(request);
  const { signingSecret } = await deploymentOf(request.resources);
  const token = await openSession(request.keys, user, { type, signingSecret }, request.now);
  if (await revokeOrphans(request, user)) fail('key_unknown', null);
  return { token, _id: user.id, name: user.data.name, email: user.data.email };
}

const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'credential_missing',
  'credential_malformed',
  'key_unknown',
  'key_expired',
  'key_suspended',
  'key_revoked',
]);

/** These two routes check the token themselves, and word a refusal as a failed log-in. Everything else is worded as ever. */
function wordAsLogIn(error: unknown): never {
  throw error instanceof EmulatorError && refusals.has(error.code) ? new WireError(invalidCredentials) : error;
}
