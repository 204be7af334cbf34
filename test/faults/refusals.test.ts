import { describe, expect, test } from 'vitest';
import { call, estuary, rockset, seededCalls } from '../control/seeded-calls.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests();
const unavailable = { status: 503 };
const add = (draft: unknown) => lk.request.post('/_latchkey/faults').send(Object(draft));
const names = 'estuary, kps, rockset, whylabs';

describe('a fault that can never hit is refused with the reason', () => {
  test.each([
    [{ match: { provider: 'nobody' }, effect: unavailable }, `unknown provider "nobody": expected one of ${names}`],
    [
      { match: { operation: 'createApikey' }, effect: unavailable },
      'unknown operation "createApikey": GET /_latchkey/providers lists the operations',
    ],
    [
      { match: { provider: 'kps', operation: 'createApiKey' }, effect: unavailable },
      'unknown operation "createApiKey" of kps: GET /_latchkey/providers lists the operations',
    ],
    [{ match: { method: 'GETT' }, effect: unavailable }, 'method must be an HTTP method, not "GETT"'],
    [
      { match: { provider: 'kps' }, effect: { status: 410 } },
      'kps documents no status 410: it documents 400, 401, 403, 404, 405, 412, 429, 500, 503',
    ],
    [
      { match: { operation: 'viewerGet' }, effect: { status: 410 } },
      'estuary documents no status 410: it documents 400, 401, 403, 404, 405, 429, 500, 502, 503',
    ],
    [{ effect: { status: 418 } }, 'estuary documents no status 418: it documents 400, 401, 403, 404, 405, 429, 500, 502, 503'],
    [{ effect: { retryAfter: 1 } }, 'retryAfter goes with status or code'],
    [{ effect: { delay: 'soon' } }, 'delay must be a duration of at most 5m, not "soon"'],
    [{ effect: { delay: '-1s' } }, 'delay must be a duration of at most 5m, not "-1s"'],
    [{ effect: { delay: '5m1ms' } }, 'delay must be a duration of at most 5m, not "5m1ms"'],
    [{ effect: { slowBody: '6m' } }, 'slowBody must be a duration of at most 5m, not "6m"'],
    [{ effect: { propagation: { issue: '-1s' } } }, 'propagation must be a duration such as 10s, not "-1s"'],
    [{ effect: { propagation: { revoke: 'later' } } }, 'propagation must be a duration such as 10s, not "later"'],
    [
      { match: { provider: 'kps', key: 'k-1' }, effect: { propagation: { issue: '1s' } } },
      'propagation can be limited to a provider only: the match must not have key',
    ],
    [{ effect: unavailable, ttl: 'ever' }, 'ttl must be a duration above 0 and at most 24h, not "ever"'],
    [{ effect: unavailable, ttl: '0s' }, 'ttl must be a duration above 0 and at most 24h, not "0s"'],
    [{ effect: unavailable, ttl: '24h1ms' }, 'ttl must be a duration above 0 and at most 24h, not "24h1ms"'],
  ])('%j', async (draft, message) => {
    const { body } = await add(draft).expect(400);
    expect(body).toEqual({ error: { code: 'request_invalid', message, details: null } });
    expect((await lk.request.get('/_latchkey/faults')).body.faults).toEqual([]);
  });

  const effects = 'delay, reset, retryAfter, status, code, respond, dropResponse, slowBody, truncate, propagation';
  const codes =
    'credential_missing, credential_malformed, key_unknown, key_expired, key_suspended, key_revoked, permission_denied, key_not_found, key_name_taken, key_limit_reached, transition_refused, request_malformed, request_invalid, payload_too_large, media_type_unsupported, expectation_failed, route_not_found, method_not_allowed, not_implemented, rate_limited, unavailable, internal';

  test.each([
    [{}, '/effect', 'is missing'],
    [{ effect: {} }, '/effect', 'must have at least 1 field'],
    [{ effect: { explode: true } }, '/effect/explode', `is an unknown field: expected ${effects}`],
    [{ effect: { status: '429' } }, '/effect/status', 'must be a whole number, not a string'],
    [{ effect: { code: 'key_lost' } }, '/effect/code', `must be one of ${codes}, not "key_lost"`],
    [{ effect: { reset: false } }, '/effect/reset', 'must be true, not false'],
    [{ effect: { delay: 250 } }, '/effect/delay', 'must be a string, not 250'],
    [{ effect: { respond: {} } }, '/effect/respond/status', 'is missing'],
    [{ effect: { respond: { status: 101 } } }, '/effect/respond/status', 'must be at least 200, not 101'],
    [{ effect: { respond: { status: 600 } } }, '/effect/respond/status', 'must be at most 599, not 600'],
    [
      { effect: { respond: { status: 200, text: '' } } },
      '/effect/respond/text',
      'is an unknown field: expected status, headers, body',
    ],
    [{ effect: { propagation: {} } }, '/effect/propagation', 'must have at least 1 field'],
    [
      { effect: { propagation: { suspend: '1s' } } },
      '/effect/propagation/suspend',
      'is an unknown field: expected issue, revoke',
    ],
    [
      { effect: unavailable, match: { host: 'x' } },
      '/match/host',
      'is an unknown field: expected provider, operation, method, path, key, credential',
    ],
    [{ effect: unavailable, skip: -1 }, '/skip', 'must be at least 0, not -1'],
    [{ effect: unavailable, times: 0 }, '/times', 'must be at least 1, not 0'],
    [{ effect: unavailable, times: 1.5 }, '/times', 'must be a whole number or null, not 1.5'],
    [{ effect: unavailable, probability: 0.5 }, '/probability', 'is an unknown field: expected match, effect, skip, times, ttl'],
  ])('%j', async (draft, path, problem) => {
    const { body } = await add(draft).expect(400);
    expect(body).toEqual({
      error: { code: 'request_invalid', message: `${path} ${problem}`, details: [{ path, problem }] },
    });
    expect((await lk.request.get('/_latchkey/faults')).body.faults).toEqual([]);
  });

  test.each([
    ['a line break', { 'x-one': 'a\r\nb' }],
    ['an invalid name', { 'x one': 'b' }],
    ['the framing of the body', { 'Transfer-Encoding': 'chunked' }],
    // Found 6.14: Node threw for it when the answer was written, which ended the process.
    ['parts after the body', { Trailer: 'x' }],
  ])('a header with %s', async (_what, headers) => {
    const { body } = await add({ effect: { respond: { status: 200, headers } } }).expect(400);
    expect(body.error.code).toBe('request_invalid');
  });

  test('a body that is not JSON', async () => {
    const { body } = await lk.request.post('/_latchkey/faults').type('json').send('{').expect(400);
    expect(body).toEqual({ error: { code: 'request_invalid', message: 'the body is not JSON', details: null } });
  });
});

