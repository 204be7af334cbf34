import supertest from 'supertest';
import { afterEach, describe, expect, test } from 'vitest';
import { issueKey } from '../control/issued-key.ts';
import { alice, createKey } from '../providers/estuary/estuary.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests({ ownPorts: ['rockset', 'estuary'], maxWorlds: 6 });
afterEach(async () => {
  for (const name of lk.worlds.names().slice(1)) await lk.worlds.drop(name);
});

const ownPort = (provider: string) => supertest(lk.providerUrls.get(provider) ?? '');
const viewer = (path: string, authorization = alice) => lk.request.get(path).set('Authorization', authorization);
const names = () => lk.worlds.names();

describe('a world is made and seeded on its first use', () => {
  test.each<[string, () => supertest.Test]>([
    ['by a path that a provider owns', () => viewer('/~shop/viewer')],
    ["by a provider's prefix", () => viewer('/~shop/estuary/viewer')],
    ['by host name', () => viewer('/viewer').set('Host', 'estuary.shop.localhost:5282')],
    ['by host name, however it is written', () => viewer('/viewer').set('Host', 'Estuary.SHOP.localhost')],
    ["on a provider's own port", () => ownPort('estuary').get('/~shop/viewer').set('Authorization', alice)],
    [
      "on a provider's own port, by host name",
      () => ownPort('estuary').get('/viewer').set('Authorization', alice).set('Host', 'estuary.shop.localhost'),
    ],
    ['by its control plane', () => lk.request.get('/~shop/_latchkey/clock')],
    ['by its control plane, by host name', () => lk.request.get('/_latchkey/clock').set('Host', 'estuary.shop.localhost')],
  ])('%s', async (_, ask) => {
    expect(names()).toEqual(['default']);
    await ask().expect(200);
    expect(names()).toEqual(['default', 'shop']);
    await viewer('/~shop/viewer').expect(200);
  });

  test('and every way of reaching it leads to the same world', async () => {
    const { header } = await issueKey(lk, { provider: 'rockset', owner: 'member@me.com', name: 'shared' }, '/~shop');
    const path = '/v1/orgs/self';
    const ways = [
      lk.request.get(`/~shop${path}`),
      lk.request.get(`/~shop/rockset${path}`),
      lk.request.get(path).set('Host', 'rockset.shop.localhost'),
      lk.request.get(`/~shop${path}`).set('Host', 'rockset.localhost'),
      lk.request.get(`/~shop${path}`).set('Host', 'api.rs2.usw2.rockset.com'),
      lk.request.get(`/~shop${path}`).set('Host', 'rockset.another.localhost'),
      ownPort('rockset').get(`/~shop${path}`),
      ownPort('rockset').get(path).set('Host', 'rockset.shop.localhost'),
    ];
    for (const way of ways) await way.set(header.name, header.value).expect(200);
    await lk.request.get(path).set(header.name, header.value).expect(401);
    expect(names()).toEqual(['default', 'shop']);
  });

  test('but not by requests to the default world, named or not', async () => {
    await viewer('/viewer').expect(200);
    await viewer('/~default/viewer').expect(200);
    await viewer('/viewer').set('Host', 'estuary.default.localhost').expect(200);
    expect(names()).toEqual(['default']);
  });

  test('once, even if the first requests are concurrent', async () => {
    const issues = await Promise.all(
      Array.from({ length: 30 }, () => lk.request.post('/~shop/user/api-keys').set('Authorization', alice)),
    );
    expect(issues.map(({ status }) => status)).toEqual(issues.map(() => 200));
    const { body } = await viewer('/~shop/user/api-keys').expect(200);
    const listed = body.map(({ token }: { token: string }) => token);
    for (const issued of issues) expect(listed).toContain(issued.body.token);
    expect(listed).toHaveLength(31);
  });
});

