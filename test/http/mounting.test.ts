import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests({ ownPorts: ['estuary', 'rockset'] });

/** For each provider: a seeded credential, a call that it may make, and a real host. */
const calls = [
  ['estuary', 'alice', '/user/api-keys', 'api.estuary.tech'],
  ['kps', 'alice', '/v1.0/userapitokens', 'karbon.nutanix.com'],
  ['rockset', 'admin', '/v1/orgs/self', 'api.use1a1.rockset.com'],
  ['whylabs', 'admin', '/v1/api-key/validate', 'api.whylabsapp.com'],
] as const;

describe.each(calls)('%s', (provider, name, path, realHost) => {
  const header = async () => {
    const found = (await lk.world.credentials()).get(provider)?.find((one) => one.name === name)?.header;
    if (found == null) throw new Error(`no seeded header for ${name}`);
    return found;
  };
  const get = async (target: string, host?: string) => {
    const { name: field, value } = await header();
    const request = lk.request.get(target).set(field, value);
    return host === undefined ? request : request.set('Host', host);
  };

  test('is the same provider at the root, below its prefix and under its host names', async () => {
    expect((await get(path)).status).toBe(200);
    expect((await get(`/${provider}${path}`)).status).toBe(200);
    expect((await get(path, `${provider}.localhost:5282`)).status).toBe(200);
    expect((await get(path, realHost)).status).toBe(200);
  });

  test('requires a key on every way in', async () => {
    for (const [target, host] of [[path], [`/${provider}${path}`], [path, `${provider}.localhost`], [path, realHost]]) {
      const request = lk.request.get(target ?? '');
      expect((await (host === undefined ? request : request.set('Host', host))).status).toBe(401);
    }
  });

  test("answers its own host's unknown paths itself, another provider's paths included", async () => {
    const foreign = provider === 'estuary' ? '/v1/orgs/self' : '/viewer';
    const { status, text } = await get(foreign, `${provider}.localhost`);
    expect(status).toBe(404);
    expect(text).not.toContain('No provider owns this path');
  });
});

test('a provider that has its own port is alone there, at its root', async () => {
  const estuary = supertest(lk.providerUrls.get('estuary') ?? '');
  const rockset = supertest(lk.providerUrls.get('rockset') ?? '');
  await estuary.get('/health').expect(200, { status: 'ok' });
  await rockset.get('/').expect(200, { message: 'GO ROCKSET!' });
  await rockset.get('/health').expect(404);
  await estuary.get('/_latchkey/health').expect(404);
  await estuary.get('/rockset/').expect(404);
});

test('a key that was issued on one way in is known on every other', async () => {
  const alice = (await lk.world.credentials()).get('estuary')?.[1]?.header?.value ?? '';
  const { body } = await lk.request.post('/user/api-keys').set('Authorization', alice).expect(200);
  const estuary = supertest(lk.providerUrls.get('estuary') ?? '');
  await estuary.get('/viewer').set('Authorization', `Bearer ${body.token}`).expect(200);
  await lk.request.get('/estuary/viewer').set('Authorization', `Bearer ${body.token}`).expect(200);
});

test('a 404 for a path that no provider owns has the base URLs of all', async () => {
  const { body } = await lk.request.get('/nobody').set('Host', 'localhost:1234').expect(404);
  expect(body).toEqual({
    error: {
      code: 'route_not_found',
      message: 'No provider owns this path. Each provider answers below its own base URL.',
      details: {
        bases: Object.fromEntries(
          ['estuary', 'kps', 'rockset', 'whylabs'].map((name) => [name, `http://localhost:1234/${name}`]),
        ),
      },
    },
  });
});

test('the root is Rockset for a client, and the way to the pages for a browser', async () => {
  await lk.request.get('/').expect(200, { message: 'GO ROCKSET!' });
  await lk.request.get('/').set('Accept', '*/*').expect(200, { message: 'GO ROCKSET!' });
  await lk.request
    .get('/')
    .set('Accept', 'text/html,application/xhtml+xml,*/*;q=0.8')
    .expect(302)
    .expect('Location', '_latchkey/');
  await lk.request.get('/rockset/').set('Accept', 'text/html').expect(200, { message: 'GO ROCKSET!' });
  await lk.request.get('/').set('Accept', 'text/html').set('Host', 'rockset.localhost').expect(200);
});

test.each(['OPTIONS', 'POST', 'DELETE', 'HEAD'])(
  '%s on a path that no provider owns is a plain 404, whatever its body',
  async (method) => {
    const request = supertest(lk.url);
    const answer = await (method === 'OPTIONS'
      ? request.options('/x')
      : method === 'POST'
        ? request.post('/x').type('json').send('{bad')
        : method === 'HEAD'
          ? request.head('/x')
          : request.delete('/x').type('json'));
    expect(answer.status).toBe(404);
  },
);

test.each(['foo', 'undefined', 'application/json'])(
  'a body of content type %s on a path that no provider owns is not read',
  async (type) => {
    const { body } = await lk.request.post('/nobody').set('Content-Type', type).send('{bad').expect(404);
    expect(body.error.code).toBe('route_not_found');
  },
);
