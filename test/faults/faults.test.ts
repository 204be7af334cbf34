import { describe, expect, test } from 'vitest';
import { call, callWith, estuary, kps, rockset, seededCalls, whylabs } from '../control/seeded-calls.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests();
const unavailable = { status: 503 };
const add = async (draft: object) => (await lk.request.post('/_latchkey/faults').send(draft).expect(200)).body;
const list = async () => (await lk.request.get('/_latchkey/faults').expect(200)).body.faults;
const statusOf = async (seeded = rockset) => (await call(lk, seeded)).status;
const statuses = async (times: number, seeded = rockset) => {
  const seen: number[] = [];
  for (let request = 0; request < times; request++) seen.push(await statusOf(seeded));
  return seen;
};

test('secrets in a fault are not shown: neither to who adds it nor to who lists it', async () => {
  const { secret } = (await lk.request.get('/_latchkey/credentials').expect(200)).body.rockset.credentials[0];
  const respond = { status: 200, body: { apikey: secret, list: [`x-${secret}`] } };
  const added = await lk.request
    .post('/_latchkey/faults')
    .send({ match: { path: `/v1/${secret}` }, effect: { respond } })
    .expect(200);
  const listed = await lk.request.get('/_latchkey/faults').expect(200);
  expect(listed.body.faults).toEqual([added.body]);
  expect(added.text + listed.text).not.toContain(secret);
  expect(added.body.effect.respond.body.list[0]).toMatch(/^x-.*…$/);
});

describe('a fault is added, listed and removed', () => {
  test('by default it hits the next request of any kind within a minute', async () => {
    const fault = await add({ effect: unavailable });
    expect(fault).toEqual({
      id: expect.stringMatching(/^f\d+$/),
      match: {},
      effect: unavailable,
      skip: 0,
      times: 1,
      ttlMs: 60_000,
      hits: 0,
    });
    const listed = await lk.request.get('/_latchkey/faults').expect(200);
    expect(listed.body).toEqual({ faults: [fault], total: 1, cursor: null });
  });

  test('everything is shown as it was given, except for the credential, which is not kept', async () => {
    const match = { provider: 'rockset', operation: 'createApiKey', method: 'POST', path: '/v1/*', key: 'k-1' };
    const effect = {
      delay: '1ms',
      status: 503,
      retryAfter: 2,
      code: 'internal',
      respond: { status: 200, headers: { 'x-one': 'two' }, body: { deep: [1, { er: null }] } },
      dropResponse: true,
      truncate: true,
      slowBody: 'PT0.1S',
    };
    const given = { match: { ...match, credential: rockset.secret }, effect, skip: 3, times: null, ttl: '24h' };
    const fault = await add(given);
    const shown = { match: { ...match, credential: '…' }, effect, skip: 3, times: null, ttlMs: 86_400_000, hits: 0 };
    expect(fault).toEqual({ id: fault.id, ...shown });
    expect(await list()).toEqual([fault]);
    expect(JSON.stringify(await list())).not.toContain(rockset.secret.slice(0, 12));
  });

  test('faults are listed in the order in which they were added, by pages', async () => {
    const added = [
      await add({ effect: { status: 503 } }),
      await add({ effect: { status: 500 } }),
      await add({ effect: { status: 404 } }),
    ];
    const first = await lk.request.get('/_latchkey/faults?limit=2').expect(200);
    expect(first.body).toEqual({ faults: added.slice(0, 2), total: 3, cursor: '2' });
    const second = await lk.request.get('/_latchkey/faults?limit=2&cursor=2').expect(200);
    expect(second.body).toEqual({ faults: added.slice(2), total: 3, cursor: null });
  });

  test('a removed fault does not hit, and cannot be removed again', async () => {
    const { id } = await add({ effect: unavailable });
    expect((await lk.request.delete(`/_latchkey/faults/${id}`).expect(200)).body).toEqual({ removed: id });
    expect(await statusOf()).toBe(200);
    const again = await lk.request.delete(`/_latchkey/faults/${id}`).expect(404);
    expect(again.body).toEqual({
      error: {
        code: 'fault_not_found',
        message: `There is no fault "${id}": it was removed, or its times or its ttl ran out.`,
        details: null,
      },
    });
  });

  test('a fault that has hit as often as it should is gone, and cannot be removed', async () => {
    const { id } = await add({ effect: unavailable });
    expect(await statusOf()).toBe(503);
    await lk.request.delete(`/_latchkey/faults/${id}`).expect(404);
    expect(await list()).toEqual([]);
  });

  test('all faults can be removed at once', async () => {
    for (let fault = 0; fault < 3; fault++) await add({ effect: unavailable });
    expect((await lk.request.delete('/_latchkey/faults').expect(200)).body).toEqual({ cleared: true });
    expect(await list()).toEqual([]);
    expect(await statusOf()).toBe(200);
  });

  test('a thousand faults are allowed: one more is refused, and the others stay', async () => {
    await Promise.all(Array.from({ length: 1000 }, () => add({ match: { key: 'nobody' }, effect: unavailable })));
    const refused = await lk.request.post('/_latchkey/faults').send({ effect: unavailable }).expect(507);
    expect(refused.body).toEqual({
      error: {
        code: 'fault_limit_reached',
        message: 'There are 1000 faults, the maximum. Remove some first.',
        details: null,
      },
    });
    expect(await list()).toHaveLength(1000);
    expect(await statusOf()).toBe(200);
  });
});

