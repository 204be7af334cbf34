import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { EmulatorError } from '../../../../src/core/errors.ts';
import { toReply } from '../../../../src/http/errors.ts';
import type { ErrorReply } from '../../../../src/provider/provider.ts';
import { errorTable } from '../../../../src/providers/kps/wire/errors.ts';
import {
  adminOnly,
  apiError,
  badUserId,
  duplicateEmail,
  malformedBody,
  maxReached,
  noRecord,
  notFound,
  unauthorized,
} from '../kps.ts';

const stopped = { owner: 'u', name: null, expiresAt: 0 };

/** The errors that shared code may raise. The real server has no 405, 429 and 501 of this shape: their texts are our own. */
const worded: readonly (readonly [EmulatorError, number, string])[] = [
  [new EmulatorError('credential_missing', null), 401, unauthorized],
  [new EmulatorError('credential_malformed', { problem: 'x' }), 401, unauthorized],
  [new EmulatorError('key_unknown', null), 401, unauthorized],
  [new EmulatorError('key_expired', stopped), 401, unauthorized],
  [new EmulatorError('key_suspended', stopped), 401, unauthorized],
  [new EmulatorError('key_revoked', stopped), 401, unauthorized],
  [new EmulatorError('permission_denied', { required: 'RBAC/userID' }), 403, adminOnly],
  [new EmulatorError('key_not_found', { handle: 'x' }), 404, noRecord('x')],
  [new EmulatorError('key_name_taken', { name: 'email' }), 400, duplicateEmail],
  [new EmulatorError('key_limit_reached', { limit: 2 }), 400, maxReached],
  [new EmulatorError('request_malformed', { problem: 'x' }), 400, malformedBody],
  [new EmulatorError('request_invalid', { problem: 'userID', path: '/userId' }), 400, badUserId],
  [new EmulatorError('payload_too_large', null), 400, malformedBody],
  [new EmulatorError('media_type_unsupported', null), 400, malformedBody],
  [new EmulatorError('route_not_found', null), 404, notFound],
  [new EmulatorError('method_not_allowed', { allowed: ['GET'] }), 405, apiError(405, 0, 'Method Not Allowed')],
  [new EmulatorError('not_implemented', { operation: 'EdgeList' }), 501, apiError(501, 0, 'EdgeList is not emulated')],
  [new EmulatorError('rate_limited', null), 429, apiError(429, 0, 'Too Many Requests')],
  [new EmulatorError('unavailable', null), 500, '{"statusCode": 500, "message": "server not ready"}'],
  [new EmulatorError('internal', null), 500, apiError(500, 0, 'Panicked!')],
];

test.each(worded.map(([error, status, text]) => [error.code, error, status, text] as const))(
  '%s has the code, the text and the blanks of the real server',
  async (_code, error, status, text) => {
    const app = Fastify();
    let reply: ErrorReply | undefined;
    app.get('/', async (request) => {
      reply = toReply(errorTable(), error, request);
    });
    await app.inject('/');
    await app.close();
    expect(reply).toMatchObject({ status, body: text });
  },
);
