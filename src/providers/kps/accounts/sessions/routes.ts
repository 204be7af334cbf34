import type { FastifyRequest } from 'fastify';
import { EmulatorError, type ErrorCode, fail } from '../../../../core/errors.ts';
import { hashSecret } from '../../../../core/secret.ts';
import { type ProviderScope, WireError } from '../../../../provider/provider.ts';
import { userOf } from '../../auth.ts';
import { revokeOrphans } from '../../keys/orphans.ts';
import type { SessionType } from '../../keys/token-types.ts';
import { ErrorAnswers } from '../../wire/answers.ts';
import { countInfo, decodeCredential } from '../../wire/bodies.ts';
import { invalidCredentials } from '../../wire/errors.ts';
import { deploymentOf } from '../deployment.ts';
import { users } from '../users/users.ts';
import { loginSerializer, toLoginResponse } from './login-answer.ts';
import { countAttempt } from './login-lock.ts';
import * as schemas from './schemas.ts';
import { openSession } from './sessions.ts';

/**
 * The log-in by e-mail and password, and the exchange of its token: for a short one (made to fit into a QR code), and of
 * that for a long one. FIDELITY: Log-in, Exchange of log-in tokens.
 */
export function addSessionRoutes(scope: ProviderScope): void {
  // The real server has one handler under both paths, so that both answers have the `_id` of the older one.
  addLogin(scope, '/v1.0/login', 'LoginCallV2');
  addLogin(scope, '/v1/login', 'LoginCall');
  addShortToken(scope);
  addLongToken(scope);
}

const tags = ['Auth'];

function addLogin(scope: ProviderScope, path: string, operationId: string): void {
  scope.post(
    path,
    {
      config: { auth: 'none' },
      serializerCompiler: loginSerializer,
      schema: {
        operationId,
        tags,
        summary: 'Lets the user log in.',
        body: schemas.Credential,
        response: { 200: schemas.LoginResponse, ...ErrorAnswers },
      },
    },
    async (request) => {
      const { email = '', password = '' } = decodeCredential(request.body);
      const { signingSecret, ...lock } = await deploymentOf(request.resources);
      const user = await request.resources.getByName(users, email.toLowerCase());
      const succeeded = user !== undefined && user.data.passwordHash === hashSecret(password);
      await countAttempt(request.resources, { email, succeeded }, lock, request.now);
      if (!succeeded) throw new WireError(invalidCredentials);
      const token = await openSession(request.keys, user, { type: 'default', signingSecret }, request.now);
      if (await revokeOrphans(request, user)) throw new WireError(invalidCredentials);
      return toLoginResponse(user, token);
    },
  );
}

function addShortToken(scope: ProviderScope): void {
  scope.post(
    '/v1.0/login/shortlogintoken',
    {
      config: { requires: 'default token' },
      errorHandler: wordAsLogIn,
      serializerCompiler: loginSerializer,
      schema: {
        operationId: 'ShortLoginTokenV1',
        tags,
        summary: 'Generate a short login token.',
        description: 'Exchanges the token of a log-in for one that lives three minutes and that only LoginTokenV1 accepts.',
        response: { 200: schemas.LoginResponse, ...schemas.ExchangeErrorAnswers },
      },
    },
    (request) => exchange(request, 'short'),
  );
}

/** With more entries in the body the real server forgets to answer. FIDELITY: Exchange of log-in tokens. */
const mostInfo = 8;

function addLongToken(scope: ProviderScope): void {
  scope.post(
    '/v1.0/login/logintoken',
    {
      config: { requires: 'short token' },
      errorHandler: wordAsLogIn,
      serializerCompiler: loginSerializer,
      schema: {
        operationId: 'LoginTokenV1',
        tags,
        summary: 'Get a login token.',
        description: 'Exchanges a short login token for one that lives twenty days.',
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
  return toLoginResponse(user, token);
}

const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'credential_missing',
  'credential_malformed',
  'key_unknown',
  'key_expired',
  'key_suspended',
  'key_revoked',
]);

/** The exchanges check the token themselves, and word a refusal as a failed log-in; other errors are worded as everywhere. */
function wordAsLogIn(error: unknown): never {
  throw error instanceof EmulatorError && refusals.has(error.code) ? new WireError(invalidCredentials) : error;
}