describe('how often a fault hits', () => {
  test('once by default', async () => {
    await add({ effect: unavailable });
    expect(await statuses(3)).toEqual([503, 200, 200]);
  });

  test('`skip` matching requests are let through, then `times` are hit; other requests are not counted', async () => {
    const { id } = await add({ match: { provider: 'rockset' }, effect: unavailable, skip: 2, times: 3 });
    expect(await statuses(3, estuary)).toEqual([200, 200, 200]);
    expect(await statuses(4)).toEqual([200, 200, 503, 503]);
    expect(await list()).toMatchObject([{ id, hits: 2 }]);
    expect(await statuses(2)).toEqual([503, 200]);
    expect(await list()).toEqual([]);
  });

  test('every time with `times: null`', async () => {
    await add({ effect: unavailable, times: null });
    expect(await statuses(5)).toEqual([503, 503, 503, 503, 503]);
    expect(await list()).toMatchObject([{ hits: 5, times: null }]);
  });

  test('`times` of many concurrent requests are hit', async () => {
    await add({ effect: unavailable, times: 7 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => statusOf()));
    expect(answers.filter((status) => status === 503)).toHaveLength(7);
    expect(answers.filter((status) => status === 200)).toHaveLength(13);
  });

  test('two faults that answer hit one request each', async () => {
    await add({ effect: { status: 500 } });
    await add({ effect: { status: 503 } });
    expect(await statuses(3)).toEqual([500, 503, 200]);
  });

  test('until the end of its `ttl` in real time, whatever the clock of the world shows', async () => {
    await add({ effect: unavailable, times: null, ttl: '40ms' });
    lk.world.clock.advance(3_600_000);
    await expect.poll(list, { interval: 5, timeout: 5000 }).toEqual([]);
    expect(await statusOf()).toBe(200);
    await add({ effect: unavailable });
    lk.world.clock.advance(24 * 3_600_000);
    expect(await statusOf()).toBe(503);
  });
});

