import Fastify, { type FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { EmulatorError, type ErrorCode, type ErrorDetails } from '../../../../src/core/errors.ts';
import { replyOfStatus, toReply } from '../../../../src/http/errors.ts';
import { errorTable } from '../../../../src/providers/whylabs/wire/errors.ts';

const path = '/v0/organizations';

/** A request whose id is `mine`. */
async function receive(): Promise<FastifyRequest> {
  const app = Fastify();
  const url = `/whylabs${path}`;
  app.decorateRequest('target', { getter: () => ({ path: url, search: '', url }) });
  return new Promise<FastifyRequest>((resolve) => {
    app.get(`/whylabs${path}`, async (received) => resolve(received));
    void app.inject({ url: `/whylabs${path}`, headers: { 'x-request-id': 'mine' } });
  });
}

/** The answer to an error, as no request can cause some of them. */
async function worded<C extends ErrorCode>(code: C, detail: ErrorDetails[C]) {
  const request = await receive();
  const { status, body } = toReply(errorTable(), new EmulatorError(code, detail, { cause: new Error('secret cause') }), request);
  return { status, body };
}

test('a rate limit is answered in plain text', async () => {
  const body = 'Too many requests. Please try again later.';
  expect(await worded('rate_limited', null)).toEqual({ status: 429, body });
});

test.each([
  ['internal', 500, 'Internal Server Error', 'Internal Server Error: Unexpected error'],
  ['unavailable', 503, 'Service Unavailable', 'Service Unavailable'],
  ['payload_too_large', 413, 'Request Entity Too Large', 'Request Entity Too Large'],
] as const)('%s (%i) has the shape of the framework, and does not show the cause', async (code, status, message, embedded) => {
  const body = {
    message,
    _links: { self: { href: path, templated: false } },
    _embedded: { errors: [{ message: embedded }] },
  };
  expect(await worded(code, null)).toEqual({ status, body });
});

test('a 503 that a fault asks for has the same shape', async () => {
  const asked = replyOfStatus(errorTable(), 503, await receive());
  expect(asked).toEqual(await worded('unavailable', null));
});

test('a failure of the store has the shape of a handled error, without the reason', async () => {
  const body = { message: 'Internal error. Unable to process request', requestId: 'mine', type: 'Internal' };
  expect(await worded('key_name_taken', { name: 'x' })).toEqual({ status: 500, body });
});
