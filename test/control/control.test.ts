import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';
import { exchange } from './exchange.ts';

const lk = emulatorForTests({ ownPorts: ['estuary'] });
const alice = 'Bearer EST00000000-0000-4000-8000-000000000002ARY';

test('health is ok, with the version, and says where https is and that it does not err on purpose (G12)', async () => {
  const { body } = await lk.request.get('/_latchkey/health').expect(200);
  expect(body).toEqual({ status: 'ok', version: '0.0.0-test', https: null, mutant: null });
});

describe('GET /credentials', () => {
  test('lists every provider with its URL at the same host, and headers that work as they are', async () => {
    const { body } = await lk.request.get('/_latchkey/credentials').expect(200);
    expect(Object.keys(body)).toEqual(['estuary', 'kps', 'rockset', 'whylabs']);
    expect(body.estuary.url).toBe(`${lk.url}/estuary`);
    expect(body.estuary.credentials[1]).toEqual({
      name: 'alice',
      secret: alice.slice('Bearer '.length),
      header: { name: 'Authorization', value: alice },
      login: { username: 'alice', passwordHash: 'alice-password-hash' },
      description: 'user alice, level 2',
      key: expect.any(String),
    });
  });

  test('say which key each is, and whose key none is (G6)', async () => {
    const { body } = await lk.request.get('/_latchkey/credentials').expect(200);
    const providers: [string, { credentials: { key: string | null; secret: string | null; login?: object }[] }][] =
      Object.entries(body);
    for (const [provider, { credentials }] of providers) {
      for (const { key, secret } of credentials) {
        const { body: found } = await lk.request.post('/_latchkey/introspect').send({ provider, secret: secret ?? 'none' });
        expect([provider, found.key?.id ?? null]).toEqual([provider, key]);
      }
      const ids = credentials.map(({ key }) => key).filter((key) => key !== null);
      expect(new Set(ids).size).toBe(ids.length);
    }
    expect(body.kps.credentials[2]).toMatchObject({ name: 'bob', secret: null, key: null });
    const described = { provider: 'estuary', owner: 'alice', name: 'ci' };
    const { body: issued } = await lk.request.post('/_latchkey/keys').send(described).expect(200);
    expect(issued.credential.key).toBe(issued.key.id);
  });

  test('urls follow the Host of the request', async () => {
    const { body } = await lk.request.get('/_latchkey/credentials').set('Host', 'latchkey:5282').expect(200);
    expect(body.rockset.url).toBe('http://latchkey:5282/rockset');
  });

  test('credentials have the documented names', async () => {
    const { body } = await lk.request.get('/_latchkey/credentials').expect(200);
    const providers: [string, { credentials: { name: string }[] }][] = Object.entries(body);
    const names = Object.fromEntries(providers.map(([name, { credentials }]) => [name, credentials.map((one) => one.name)]));
    expect(names).toEqual({
      estuary: ['admin', 'alice', 'bob'],
      kps: ['admin', 'alice', 'bob'],
      rockset: ['admin', 'member', 'reader'],
      whylabs: ['system', 'admin', 'user'],
    });
  });
});

describe('POST /reset', () => {
  test('brings keys, users and clock back to the start; issued keys are unknown again', async () => {
    const { body } = await lk.request.post('/user/api-keys').set('Authorization', alice).expect(200);
    await lk.request
      .delete(`/user/api-keys/${alice.slice(7)}`)
      .set('Authorization', alice)
      .expect(200);
    lk.world.clock.advance(1000);
    expect((await lk.request.post('/_latchkey/reset').expect(200)).body).toEqual({ to: 'seed' });
    await lk.request.get('/viewer').set('Authorization', `Bearer ${body.token}`).expect(401);
    await lk.request.get('/viewer').set('Authorization', alice).expect(200);
    const clock = (await lk.request.get('/_latchkey/clock')).body;
    expect(clock.frozen).toBe(false);
    expect(clock.now.slice(0, 19)).toBe('2030-01-01T00:00:00');
  });

  test('to empty leaves only the first administrators', async () => {
    expect((await lk.request.post('/_latchkey/reset').send({ to: 'empty' }).expect(200)).body).toEqual({ to: 'empty' });
    await lk.request.get('/viewer').set('Authorization', alice).expect(401);
    const { body } = await lk.request.get('/_latchkey/keys').expect(200);
    const owners = new Set(body.keys.map((key: { provider: string; owner: string }) => `${key.provider} ${key.owner}`));
    expect(owners.size).toBe(4);
  });

  test('to anything else is refused, and nothing is lost', async () => {
    await lk.request.post('/_latchkey/reset').send({ to: 'hell' }).expect(400);
    await lk.request.get('/viewer').set('Authorization', alice).expect(200);
  });
});

