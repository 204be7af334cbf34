import type { ProviderScope } from '../../../../provider/provider.ts';
import type { EstuaryProfile } from '../../profiles.ts';
import { ErrorAnswers } from '../../wire/answers.ts';
import { addBodyReaders, decodeBody } from '../../wire/bodies.ts';
import { EmptyObject, NewPassword } from './schemas.ts';
import { users } from './users.ts';

/** The route on which users change their own password hash. FIDELITY: password. */
export function addUserRoutes(scope: ProviderScope, profile: EstuaryProfile): void {
  addBodyReaders(scope, (reading) => {
    reading.put(
      '/user/password',
      {
        config: { requires: 'user' },
        schema: {
          operationId: 'userPasswordPut',
          tags: ['User'],
          summary: "Change the user's password hash",
          description: 'Keys and sessions stay as they are. The content type is not looked at.',
          body: NewPassword,
          response: { 200: EmptyObject, ...ErrorAnswers },
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
  });
}
