import Fastify, { type FastifyRequest } from 'fastify';
import { describe, expect, test } from 'vitest';
import { EmulatorError } from '../../../../src/core/errors.ts';
import { resourceKind } from '../../../../src/core/resource-store.ts';
import type { ErrorReply, ErrorTable } from '../../../../src/provider/provider.ts';
import { contents } from '../../../../src/providers/estuary/contents/contents.ts';
import estuary from '../../../../src/providers/estuary/index.ts';
import { emulatorForTests } from '../../emulator.ts';
import { alice, estuaryError } from '../estuary.ts';

/** Errors that no request causes by itself, but that a fault or the control plane can cause. */
const rendered: readonly [
  code: string,
  render: (table: ErrorTable, request: FastifyRequest) => ErrorReply,
  number,
  string,
  string,
][] = [
  [
    'key_not_found',
    (table, request) => table.codes.key_not_found(new EmulatorError('key_not_found', { handle: 'x' }), request),
    404,
    'Not Found',
    'Not Found',
  ],
  [
    'key_name_taken',
    (table, request) => table.codes.key_name_taken(new EmulatorError('key_name_taken', { name: 'x' }), request),
    500,
    'Internal Server Error',
    'UNIQUE constraint failed: auth_tokens.token_hash',
  ],
  [
    'key_limit_reached',
    (table, request) => table.codes.key_limit_reached(new EmulatorError('key_limit_reached', { limit: 1 }), request),
    429,
    'Too Many Requests',
    'Too Many Requests',
  ],
  [
    'transition_refused',
    (table, request) =>
      table.codes.transition_refused(new EmulatorError('transition_refused', { from: 'revoked', to: 'active' }), request),
    401,
    'ERR_INVALID_TOKEN',
    'api key does not exist',
  ],
  [
    'request_invalid',
    (table, request) => table.codes.request_invalid(new EmulatorError('request_invalid', { problem: 'why', path: '' }), request),
    400,
    'ERR_INVALID_INPUT',
    'one or more params has an invalid data type or not supported: why',
  ],
  [
    'media_type_unsupported',
    (table, request) => table.codes.media_type_unsupported(new EmulatorError('media_type_unsupported', null), request),
    415,
    'Unsupported Media Type',
    'Unsupported Media Type',
  ],
  [
    'rate_limited',
    (table, request) => table.codes.rate_limited(new EmulatorError('rate_limited', null), request),
    429,
    'Too Many Requests',
    'rate limit exceeded',
  ],
  [
    'unavailable',
    (table, request) => table.codes.unavailable(new EmulatorError('unavailable', null), request),
    503,
    'Service Unavailable',
    'Service Unavailable',
  ],
];

describe.each(estuary.profiles)('errors that only faults and the control plane cause, in %s', (profile) => {
  test.each(rendered)('%s has the shape of every error, and adds no header', async (_code, render, status, reason, details) => {
    const app = Fastify();
    let reply: ErrorReply | undefined;
    app.get('/', async (request) => {
      reply = render(estuary.emulate(profile).errors, request);
    });
    await app.inject('/');
    await app.close();
    expect(reply).toEqual({ status, headers: {}, body: { error: { code: status, reason, details } } });
  });
});

describe('failures', () => {
  const lk = emulatorForTests();

  test('a log-in of more than a mebibyte is too large', async () => {
    const answer = await lk.request
      .post('/login')
      .set('Content-Type', 'application/json')
      .send(' '.repeat((1 << 20) + 1))
      .expect(413);
    expect(answer.text).toBe(estuaryError(413, 'Request Entity Too Large', 'Request Entity Too Large'));
  });

  test('an internal failure is a 500 that reveals nothing of it', async () => {
    const unreadable = { id: '1', tenant: 'estuary', name: null, createdAt: 0, data: null };
    await lk.world.resources('estuary').put(resourceKind<null>(contents.kind), unreadable);
    const answer = await lk.request.get('/user/stats').set('Authorization', alice).expect(500);
    expect(answer.text).toBe(estuaryError(500, 'Internal Server Error', 'Internal Server Error'));
  });
});