describe('what faults do not affect', () => {
  test('the control plane and forward-auth: they do not count as hits either', async () => {
    const { body: fault } = await add({ effect: { status: 500 }, times: null }).expect(200);
    await add({ match: { path: '/_latchkey*' }, effect: { status: 500 }, times: null }).expect(200);
    for (const path of ['/health', '/ready', '/clock', '/keys', '/faults', '/providers', '/openapi.json'])
      await lk.request.get(`/_latchkey${path}`).expect(200);
    for (const { provider, header, scheme, secret } of seededCalls)
      await lk.request
        .get(`/_latchkey/authorize/${provider}`)
        .set(header, scheme + secret)
        .expect(200);
    expect((await lk.request.get('/_latchkey/faults')).body.faults[0]).toEqual(fault);
  });

  test('other worlds', async () => {
    await add({ effect: unavailable, times: null }).expect(200);
    const elsewhere = () => lk.request.get(`/~elsewhere/estuary${estuary.path}`).set('Authorization', `Bearer ${estuary.secret}`);
    expect((await elsewhere()).status).toBe(200);
    expect((await lk.request.get('/~elsewhere/_latchkey/faults').expect(200)).body.faults).toEqual([]);
    await lk.request
      .post('/~elsewhere/_latchkey/faults')
      .send({ effect: { status: 503 } })
      .expect(200);
    expect((await call(lk, estuary)).status).toBe(503);
    expect((await elsewhere()).status).toBe(503);
    expect((await elsewhere()).status).toBe(200);
  });

  test('a world after its reset', async () => {
    await add({ effect: unavailable, times: null }).expect(200);
    await add({ effect: { propagation: { revoke: '1h' } } }).expect(200);
    await lk.request.post('/_latchkey/reset').expect(200);
    expect((await lk.request.get('/_latchkey/faults')).body).toEqual({ faults: [], total: 0, cursor: null });
    expect((await call(lk, rockset)).status).toBe(200);
  });
});
