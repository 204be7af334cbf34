import { afterEach, describe, expect, test } from 'vitest';
import { alice } from '../providers/estuary/estuary.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests({ maxWorlds: 4 });
afterEach(async () => {
  for (const name of lk.worlds.names().slice(1)) await lk.worlds.drop(name);
});

const list = (query = '') => lk.request.get(`/_latchkey/worlds${query}`);
const put = (name: string, body?: object) => lk.request.put(`/_latchkey/worlds/${name}`).send(body);
const drop = (name: string) => lk.request.delete(`/_latchkey/worlds/${name}`);
const viewer = (world: string, authorization = alice) => lk.request.get(`/~${world}/viewer`).set('Authorization', authorization);
const running = expect.stringMatching(/^2030-01-01T00:00:\d\d\.\d{3}Z$/);
const facts = {
  keys: expect.any(Number),
  requests: expect.any(Number),
  hasOwnSeed: false,
  madeBy: expect.toBeOneOf(['use', 'call', null]),
  lastUsedAt: expect.stringMatching(/Z$/),
};
const named = (name: string) => ({ name, url: `${lk.url}/~${name}`, isOpen: true, now: running, ...facts });
const theDefault = () => ({ name: 'default', url: lk.url, isOpen: true, now: '2030-01-01T00:00:00.000Z', ...facts });

function refusal(code: string, message: string, details: unknown = null): object {
  return { error: { code, message, details } };
}

describe('GET /worlds', () => {
  test('names only the default world if no other was used', async () => {
    expect((await list().expect(200)).body).toEqual({ worlds: [theDefault()], total: 1, cursor: null });
  });

  test('names all worlds, the default first and the others in order, each with its URL and its clock', async () => {
    await put('zoo');
    await viewer('art').expect(200);
    await lk.request.post('/~art/_latchkey/clock/freeze');
    await lk.request.put('/~art/_latchkey/clock').send({ now: '2040-01-01T00:00:00Z' });
    const worlds = [theDefault(), { ...named('art'), now: '2040-01-01T00:00:00.000Z' }, named('zoo')];
    expect((await list().expect(200)).body).toEqual({ worlds, total: 3, cursor: null });
  });

  test.each([
    ['localhost:99', 'http://localhost:99', 'http://localhost:99/~art'],
    ['rockset.localhost:99', 'http://localhost:99', 'http://localhost:99/~art'],
    ['rockset.art.localhost', 'http://localhost', 'http://localhost/~art'],
  ])('has URLs that follow the Host: %s', async (host, ...urls) => {
    await put('art');
    const { body } = await list().set('Host', host).expect(200);
    expect(body.worlds.map(({ url }: { url: string }) => url)).toEqual(urls);
  });

  test('gives the same in every world', async () => {
    await put('art');
    expect((await lk.request.get('/~art/_latchkey/worlds')).body.total).toBe(2);
  });

  test('gives pages', async () => {
    for (const name of ['a', 'b', 'c']) await put(name);
    const first = (await list('?limit=2').expect(200)).body;
    expect(first).toEqual({ worlds: [theDefault(), named('a')], total: 4, cursor: '2' });
    expect((await list('?limit=2&cursor=2')).body).toEqual({ worlds: [named('b'), named('c')], total: 4, cursor: null });
  });
});