describe('worlds share nothing', () => {
  test.each([
    ['estuary', { owner: 'alice' }, '/viewer', 401],
    ['kps', { owner: 'bob@example.com' }, '/v1.0/userapitokens', 401],
    ['rockset', { owner: 'member@me.com', name: 'own' }, '/v1/orgs/self', 401],
    ['whylabs', { organization: 'org-123', owner: 'user-123' }, '/v1/api-key/validate', 403],
  ])('a key of %s is unknown in every other world', async (provider, description, path, refused) => {
    const { secret, header } = await issueKey(lk, { provider, ...description }, '/~one');
    const status = async (world: string) =>
      (await lk.request.get(`${world}/${provider}${path}`).set(header.name, header.value)).status;
    expect([await status('/~one'), await status('/~two'), await status('')]).toEqual([200, refused, refused]);
    const { body } = await lk.request.post('/~two/_latchkey/introspect').send({ secret }).expect(200);
    expect(body).toEqual({ active: false, provider: null, reason: 'key_unknown', key: null });
  });

  test('a seeded key that is revoked in one world is accepted in the others', async () => {
    await lk.request
      .delete(`/~one/user/api-keys/${alice.slice(7)}`)
      .set('Authorization', alice)
      .expect(200);
    await viewer('/~one/viewer').expect(401);
    await viewer('/~two/viewer').expect(200);
    await viewer('/viewer').expect(200);
  });

  test('each world has its own clock', async () => {
    const { body } = await lk.request.put('/~one/_latchkey/clock').send({ now: '2031-06-01T00:00:00Z' }).expect(200);
    expect(body).toMatchObject({ now: '2031-06-01T00:00:00.000Z', frozen: false });
    await lk.request.post('/~one/_latchkey/clock/freeze').expect(200);
    expect((await lk.request.get('/~two/_latchkey/clock')).body).toMatchObject({ frozen: false });
    expect((await lk.request.get('/~two/_latchkey/clock')).body.now).toMatch(/^2030-01-01T00:00:/);
    // Alice's key expires after one year.
    await viewer('/~one/viewer').expect(401);
    await viewer('/~two/viewer').expect(200);
  });

  test('each world has its own faults and its own journal', async () => {
    await lk.request
      .post('/~one/_latchkey/faults')
      .send({ effect: { status: 503 }, times: null })
      .expect(200);
    await viewer('/~one/viewer').expect(503);
    await viewer('/~two/viewer').expect(200);
    const count = async (world: string) => (await lk.request.get(`${world}/_latchkey/requests/count`)).body.count;
    expect([await count('/~one'), await count('/~two'), await count('')]).toEqual([1, 1, 0]);
  });

  test('a reset of one world leaves the others as they are', async () => {
    const token = (await createKey(lk)).token;
    await lk.request.post('/~one/_latchkey/reset').expect(200);
    await viewer('/viewer', `Bearer ${token}`).expect(200);
  });
});