describe('documents', () => {
  test('the control plane and every provider have one', async () => {
    const control = await lk.request.get('/_latchkey/openapi.json').expect(200);
    expect(control.body.info.title).toBe('latchkey control plane');
    for (const name of ['estuary', 'kps', 'rockset', 'whylabs']) {
      const { body } = await lk.request.get(`/_latchkey/openapi/${name}.json`).expect(200);
      expect(body.openapi).toBe('3.1.0');
    }
    await lk.request.get('/_latchkey/openapi/nobody.json').expect(404);
  });

  test('Swagger UI shows them all', async () => {
    await lk.request
      .get('/_latchkey/docs/static/swagger-ui-bundle.js')
      .expect(200)
      .expect('Content-Type', /javascript/);
    const { text } = await lk.request.get('/_latchkey/docs/').expect(200).expect('Content-Type', /html/);
    expect(text).toContain('swagger-ui');
    const { text: initializer } = await lk.request.get('/_latchkey/docs/static/swagger-initializer.js').expect(200);
    for (const name of ['control', 'estuary', 'kps', 'rockset', 'whylabs'])
      expect(initializer).toContain(`../openapi/${name}.json`);
  });
});

test.each(['/docs/none', '/docs/static/none.js', '/docs/static/%00', '/docs/static/../../x', '/docs/%ff'])(
  'found 6.18: %s, which does not exist, is refused as every call is',
  async (path) => {
    const answer = await exchange(lk.url, { target: `/_latchkey${path}` });
    expect([answer.status, Object.keys(JSON.parse(answer.body)), Object.keys(JSON.parse(answer.body).error)]).toEqual([
      404,
      ['error'],
      ['code', 'message', 'details'],
    ]);
  },
);

describe('the control plane refuses', () => {
  test('an unknown call, in its own shape', async () => {
    const { body } = await lk.request.get('/_latchkey/nope').expect(404);
    expect(body).toEqual({
      error: {
        code: 'route_not_found',
        message: 'The control plane has no such call; /_latchkey/docs lists all calls.',
        details: null,
      },
    });
  });

  test.each(['evil.example.com', 'evil.example.com:5282', 'localhost.evil.com'])('a Host that is not local: %s', async (host) => {
    const { body } = await lk.request.get('/_latchkey/credentials').set('Host', host).expect(403);
    expect(body.error.code).toBe('host_refused');
  });

  test.each([
    'localhost',
    'localhost:5282',
    '127.0.0.1:5282',
    '[::1]:5282',
    'latchkey:5282',
    'rockset.localhost:5282',
    'host.docker.internal',
  ])('but not a local one: %s', async (host) => {
    await lk.request.get('/_latchkey/clock').set('Host', host).expect(200);
  });

  test.each([
    ['Origin', 'https://evil.example.com'],
    ['Origin', 'null'],
    ['Sec-Fetch-Site', 'cross-site'],
    ['Sec-Fetch-Site', 'same-site'],
  ])('a page of another origin: %s %s', async (header, value) => {
    const { body } = await lk.request.post('/_latchkey/reset').set(header, value).expect(403);
    expect(body.error.code).toBe('origin_refused');
  });

  test('but not its own pages', async () => {
    await lk.request.get('/_latchkey/clock').set('Origin', lk.url).set('Sec-Fetch-Site', 'same-origin').expect(200);
  });
});
