import { Type } from 'typebox';
import { fail } from '../../../../core/errors.ts';
import type { ProviderScope } from '../../../../provider/provider.ts';
import { Nullable } from '../../../../provider/schemas.ts';
import { userOf } from '../../auth.ts';
import type { EstuaryProfile } from '../../profiles.ts';
import { ErrorAnswers } from '../../wire/answers.ts';
import { addInvite, listInvites } from './invites.ts';
import { InviteCode, inviteSchema } from './schemas.ts';

/** The routes on which administrators create and list invites. */
export function addInviteRoutes(scope: ProviderScope, profile: EstuaryProfile): void {
  // A wildcard, because echo's trailing parameter matches slashes too; the code must have at least one character. FIDELITY: invites.
  scope.post(
    '/admin/invite/*',
    {
      config: { requires: 'admin' },
      schema: {
        operationId: 'adminInvitesCodePost',
        tags: ['Admin'],
        summary: 'Create an Estuary invite',
        description: 'Documented by the vendor as `/admin/invites/{code}`, where the server never had it.',
        params: Type.Object({ '*': Type.String({ title: 'code', description: 'The code, chosen by the caller' }) }),
        response: { 200: InviteCode, ...ErrorAnswers },
      },
    },
    async (request) => {
      const code = request.params['*'];
      if (code === '') fail('route_not_found', null);
      await addInvite(request.resources, code, userOf(request), request.now);
      return { code };
    },
  );

  scope.get(
    '/admin/invites',
    {
      config: { requires: 'admin' },
      schema: {
        operationId: 'adminInvitesGet',
        tags: ['Admin'],
        summary: 'Get Estuary invites',
        response: { 200: Nullable(Type.Array(inviteSchema(profile))), ...ErrorAnswers },
      },
    },
    async (request) => listInvites(request.resources, profile),
  );
}
