import { describe, expect, test } from 'vitest';
import { exchange } from '../control/exchange.ts';
import { call, callWith, estuary, kps, rockset, type SeededCall, seededCalls } from '../control/seeded-calls.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests();
const add = async (draft: object) => (await lk.request.post('/_latchkey/faults').send(draft).expect(200)).body;
const ownKeys = '/v1/orgs/self/users/self/apikeys';
const authorization = { authorization: `ApiKey ${rockset.secret}`, 'content-type': 'application/json' };
/** Creates a key at Rockset over a connection that may break. */
const create = (name: string) =>
  exchange(`${lk.url}${ownKeys}`, { method: 'POST', headers: authorization, body: JSON.stringify({ name }) });
const namesOfKeys = async () => {
  const { body } = await lk.request.get(ownKeys).set('Authorization', authorization.authorization).expect(200);
  return body.data.map((key: { name: string }) => key.name);
};
/** The last request in the journal. */
const lastEntry = async () => (await lk.request.get('/_latchkey/requests?limit=1').expect(200)).body.requests[0];
const plain = (seeded: SeededCall) => exchange(`${lk.url}/${seeded.provider}${seeded.path}`);

describe('an error of the provider', () => {
  test.each(seededCalls)('`retryAfter` goes with a status of $provider and with a code', async ({ provider, path }) => {
    for (const effect of [{ status: 429 }, { status: 503 }, { code: 'rate_limited' }]) {
      await add({ effect: { ...effect, retryAfter: 2 } });
      const answer = await exchange(`${lk.url}/${provider}${path}`);
      expect([answer.status, answer.headers['retry-after']]).toEqual([effect.status ?? 429, '2']);
      await add({ effect });
      expect((await exchange(`${lk.url}/${provider}${path}`)).headers).not.toHaveProperty('retry-after');
    }
  });

  test.each(seededCalls)('a `code` is worded by $provider as the same error of its own', async (seeded) => {
    const { body } = await lk.request.post('/_latchkey/introspect').send({ secret: seeded.secret, provider: seeded.provider });
    const ask = async () => {
      const { provider, path, header, scheme, secret } = seeded;
      const answer = await exchange(`${lk.url}/${provider}${path}`, { headers: { [header]: scheme + secret } });
      return [answer.status, answer.body.replace(/"trace_id":"[^"]*"/, '')];
    };
    const injected = async (code: string) => {
      await add({ match: { credential: seeded.secret }, effect: { code } });
      return ask();
    };
    const [suspended, expired, revoked] = [
      await injected('key_suspended'),
      await injected('key_expired'),
      await injected('key_revoked'),
    ];
    const force = (move: string) => lk.request.post(`/_latchkey/keys/${body.key.id}/${move}`).expect(200);
    await force('suspend');
    expect(await ask()).toEqual(suspended);
    await force('resume');
    await force('expire');
    const [status, text] = await ask();
    // Estuary's answer has the instant of expiry in it.
    const instant = /\d{4}-\d\d-\d\d [^"]*UTC/;
    expect([status, String(text).replace(instant, '')]).toEqual([expired[0], String(expired[1]).replace(instant, '')]);
    await force('revoke');
    expect(await ask()).toEqual(revoked);
  });

  test('the journal names the fault, and no key, since none was looked up', async () => {
    const { id } = await add({ effect: { code: 'unavailable' } });
    await call(lk, estuary).expect(503);
    expect(await lastEntry()).toMatchObject({ status: 503, code: 'unavailable', fault: id, key: null, operation: 'viewerGet' });
  });
});

describe('an answer of the tester', () => {
  test.each(seededCalls)('is sent exactly as given, whatever $provider does to its answers', async (seeded) => {
    const text = '{"a" : "<b>"} not JSON & é\u2028\n';
    await add({
      effect: { respond: { status: 202, headers: { 'content-type': 'application/json', 'X-Own': 'one' }, body: text } },
    });
    const answer = await exchange(`${lk.url}/${seeded.provider}${seeded.path}?pretty`);
    expect([answer.status, answer.body]).toEqual([202, text]);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'x-own': 'one' });
    expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(text)));
  });

  test.each([
    [{ status: 200 }, '', undefined],
    [{ status: 502, body: null }, '', undefined],
    [{ status: 502, body: 'Bad gateway' }, 'Bad gateway', 'text/plain; charset=utf-8'],
    [{ status: 200, body: { b: [1, null], a: '<' } }, '{"b":[1,null],"a":"<"}', 'application/json'],
    [{ status: 200, body: false }, 'false', 'application/json'],
    [{ status: 200, body: 0 }, '0', 'application/json'],
    [{ status: 404, body: '', headers: { 'content-type': 'text/html' } }, '', 'text/html'],
  ])('%j', async (respond, body, mediaType) => {
    await add({ effect: { respond } });
    const answer = await plain(rockset);
    expect([answer.status, answer.body, answer.headers['content-type'], answer.failure]).toEqual([
      respond.status,
      body,
      mediaType,
      undefined,
    ]);
  });

  test('has headers that replace those of the provider', async () => {
    await add({ effect: { respond: { status: 200, headers: { 'Cache-Control': 'max-age=9', 'x-request-id': 'mine' } } } });
    expect((await plain(rockset)).headers).toMatchObject({ 'cache-control': 'max-age=9', 'x-request-id': 'mine' });
  });

  test('is given without doing what was asked for', async () => {
    await add({ effect: { respond: { status: 200, body: { data: {} } } } });
    expect((await create('not-made')).status).toBe(200);
    expect(await namesOfKeys()).not.toContain('not-made');
  });
});