describe('which requests a fault hits', () => {
  test('every one without a `match`, with a wrong path or a refused credential too', async () => {
    await add({ effect: unavailable, times: null });
    for (const seeded of seededCalls) {
      expect(await statusOf(seeded)).toBe(503);
      expect((await callWith(lk, seeded, 'nonsense')).status).toBe(503);
      expect((await lk.request.get(`/${seeded.provider}/no/such/path`)).status).toBe(503);
    }
  });

  test.each([
    ['provider', { provider: 'rockset' }, [200, 200, 503, 200]],
    ['operation', { operation: 'viewerGet' }, [503, 200, 200, 200]],
    ['method', { method: 'GET' }, [503, 503, 503, 503]],
    ['method, in any case', { method: 'get' }, [503, 503, 503, 503]],
    ['another method', { method: 'POST' }, [200, 200, 200, 200]],
    ['path', { path: '/v1/orgs/self' }, [200, 200, 503, 200]],
    ['beginning of a path', { path: '/v1*' }, [200, 503, 503, 503]],
    ['beginning of a path that is longer', { path: '/v1/orgs/self/*' }, [200, 200, 200, 200]],
    ['path of another provider', { provider: 'whylabs', path: '/v1/orgs/self' }, [200, 200, 200, 200]],
    [
      'all that is known before a credential',
      { provider: 'kps', operation: 'UserApiTokenGet', method: 'GET', path: '/v1.0/userapitokens' },
      [200, 503, 200, 200],
    ],
    [
      'all but one part',
      { provider: 'kps', operation: 'UserApiTokenGet', method: 'PUT', path: '/v1.0/userapitokens' },
      [200, 200, 200, 200],
    ],
  ])('by the %s', async (_part, match, expected) => {
    await add({ match, effect: unavailable, times: null });
    expect(await Promise.all([estuary, kps, rockset, whylabs].map(statusOf))).toEqual(expected);
  });

  test('by the path below the provider, however the provider is reached and whatever the query is', async () => {
    await add({ match: { path: '/v1/orgs/self' }, effect: unavailable, times: null });
    const present = (path: string, host = '') => {
      const request = lk.request.get(path).set('Authorization', `ApiKey ${rockset.secret}`);
      return host === '' ? request : request.set('Host', host);
    };
    expect((await present('/v1/orgs/self?a=b')).status).toBe(503);
    expect((await present('/rockset/v1/orgs/self')).status).toBe(503);
    expect((await present('/v1/orgs/self', 'rockset.localhost')).status).toBe(503);
    expect((await present('/v1/orgs/self', 'api.usw2a1.rockset.com')).status).toBe(503);
  });

  test('by an operation that is not emulated', async () => {
    await add({ match: { operation: 'getDeploymentSettings' }, effect: unavailable });
    const ask = () => lk.request.get('/v1/orgs/self/deploymentsettings').set('Authorization', `ApiKey ${rockset.secret}`);
    expect((await ask()).status).toBe(503);
    expect((await ask()).status).toBe(501);
  });

  test('requests that the real router would not match too', async () => {
    await add({ match: { operation: 'CreateApiKey' }, effect: unavailable });
    const create = lk.request.post('/v0/organizations/org-123/api-key').type('text/plain').send('not JSON');
    expect((await create).status).toBe(503);
  });

  test.each(seededCalls)('by the id of a key of $provider', async (seeded) => {
    const { body } = await lk.request.post('/_latchkey/introspect').send({ secret: seeded.secret, provider: seeded.provider });
    await add({ match: { key: body.key.id }, effect: unavailable, times: null });
    expect((await call(lk, seeded)).status).toBe(503);
    expect((await callWith(lk, seeded, seeded.otherSecret)).status).toBe(200);
    await lk.request.post(`/_latchkey/keys/${body.key.id}/revoke`).expect(200);
    expect((await call(lk, seeded)).status).toBe(503);
  });

  test('only those of providers that document its status', async () => {
    await add({ effect: { status: 410 }, times: null });
    expect(await Promise.all([estuary, kps, rockset, whylabs].map(statusOf))).toEqual([200, 200, 200, 410]);
    expect(await list()).toMatchObject([{ hits: 1 }]);
  });
});

describe('by a credential', () => {
  const spellings = seededCalls.flatMap((seeded) => {
    const hint =
      { estuary: 'EST00000000', kps: seeded.secret.slice(-6), rockset: 'member', whylabs: 'ADMIN00000' }[seeded.provider] ?? '';
    return [
      { provider: seeded.provider, spelling: 'secret', credential: seeded.secret, seeded },
      { provider: seeded.provider, spelling: 'hint', credential: hint, seeded },
      { provider: seeded.provider, spelling: 'hint as the journal shows it', credential: `${hint}…`, seeded },
    ];
  });

  test.each(spellings)(
    '$spelling of $provider: requests that present it are hit, and it is never shown',
    async ({ credential, seeded }) => {
      const fault = await add({ match: { provider: seeded.provider, credential }, effect: unavailable, times: null });
      expect(fault.match).toEqual({ provider: seeded.provider, credential: '…' });
      expect((await call(lk, seeded)).status).toBe(503);
      expect((await callWith(lk, seeded, 'nonsense')).status).not.toBe(503);
      expect((await lk.request.get(`/${seeded.provider}${seeded.path}`)).status).not.toBe(503);
    },
  );

  test.each(seededCalls)('another secret of $provider is not hit', async (seeded) => {
    await add({ match: { credential: seeded.otherSecret }, effect: unavailable, times: null });
    expect((await call(lk, seeded)).status).toBe(200);
    expect((await callWith(lk, seeded, seeded.otherSecret)).status).toBe(503);
  });

  test('a token of WhyLabs is recognised with and without its organisation, however it is presented', async () => {
    const [token = ''] = whylabs.secret.split(':');
    for (const credential of [token, whylabs.secret]) {
      const { id } = await add({ match: { credential }, effect: unavailable, times: null });
      expect((await callWith(lk, whylabs, token)).status).toBe(503);
      expect((await callWith(lk, whylabs, whylabs.secret)).status).toBe(503);
      expect((await lk.request.get('/v1/api-key/validate').set('Cookie', `X-API-Key=${whylabs.secret}`)).status).toBe(503);
      await lk.request.delete(`/_latchkey/faults/${id}`).expect(200);
    }
  });

  test('requests with an unknown secret can be hit', async () => {
    const forged = 'f'.repeat(64);
    await add({ match: { credential: forged }, effect: unavailable });
    expect((await callWith(lk, rockset, forged)).status).toBe(503);
    expect((await callWith(lk, rockset, forged)).status).toBe(401);
  });
});
