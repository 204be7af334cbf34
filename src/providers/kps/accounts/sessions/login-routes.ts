import { hashSecret } from '../../../../core/secret.ts';
import { type ProviderScope, WireError } from '../../../../provider/provider.ts';
import { revokeOrphans } from '../../keys/orphans.ts';
import * as schemas from '../../keys/schemas.ts';
import { decodeCredential } from '../../wire/bodies.ts';
import { invalidCredentials } from '../../wire/errors.ts';
import { loginSerializer } from '../../wire/serializers.ts';
import { users } from '../users/users.ts';
import { deploymentOf } from './deployment.ts';
import { countAttempt } from './login-lock.ts';
import { openSession } from './sessions.ts';

/** The log-in by e-mail and password: one handler under two paths, with the `_id` of the older one in both answers. */
export function addLoginRoutes(scope: ProviderScope): void {
  addLogin(scope, '/v1.0/login', 'LoginCallV2');
  addLogin(scope, '/v1/login', 'LoginCall');
}

function addLogin(scope: ProviderScope, path: string, operationId: string): void {
  scope.post(
    path,
    {
      config: { auth: 'none' },
      serializerCompiler: loginSerializer,
      schema: {
        operationId,
        tags: ['Auth'],
        summary: 'Lets the user log in.',
        body: schemas.Credential,
        response: { 200: schemas.LoginResponse, ...schemas.ErrorAnswers },
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
      return { token, _id: user.id, name: user.data.name, email: user.data.email };
    },
  );
}
