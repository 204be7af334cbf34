import type { ProviderScope } from '../../../../provider/provider.ts';
import type { EstuaryProfile } from '../../profiles.ts';
import { ErrorAnswers } from '../../wire/answers.ts';
import { addBodyReaders } from '../../wire/bodies.ts';
import { register } from './registration.ts';
import { Credentials, Registration, Session } from './schemas.ts';
import { logIn } from './sessions.ts';

/** The routes on which a client gets its first key: registration and log-in. */
export function addSessionRoutes(scope: ProviderScope, profile: EstuaryProfile): void {
  addBodyReaders(scope, (reading) => {
    reading.post(
      '/register',
      {
        config: { auth: 'none' },
        schema: {
          operationId: 'registerPost',
          tags: ['Public'],
          summary: 'Register with an invite code, for a session of 7 days',
          description: 'The content type is not looked at.',
          body: Registration,
          response: { 200: Session, ...ErrorAnswers },
        },
      },
      async (request) => register(request, request.body, profile),
    );

    reading.post(
      '/login',
      {
        config: { auth: 'none' },
        schema: {
          operationId: 'loginPost',
          tags: ['Public'],
          summary: 'Log in with a password hash, for a session of 30 days',
          description: 'The content type is not looked at.',
          body: Credentials,
          response: { 200: Session, ...ErrorAnswers },
        },
      },
      async (request) => logIn(request, request.body, profile),
    );
  });
}