describe('a slow or broken connection', () => {
  test('`delay` waits before anything is done', async () => {
    await add({ effect: { delay: '60ms' } });
    const before = performance.now();
    const answer = await plain(estuary);
    expect(performance.now() - before).toBeGreaterThanOrEqual(59);
    expect(answer.status).toBe(401);
  });

  test('`reset`: no answer, nothing done, and status 0 in the journal', async () => {
    const { id } = await add({ effect: { reset: true } });
    expect(await create('not-made')).toMatchObject({ status: undefined, body: '', failure: 'ECONNRESET' });
    expect(await lastEntry()).toMatchObject({ status: 0, fault: id, operation: 'createApiKey', code: null });
    expect(await namesOfKeys()).not.toContain('not-made');
  });

  test('`dropResponse`: no answer, although everything is done', async () => {
    const { id } = await add({ effect: { dropResponse: true } });
    expect(await create('made')).toMatchObject({ status: undefined, body: '', failure: 'ECONNRESET' });
    expect(await lastEntry()).toMatchObject({ status: 200, fault: id, operation: 'createApiKey' });
    expect(await namesOfKeys()).toContain('made');
  });

  test.each(seededCalls)('`truncate`: the first half of an answer of $provider, with the length of the whole', async (seeded) => {
    const { provider, path, header, scheme, secret } = seeded;
    const headers = { [header]: scheme + secret, 'x-request-id': 'fixed' };
    const ask = () => exchange(`${lk.url}/${provider}${path}`, { headers });
    await ask();
    const whole = await ask();
    expect(whole.failure).toBeUndefined();
    await add({ effect: { truncate: true } });
    const half = await ask();
    expect(half).toMatchObject({ status: 200, failure: 'ECONNRESET' });
    expect(half.headers['content-length']).toBe(String(Buffer.byteLength(whole.body)));
    expect(half.body).toHaveLength(Buffer.byteLength(whole.body) >> 1);
    expect(whole.body.startsWith(half.body)).toBe(true);
  });

  test('`truncate` of a long answer: the complete half arrives', async () => {
    const body = 'x'.repeat(900_001);
    await add({ effect: { respond: { status: 200, body }, truncate: true } });
    const half = await plain(rockset);
    expect([half.body.length, half.headers['content-length'], half.failure]).toEqual([450_000, '900001', 'ECONNRESET']);
  });

  test('`truncate` leaves an answer without a body as it is', async () => {
    await add({ effect: { status: 401, truncate: true } });
    expect(await exchange(`${lk.url}/v1/api-key/validate`)).toMatchObject({ status: 401, body: '', failure: undefined });
  });

  test('`slowBody`: every byte, in pieces, over at least the time', async () => {
    const { body: whole } = await exchange(`${lk.url}${rockset.path}`, { headers: authorization });
    await add({ effect: { slowBody: '80ms' } });
    const before = performance.now();
    const slow = await exchange(`${lk.url}${rockset.path}`, { headers: authorization });
    expect(performance.now() - before).toBeGreaterThanOrEqual(75);
    expect(slow).toMatchObject({ status: 200, body: whole, failure: undefined });
    expect(slow.headers['content-length']).toBe(String(Buffer.byteLength(whole)));
    expect(slow.pieces).toBeGreaterThan(1);
  });
});

describe('several effects at once', () => {
  test('of one fault: the answer is delayed, worded by the provider, slow, and cut in half', async () => {
    await add({ effect: { delay: '20ms', code: 'unavailable', retryAfter: 1, slowBody: '40ms', truncate: true } });
    const before = performance.now();
    const answer = await plain(estuary);
    expect(performance.now() - before).toBeGreaterThanOrEqual(38);
    expect(answer).toMatchObject({ status: 503, body: '{"error":{"code":503,"reason":"Service Unav', failure: 'ECONNRESET' });
    expect(answer.headers['retry-after']).toBe('1');
  });

  test('of several faults act in the same order, regardless of the order of the faults', async () => {
    const faults = [{ truncate: true }, { code: 'unavailable' }, { slowBody: '20ms' }, { delay: '20ms' }];
    const added: string[] = [];
    for (const effect of faults) added.push((await add({ effect })).id);
    const answer = await plain(estuary);
    expect(answer).toMatchObject({ status: 503, body: '{"error":{"code":503,"reason":"Service Unav', failure: 'ECONNRESET' });
    expect((await lastEntry()).fault.split(',').toSorted()).toEqual(added.toSorted());
    expect((await plain(estuary)).status).toBe(401);
  });

  test('a connection that is reset gets no other answer', async () => {
    await add({ effect: { reset: true, status: 503, dropResponse: true } });
    expect(await plain(kps)).toMatchObject({ status: undefined, failure: 'ECONNRESET' });
    expect(await lastEntry()).toMatchObject({ status: 0, provider: 'kps' });
    expect((await plain(kps)).status).toBe(401);
  });

  test('a fault that also delays changes goes on delaying them after its last hit', async () => {
    const { id } = await add({ effect: { status: 503, propagation: { issue: '1s' } }, times: 2 });
    const statuses: number[] = [];
    for (let request = 0; request < 3; request++) statuses.push((await callWith(lk, rockset, rockset.secret)).status);
    expect(statuses).toEqual([503, 503, 200]);
    expect((await lk.request.get('/_latchkey/faults')).body.faults).toMatchObject([{ id, hits: 2 }]);
  });
});
