import { describe, expect, test } from 'vitest';
import { users as estuaryUsers } from '../../src/providers/estuary/accounts/users/users.ts';
import { users as kpsUsers } from '../../src/providers/kps/accounts/users/users.ts';
import { users as rocksetUsers, userId } from '../../src/providers/rockset/accounts/users/users.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { type Exchange, exchange } from './exchange.ts';
import { estuary, kps, rockset, type SeededCall, seededCalls, whylabs } from './seeded-calls.ts';

const lk = emulatorForTests();

interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly body?: string;
  /** The prefix of the paths: a world. */
  readonly base?: string;
  readonly below?: string;
}

const authorize = (provider: string, { base = '', below = '', ...sent }: Asked = {}) =>
  exchange(`${lk.url}${base}/_latchkey/authorize/${provider}${below}`, sent);
const presenting = ({ header, scheme }: SeededCall, secret: string) => ({ [header.toLowerCase()]: scheme + secret });
const good = (seeded: SeededCall) => presenting(seeded, seeded.secret);
/** The headers that a proxy hands on to the service behind it. */
const identityIn = ({ headers }: Exchange) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-latchkey-')));
/** The parts of an answer that do not differ from one answer to the next. */
const comparable = ({ status, headers: { date: _date, ...headers }, body, failure }: Exchange) => ({
  status,
  headers,
  failure,
  body: body.replace(/(?<="trace_id":")[^"]*/, '…'),
});
const isRefusal = (status: unknown) => status === 401 || status === 403;
const keyOf = async ({ provider, secret }: SeededCall) =>
  (await lk.request.post('/_latchkey/introspect').send({ secret, provider }).expect(200)).body.key;

describe('an accepted key', () => {
  test.each([
    [estuary, { tenant: 'estuary', owner: '2', name: 'alice' }],
    [kps, { tenant: 'tid-demo', owner: '00000000-0000-4000-8000-000000000002' }],
    [rockset, { tenant: 'acme', owner: 'member%40me.com', name: 'member' }],
    [whylabs, { tenant: 'org-123', owner: 'user-admin', name: 'admin', scopes: '%3Aadministrator' }],
  ])('of $provider passes, and its headers say whose it is', async (seeded, whose) => {
    const answer = await authorize(seeded.provider, { headers: good(seeded) });
    expect(answer).toMatchObject({ status: 200, body: '', failure: undefined });
    const facts = { provider: seeded.provider, key: (await keyOf(seeded)).id, ...whose };
    expect(identityIn(answer)).toEqual(
      Object.fromEntries(Object.entries(facts).map(([name, value]) => [`x-latchkey-${name}`, value])),
    );
  });

  test('with a role is described with that role', async () => {
    const draft = { provider: 'rockset', owner: 'admin@me.com', name: 'narrow', role: 'read-only' };
    const { body } = await lk.request.post('/_latchkey/keys').send(draft).expect(200);
    const answer = await authorize('rockset', { headers: presenting(rockset, body.secret) });
    expect(answer.headers['x-latchkey-roles']).toBe('read-only');
  });

  test('with a name in any script is described in percent-encoding', async () => {
    const name = 'Schlüssel, 鍵/1 \ud800';
    const issued = await lk.request
      .post('/_latchkey/keys')
      .send({ provider: 'rockset', owner: 'member@me.com', name })
      .expect(200);
    const answer = await authorize('rockset', { headers: presenting(rockset, issued.body.secret) });
    expect(answer.headers['x-latchkey-name']).toBe('Schl%C3%BCssel%2C%20%E9%8D%B5%2F1%20%EF%BF%BD');
  });

  test.each(seededCalls)('of $provider counts as used', async (seeded) => {
    expect((await keyOf(seeded)).lastUsedAt).toBeNull();
    lk.world.clock.advance(60_000);
    await authorize(seeded.provider, { headers: good(seeded) });
    expect((await keyOf(seeded)).lastUsedAt).toBe('2030-01-01T00:01:00.000Z');
  });

  test('is not in the journal: it is not a request to the provider', async () => {
    await authorize('rockset', { headers: good(rockset) });
    await authorize('rockset');
    expect((await lk.request.get('/_latchkey/requests').expect(200)).body.requests).toEqual([]);
  });

  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE', 'M-SEARCH'];
  test.each(methods)('passes by %s at every provider, whatever the path below is', async (method) => {
    for (const seeded of seededCalls) {
      for (const below of ['', '/', '/any/path', '//a;b/../c/?d=e', '/%zz']) {
        const answer = await authorize(seeded.provider, { method, below, headers: good(seeded) });
        expect([seeded.provider, below, answer.status, answer.body]).toEqual([seeded.provider, below, 200, '']);
      }
    }
  });

  test.each(seededCalls)('passes at $provider with the headers of browsers and forms', async (seeded) => {
    const along = { accept: 'text/html', 'content-type': 'multipart/form-data', origin: 'https://shop.example.com' };
    const headers = { ...along, ...good(seeded), 'sec-fetch-site': 'cross-site' };
    for (const body of ['', '{not json', 'x'.repeat(2_000_000)]) {
      expect((await authorize(seeded.provider, { method: 'POST', headers, body })).status).toBe(200);
    }
    expect((await authorize(seeded.provider, { headers: { ...headers, host: 'shop.example.com' } })).status).toBe(200);
  });

  test('with an upload-only scope passes: the service learns of the scope and decides what it permits', async () => {
    const { body } = await lk.request.get('/estuary/register-new-token').expect(200);
    const answer = await authorize('estuary', { headers: presenting(estuary, body.token) });
    expect(answer).toMatchObject({ status: 200, headers: { 'x-latchkey-scopes': 'upload' } });
  });
});

