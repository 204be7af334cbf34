import { Type } from 'typebox';
import { fail } from '../../../core/errors.ts';
import type { ProviderScope } from '../../../provider/provider.ts';
import { Nullable } from '../../../provider/schemas.ts';
import { userOf } from '../auth.ts';
import { uploadersOf } from '../contents/contents.ts';
import { ErrorAnswers } from '../keys/schemas.ts';
import type { EstuaryProfile } from '../profiles.ts';
import * as accounts from './account-schemas.ts';
import { addInvite, listInvites } from './invites.ts';

/** What an administrator does to let people in, and to see who uses the service. */
export function addAdminRoutes(scope: ProviderScope, profile: EstuaryProfile): void {
  // A wildcard, as echo's trailing parameter swallows slashes; but it wants at least one character.
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
        response: { 200: accounts.InviteCode, ...ErrorAnswers },
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
        response: { 200: Nullable(Type.Array(accounts.inviteSchema(profile))), ...ErrorAnswers },
      },
    },
    async (request) => listInvites(request.resources, profile),
  );

  scope.get(
    '/admin/users',
    {
      config: { requires: 'admin' },
      schema: {
        operationId: 'adminUsersGet',
        tags: ['Admin'],
        summary: 'Get all users who own contents',
        response: { 200: Nullable(Type.Array(accounts.Uploader)), ...ErrorAnswers },
      },
    },
    async (request) => uploadersOf(request.resources),
  );
}
