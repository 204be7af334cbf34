import { Type } from 'typebox';
import { toTrimmedIso } from '../../../clock.ts';
import type { ProviderScope } from '../../../provider/provider.ts';
import { Nullable } from '../../../provider/schemas.ts';
import { userOf } from '../auth.ts';
import type { EstuaryProfile } from '../profiles.ts';
import { ErrorAnswers } from '../wire/answers.ts';
import { exportOf, totalsOf, uploadersOf } from './contents.ts';
import { exportSchema, Stats, Uploader } from './schemas.ts';

/** The routes that report on stored contents: the caller's own, and for administrators those of all users. */
export function addContentRoutes(scope: ProviderScope, profile: EstuaryProfile): void {
  scope.get(
    '/user/export',
    {
      config: { requires: 'user' },
      schema: {
        operationId: 'userExportGet',
        tags: ['User'],
        summary: 'Export user data',
        response: { 200: exportSchema(profile), ...ErrorAnswers },
      },
    },
    async (request) => {
      const exported = await exportOf(request.resources, userOf(request).id);
      return { Version: 'v0.0.1', Date: toTrimmedIso(request.now), Version1: exported };
    },
  );

  scope.get(
    '/user/stats',
    {
      config: { requires: 'user' },
      schema: {
        operationId: 'userStatsGet',
        tags: ['User'],
        summary: 'Get stats for the current user',
        response: { 200: Stats, ...ErrorAnswers },
      },
    },
    async (request) => totalsOf(request.resources, userOf(request).id, profile),
  );

  scope.get(
    '/admin/users',
    {
      config: { requires: 'admin' },
      schema: {
        operationId: 'adminUsersGet',
        tags: ['Admin'],
        summary: 'Get all users who own contents',
        response: { 200: Nullable(Type.Array(Uploader)), ...ErrorAnswers },
      },
    },
    async (request) => uploadersOf(request.resources),
  );
}