describe('the URLs of a world', () => {
  const urls = async (path: string, host?: string) => {
    const ask = lk.request.get(path);
    const { body } = await (host === undefined ? ask : ask.set('Host', host)).expect(200);
    return Object.fromEntries(Object.entries(body).map(([name, one]) => [name, Object(one).url]));
  };
  const everyProvider = (base: (name: string) => string) =>
    Object.fromEntries(['estuary', 'kps', 'rockset', 'whylabs'].map((name) => [name, base(name)]));

  test.each<[string, string | undefined, (name: string) => string]>([
    ['/_latchkey/credentials', 'localhost:99', (name) => `http://localhost:99/${name}`],
    ['/~shop/_latchkey/credentials', 'localhost:99', (name) => `http://localhost:99/~shop/${name}`],
    ['/~shop/_latchkey/credentials', 'latchkey', (name) => `http://latchkey/~shop/${name}`],
    ['/_latchkey/credentials', 'rockset.localhost:99', (name) => `http://${name}.localhost:99`],
    ['/_latchkey/credentials', 'rockset.shop.localhost:99', (name) => `http://${name}.shop.localhost:99`],
    ['/~shop/_latchkey/credentials', 'rockset.shop.localhost:99', (name) => `http://${name}.shop.localhost:99`],
    ['/~other/_latchkey/credentials', 'rockset.shop.localhost', (name) => `http://${name}.shop.localhost/~other`],
  ])('of %s at %s lead to each provider there', async (path, host, base) => {
    const found = await urls(path, host);
    expect(found).toEqual(everyProvider(base));
    const { header } = await issueKey(
      lk,
      { provider: 'estuary', owner: 'alice' },
      /~other/.test(path) ? '/~other' : worldOf(path, host),
    );
    const { host: at, pathname } = new URL(`${found['estuary']}/viewer`);
    await lk.request.get(pathname).set('Host', at).set(header.name, header.value).expect(200);
  });

  test('are in the answer to an unknown path', async () => {
    const { body } = await lk.request.get('/~shop/nowhere').set('Host', 'localhost:99').expect(404);
    expect(body.error.details).toEqual({ bases: everyProvider((name) => `http://localhost:99/~shop/${name}`) });
  });

  function worldOf(path: string, host = ''): string {
    return /shop/.test(path + host) ? '/~shop' : '';
  }
});

describe('a world that cannot be made is refused with the same message everywhere', () => {
  const everywhere = [
    '/viewer',
    '/estuary/viewer',
    '/kps/v1.0/users',
    '/whylabs/v0/x',
    '/rockset/v1/orgs/self',
    '/_latchkey/keys',
    '/no',
    '',
  ];

  test.each([
    ['Shop', '"Shop"'],
    ['-shop', '"-shop"'],
    ['', '""'],
    ['shop_1', '"shop_1"'],
    ['a'.repeat(64), `"${'a'.repeat(64)}"`],
    ['sh%2fop', '"sh%2fop"'],
    ['..', '".."'],
  ])('for its name: ~%s', async (name, shown) => {
    const message = `${shown} is not a valid name of a world: use 1 to 63 lower-case letters, digits and dashes, and no dash at the start.`;
    for (const path of [...everywhere, '/_latchkey/health', '/_latchkey/nope']) {
      const { text, headers } = await lk.request.get(`/~${name}${path}`).set('Authorization', alice).expect(400);
      expect(JSON.parse(text)).toEqual({ error: { code: 'world_name_invalid', message, details: null } });
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
    }
    expect(names()).toEqual(['default']);
  });

  test.each(['a', '0', 'a'.repeat(63), 'a-', 'my-test-7'])('but not for the name ~%s', async (name) => {
    await viewer(`/~${name}/viewer`).expect(200);
    expect(names()).toEqual(['default', name]);
  });

  test('beyond the limit, without dropping or disturbing another world', async () => {
    const made = ['one', 'two', 'three', 'four', 'five'];
    const tokens = await Promise.all(
      made.map(async (name) => (await issueKey(lk, { provider: 'estuary', owner: 'alice' }, `/~${name}`)).header.value),
    );
    const message = 'All 6 worlds that --max-worlds allows are open. Drop one first.';
    for (const path of everywhere) {
      const { body } = await lk.request.post(`/~six${path}`).send({ some: 'body' }).expect(507);
      expect(body).toEqual({ error: { code: 'world_limit_reached', message, details: null } });
    }
    expect(names()).toEqual(['default', ...made.toSorted()]);
    for (const [index, name] of made.entries()) await viewer(`/~${name}/viewer`, tokens[index]).expect(200);
    await lk.worlds.drop('three');
    await viewer('/~six/viewer').expect(200);
    await viewer('/~three/viewer', tokens[2]).expect(507);
  });

  test('beyond the limit, with concurrent requests too', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => viewer(`/~w${index}/viewer`)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(5).fill(200), ...Array(15).fill(507)]);
    expect(names()).toHaveLength(6);
  });
});