describe("a refusal is the provider's own, to the header", () => {
  /** Calls both with the same headers. */
  const both = async ({ provider, path }: SeededCall, headers: Readonly<Record<string, string>>) => {
    const sent = { headers: { ...headers, 'x-request-id': 'fixed' } };
    return [comparable(await authorize(provider, sent)), comparable(await exchange(`${lk.url}/${provider}${path}`, sent))];
  };

  const bad = seededCalls.flatMap((seeded) => {
    const { header, secret } = seeded;
    const name = header.toLowerCase();
    return [
      { seeded, what: 'no credential', headers: {} },
      { seeded, what: 'an empty credential', headers: { [name]: '' } },
      { seeded, what: 'a scheme of another provider', headers: { [name]: `Basic ${secret}` } },
      { seeded, what: 'too many words', headers: { [name]: `Bearer ${secret} more` } },
      {
        seeded,
        what: 'a key in the header of another provider',
        headers: { [name === 'x-api-key' ? 'authorization' : 'x-api-key']: secret },
      },
      { seeded, what: 'a key that was never issued', headers: presenting(seeded, secret.replace(/0/g, '9')) },
      {
        seeded,
        what: 'a key of another provider',
        headers: presenting(seeded, seeded.provider === 'kps' ? rockset.secret : kps.secret),
      },
    ];
  });

  test.each(bad)('$seeded.provider: $what', async ({ seeded, headers }) => {
    const [ours, theirs] = await both(seeded, headers);
    expect(ours?.status).toBeGreaterThanOrEqual(400);
    expect(ours).toEqual(theirs);
  });

  test.each(seededCalls)('$provider: a key that is suspended, expired, revoked', async (seeded) => {
    const { id } = await keyOf(seeded);
    for (const move of ['suspend', 'resume', 'expire', 'revoke']) {
      await lk.request.post(`/_latchkey/keys/${id}/${move}`).expect(200);
      const [ours, theirs] = await both(seeded, good(seeded));
      if (move === 'resume') continue;
      expect([401, 403]).toContain(ours?.status);
      expect(ours).toEqual(theirs);
    }
  });

  test.each([
    [estuary, () => lk.world.resources('estuary').remove(estuaryUsers, '2')],
    [kps, () => lk.world.resources('kps').remove(kpsUsers, '00000000-0000-4000-8000-000000000002')],
    [rockset, () => lk.world.resources('rockset').remove(rocksetUsers, userId('acme', 'member@me.com'))],
  ])('$provider: a key whose owner is gone', async (seeded, removeOwner) => {
    await removeOwner();
    const [ours, theirs] = await both(seeded, good(seeded));
    expect(ours?.status).toBe(401);
    expect(ours).toEqual(theirs);
  });

  test('by an expiry, to the millisecond', async () => {
    const draft = { provider: 'rockset', owner: 'member@me.com', name: 'short', expiresIn: '1h' };
    const { body } = await lk.request.post('/_latchkey/keys').send(draft).expect(200);
    const headers = presenting(rockset, body.secret);
    lk.world.clock.advance(3_600_000);
    expect((await authorize('rockset', { headers })).status).toBe(200);
    lk.world.clock.advance(1);
    expect((await authorize('rockset', { headers })).status).toBe(401);
  });
});

describe('found 1.8: a preflight, which carries no credential', () => {
  const preflight = {
    origin: 'https://shop.example.com',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };
  const ways = [
    ["Traefik's", { headers: { 'x-forwarded-method': 'OPTIONS', 'x-forwarded-uri': '/any' } }],
    ["Envoy's", { method: 'OPTIONS', below: '/any/path' }],
  ] as const;
  test.each(ways)('passes in %s way at the providers that answer it without a key, and only there', async (_whose, asked) => {
    const statuses: Record<string, unknown> = {};
    for (const { provider, path } of seededCalls) {
      for (const headers of [{}, preflight]) {
        const answer = await authorize(provider, { ...asked, headers: { ...headers, ...('headers' in asked && asked.headers) } });
        const real = await exchange(`${lk.url}/${provider}${path}/no/such`, { method: 'OPTIONS', headers });
        const isOpen = real.status !== undefined && real.status < 300;
        expect([provider, answer.status]).toEqual([provider, isOpen ? real.status : expect.toSatisfy(isRefusal)]);
        expect(identityIn(answer)).toEqual({});
        statuses[provider] = answer.status;
      }
    }
    expect(statuses).toMatchObject({ estuary: 204, rockset: 200 });
  });

  test('of a method that needs a key does not pass, whatever the proxy asks by', async () => {
    for (const { provider } of seededCalls) {
      for (const [method, named] of [
        ['OPTIONS', 'POST'],
        ['POST', 'OPTIONS'],
        ['GET', 'OPTIONS, POST'],
        ['GET', ''],
      ] as const) {
        const answer = await authorize(provider, { method, headers: { 'x-forwarded-method': named } });
        expect([method, named, answer.status]).toEqual([method, named, expect.toSatisfy(isRefusal)]);
      }
    }
  });
});

test('a key of one world is unknown in another', async () => {
  const draft = { provider: 'rockset', owner: 'member@me.com', name: 'elsewhere' };
  const { body } = await lk.request.post('/~elsewhere/_latchkey/keys').send(draft).expect(200);
  const headers = presenting(rockset, body.secret);
  expect((await authorize('rockset', { base: '/~elsewhere', headers })).status).toBe(200);
  expect((await authorize('rockset', { headers })).status).toBe(401);
});

test('an unknown provider is an unknown call of the control plane', async () => {
  const { body } = await lk.request.get('/_latchkey/authorize/nobody').expect(404);
  expect(body.error.code).toBe('route_not_found');
});
