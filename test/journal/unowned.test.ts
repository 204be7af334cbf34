import { describe, expect, test } from 'vitest';
import * as rockset from '../providers/rockset/rockset.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests({ explainHeader: true });

const last = async (world = '') => (await lk.request.get(`${world}/_latchkey/requests?limit=1`).expect(200)).body.requests[0];

describe('found 1.2: a request that no provider owns', () => {
  test('is in the journal, with what it was probably meant for', async () => {
    const { headers } = await lk.request.get('/api/v1/orgs/self?x=1').set('Authorization', rockset.admin).expect(404);
    const entry = await last();
    expect(entry).toMatchObject({
      id: headers['x-latchkey-request'],
      at: '2030-01-01T00:00:00.000Z',
      provider: null,
      operation: null,
      method: 'GET',
      path: '/api/v1/orgs/self?x=1',
      status: 404,
      key: null,
      credential: 'admin0…',
      code: 'route_not_found',
      fault: null,
    });
    expect(entry.nearest[0]).toMatchObject({
      provider: 'rockset',
      method: 'GET',
      why: 'did you mean /v1/orgs/self? The base URL ends in /api',
    });
    const { body } = await lk.request.get(`/_latchkey/requests/${entry.id}`).expect(200);
    expect(body).toMatchObject({ provider: null, nearest: entry.nearest, requestBody: null });
    expect(body.explanation).toMatchObject({
      verdict: 'no provider',
      mount: { by: 'nothing', world: 'default', provider: null, target: '/api/v1/orgs/self?x=1' },
      nearly: [],
    });
    expect(body.explanation.sentence).toMatch(
      /^No provider owns this path; near is \w+ of rockset \(GET \/v1\/orgs\/[^)]+\): did you mean \/v1\/orgs\/self\? The base URL ends in \/api\.$/,
    );
  });

  test('has nothing that it was meant for if nothing is near', async () => {
    await lk.request.post('/nope').send('{bad').expect(404);
    const entry = await last();
    expect([entry.provider, entry.path, 'nearest' in entry]).toEqual([null, '/nope', false]);
  });

  test('is in the journal of its world, in the events and in the metrics', async () => {
    const seen: unknown[] = [];
    lk.world.events.listen(
      (event) => event.type === 'request' && seen.push(event.data()),
      () => undefined,
    );
    await lk.request.get('/nowhere').expect(404);
    expect(seen).toMatchObject([{ provider: null, status: 404 }]);
    await lk.request.get('/~w/nowhere').expect(404);
    expect(await last('/~w')).toMatchObject({ provider: null, path: '/~w/nowhere' });
    const { text } = await lk.request.get('/_latchkey/metrics').expect(200);
    expect(text).toContain('latchkey_requests_total{world="w",provider="",operation="",status="404"} 1');
  });

  test('shows no secret, not even in the reason', async () => {
    const { secret = '' } = (await lk.world.credentials()).get('estuary')?.[1] ?? {};
    await lk.request.get(`/${secret}/user/api-keys?k=${secret}`).set('X-Any', `${secret}`).expect(404);
    const { id, nearest } = await last();
    const { text } = await lk.request.get(`/_latchkey/requests/${id}`).expect(200);
    expect(nearest[0].why).toContain('/user/api-keys');
    expect(text).not.toContain(secret);
  });
});

describe('found 1.2: a request inside a provider that matches none of its operations', () => {
  test.each([
    ['GET', '/rockset/rockset/v1/orgs/self', 404, 'did you mean /v1/orgs/self? The base URL ends in /rockset'],
    ['PUT', '/v1/orgs/self', 405, 'it has this path, by another method'],
    ['GET', '/rockset/viewer', 404, 'estuary has it, not rockset: it has this path'],
  ])('%s %s', async (method, path, status, why) => {
    const call = method === 'PUT' ? lk.request.put(path) : lk.request.get(path);
    await call.set('Authorization', rockset.admin).expect(status);
    const { nearest, provider } = await last();
    expect([provider, nearest[0].why]).toEqual(['rockset', why]);
    expect(nearest.length).toBeLessThanOrEqual(3);
  });

  test('one that matches an operation has none, whatever the answer', async () => {
    await lk.request.get('/v1/orgs/self/users/nobody%40me.com').set('Authorization', rockset.admin).expect(404);
    expect('nearest' in (await last())).toBe(false);
  });
});