describe('PUT /worlds/<name>', () => {
  test.each([[undefined], [{}]])('with the body %j makes a world with the seed of the emulator', async (body) => {
    expect((await put('shop', body).expect(200)).body).toEqual(named('shop'));
    await viewer('shop').expect(200);
  });

  test('with a seed makes a world from it, which a reset brings back; other providers keep the seed of the emulator', async () => {
    const secret = 'EST11111111-0000-4000-8000-000000000001ARY';
    const seed = {
      $schema: 'seed.schema.json',
      estuary: { users: [{ username: 'carol' }], keys: [{ owner: 'carol', name: 'ci', secret }] },
    };
    await put('shop', { seed }).expect(200);
    const estuaryKeys = async () => {
      const { body } = await lk.request.get('/~shop/_latchkey/keys?provider=estuary').expect(200);
      return body.keys.map(({ name }: { name: string }) => name);
    };
    expect(await estuaryKeys()).toEqual(['ci', 'admin']);
    await viewer('shop', `Bearer ${secret}`).expect(200);
    await viewer('shop').expect(401);
    const { body } = await lk.request.get('/~shop/_latchkey/credentials').expect(200);
    expect(body.estuary.credentials.map(({ name }: { name: string }) => name)).toEqual(['ci', 'admin']);
    expect(body.rockset.credentials).toHaveLength(3);
    await lk.request.delete(`/~shop/user/api-keys/${secret}`).set('Authorization', `Bearer ${secret}`).expect(200);
    await lk.request.post('/~shop/_latchkey/reset').expect(200);
    expect(await estuaryKeys()).toEqual(['ci', 'admin']);
    await viewer('shop', `Bearer ${secret}`).expect(200);
    await lk.request.get('/viewer').set('Authorization', `Bearer ${secret}`).expect(401);
  });

  test('of an existing world is refused, and leaves it as it was', async () => {
    await put('shop');
    const { body } = await lk.request.post('/~shop/user/api-keys').set('Authorization', alice).expect(200);
    const exists = (name: string) => refusal('world_exists', `The world ${name} exists already.`);
    expect((await put('shop', { seed: { estuary: {} } }).expect(409)).body).toEqual(exists('shop'));
    expect((await put('default').expect(409)).body).toEqual(exists('default'));
    await viewer('shop', `Bearer ${body.token}`).expect(200);
    await viewer('shop').expect(200);
  });

  test('makes a world for one of several concurrent calls', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => put('shop')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(409)]);
  });

  test.each(['Shop', '-shop', 'sh%20op', 'a'.repeat(64), '%2e%2e%2fshop'])('with the name %s is refused', async (name) => {
    const shown = JSON.stringify(decodeURIComponent(name));
    const message = `${shown} is not a valid name of a world: use 1 to 63 lower-case letters, digits and dashes, and no dash at the start.`;
    expect((await put(name).expect(400)).body).toEqual(refusal('world_name_invalid', message));
    expect(lk.worlds.names()).toEqual(['default']);
  });

  test('over the limit is refused, and no world is dropped for it', async () => {
    for (const name of ['a', 'b', 'c']) await put(name).expect(200);
    const message = 'All 4 worlds that --max-worlds allows are open. Drop one first.';
    expect((await put('d').expect(507)).body).toEqual(refusal('world_limit_reached', message));
    for (const name of ['a', 'b', 'c']) await viewer(name).expect(200);
    await drop('b').expect(200);
    expect((await put('d').expect(200)).body).toEqual(named('d'));
  });
});

describe('PUT /worlds/<name> with an invalid seed names every problem, and makes no world', () => {
  const secret = 'EST11111111-0000-4000-8000-000000000001ARY';
  const notAProvider = 'is not a provider: the providers are estuary, kps, rockset, whylabs';

  test.each<[object, (readonly [path: string, problem: string])[]]>([
    [
      { nobody: {}, elsewhere: {} },
      [
        ['/seed/nobody', notAProvider],
        ['/seed/elsewhere', notAProvider],
      ],
    ],
    [{ estuary: [] }, [['/seed/estuary', 'must be an object, not a list']]],
    [
      {
        nobody: {},
        estuary: { color: 'red', keys: [{ owner: 'eve', state: 'dead' }] },
        rockset: { keys: [{ owner: 'nobody@me.com' }] },
      },
      [
        ['/seed/nobody', notAProvider],
        ['/seed/estuary/color', 'is an unknown field: expected users, invites, contents, deals, keys'],
        ['/seed/estuary/keys/0/state', 'must be one of active, suspended, revoked, expired, not "dead"'],
        ['/seed/rockset/keys/0/owner', 'there is no user "nobody@me.com"'],
      ],
    ],
    [
      { estuary: { keys: [{ owner: 'eve' }, { owner: 'admin', expiresIn: 'soon' }] } },
      [
        ['/seed/estuary/keys/1/expiresIn', 'must be a duration such as 5m, 720h or P30D, not "soon"'],
        ['/seed/estuary/keys/0/owner', 'there is no user "eve"'],
      ],
    ],
    [
      { estuary: { keys: [1, 2].map(() => ({ owner: 'admin', secret })) } },
      [['/seed/estuary/keys/1/secret', `"${secret}" is there already`]],
    ],
  ])('%j', async (seed, problems) => {
    const details = problems.map(([path, problem]) => ({ path, problem }));
    const message = problems.map((words) => words.join(' ')).join('; ');
    expect((await put('shop', { seed }).expect(400)).body).toEqual(refusal('request_invalid', message, details));
    expect(lk.worlds.names()).toEqual(['default']);
  });

  test.each<[object, string, { path: string; problem: string; nearest?: string }]>([
    [{ seed: 'mine' }, '/seed', { path: '/seed', problem: 'must be an object, not a string' }],
    [{ seed: null }, '/seed', { path: '/seed', problem: 'must be an object, not null' }],
    [{ sed: {} }, '/sed', { path: '/sed', problem: 'is an unknown field: did you mean "seed"?', nearest: 'seed' }],
    [[], 'the body', { path: '', problem: 'must be an object, not a list' }],
  ])('the body %j', async (body, subject, detail) => {
    const message = `${subject} ${detail.problem}`;
    expect((await put('shop', body).expect(400)).body).toEqual(refusal('request_invalid', message, [detail]));
    expect(lk.worlds.names()).toEqual(['default']);
  });
});
