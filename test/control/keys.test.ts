import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests();
const alice = 'Bearer EST00000000-0000-4000-8000-000000000002ARY';
const keys = (query = '') => lk.request.get(`/_latchkey/keys${query}`);
const issue = async (query: string): Promise<string> => {
  const { body } = await lk.request.post(`/user/api-keys?${query}`).set('Authorization', alice).expect(200);
  return body.token;
};

/** A page of keys. */
interface Listed {
  readonly keys: readonly { readonly name: string }[];
  readonly total: number;
  readonly cursor: string | null;
}

describe('GET /keys', () => {
  test('shows every part of a key except its secret and its hash', async () => {
    const { body } = await keys('?provider=estuary&owner=2').expect(200);
    expect(body).toEqual({
      keys: [
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          provider: 'estuary',
          tenant: 'estuary',
          owner: '2',
          name: 'alice',
          kind: 'key',
          hint: 'EST00000000',
          state: 'active',
          grants: {},
          attributes: {},
          createdAt: '2030-01-01T00:00:00.000Z',
          expiresAt: '2031-01-01T00:00:00.000Z',
          lastUsedAt: null,
          revokedAt: null,
        },
      ],
      total: 1,
      cursor: null,
    });
  });

  test('shows no secret, neither of the seed nor of issued keys', async () => {
    const issued = await issue('perms=upload');
    const { text } = await keys().expect(200);
    const seeded = [...(await lk.world.credentials()).values()].flat().map(({ secret }) => secret);
    for (const secret of [issued, ...seeded]) if (secret !== null) expect(text).not.toContain(secret);
  });

  test('filters by provider, tenant, owner and the state at this instant', async () => {
    await issue('expiry=1h&label=short');
    const revoked = await issue('label=revoked');
    await lk.request.delete(`/user/api-keys/${revoked}`).set('Authorization', alice).expect(200);
    lk.world.clock.advance(3_600_001);
    const names = async (query: string) =>
      (await keys(`?provider=estuary&owner=2${query}`)).body.keys.map((key: { name: string }) => key.name);
    expect(await names('')).toEqual(['alice', 'short', 'revoked']);
    expect(await names('&state=active')).toEqual(['alice']);
    expect(await names('&state=expired')).toEqual(['short']);
    expect(await names('&state=revoked')).toEqual(['revoked']);
    expect(await names('&state=suspended')).toEqual([]);
    expect(await names('&tenant=nobody')).toEqual([]);
  });

  test('pages by cursor, and counts all pages', async () => {
    const first = (await keys('?provider=estuary&limit=2').expect(200)).body;
    expect(first.keys.map((key: { name: string }) => key.name)).toEqual(['admin', 'alice']);
    expect(first).toMatchObject({ total: 3, cursor: first.keys[1].id });
    const second = (await keys(`?provider=estuary&limit=2&cursor=${first.cursor}`).expect(200)).body;
    expect(second.keys.map((key: { name: string }) => key.name)).toEqual(['bob']);
    expect(second.cursor).toBeNull();
  });

  describe('G7: finds and orders', () => {
    const issue = async (description: object) =>
      (await lk.request.post('/_latchkey/keys').send(description).expect(200)).body.key;
    const names = async (query: string) => (await keys(query).expect(200)).body.keys.map(({ name }: { name: string }) => name);

    test('by a part of the name, the owner, the hint or the id', async () => {
      const key = await issue({ provider: 'rockset', owner: 'member@me.com', name: 'Nightly' });
      expect(await names('?q=ightL')).toEqual(['Nightly']);
      expect(await names(`?q=${key.hint}`)).toEqual(['Nightly']);
      expect(await names(`?q=${key.id.slice(4, 20)}`)).toEqual(['Nightly']);
      expect(await names('?q=member%40ME')).toEqual(['member', 'Nightly']);
      const { body } = await keys('?q=nobody').expect(200);
      expect(body).toEqual({ keys: [], total: 0, cursor: null });
    });

    test('by kind, which every key has', async () => {
      await lk.request.post('/login').send({ username: 'alice', passwordHash: 'alice-password-hash' }).expect(200);
      const { body } = await keys('?kind=session').expect(200);
      expect([body.total, body.keys[0].kind, body.keys[0].attributes.kind]).toEqual([1, 'session', 'session']);
      const { body: others } = await keys('?kind=key').expect(200);
      expect(new Set(others.keys.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['key']));
      expect((await keys('').expect(200)).body.total).toBe(others.total + 1);
    });

    test('by issue, expiry and last use, over pages, whatever is used meanwhile', async () => {
      const times = { late: ['2029-12-01', 'P20D'], soon: ['2029-11-01', 'P1D'], never: ['2029-10-01', undefined] } as const;
      const tags = Object.entries(times).map(([name, [day, expiresIn]]) => ({
        ...{ provider: 'rockset', owner: 'member@me.com', name: `t-${name}`, createdAt: `${day}T00:00:00Z` },
        ...(expiresIn && { expiresIn }),
      }));
      const secrets = new Map<string, string>();
      for (const description of tags) {
        const { body } = await lk.request.post('/_latchkey/keys').send(description).expect(200);
        secrets.set(description.name, body.secret);
      }
      const use = (name: string) =>
        lk.request
          .get('/v1/orgs/self/users/self/apikeys')
          .set('Authorization', `ApiKey ${secrets.get(name)}`)
          .expect(200);
      await use('t-never');
      lk.world.clock.advance(1);
      await use('t-soon');
      const all = async (order: string, between = async () => undefined as unknown) => {
        const found: string[] = [];
        for (let cursor: string | null = ''; cursor !== null; ) {
          const { body }: { body: Listed } = await keys(`?q=t-&order=${order}&limit=1${cursor && `&cursor=${cursor}`}`).expect(
            200,
          );
          expect(body.total).toBe(3);
          found.push(...body.keys.map(({ name }) => name));
          cursor = body.cursor;
          await between();
        }
        return found;
      };
      expect(await all('created')).toEqual(['t-never', 't-soon', 't-late']);
      expect(await all('expiry')).toEqual(['t-soon', 't-late', 't-never']);
      expect(await all('used')).toEqual(['t-soon', 't-never', 't-late']);
      lk.world.clock.advance(1);
      // Keys that come to the front are not listed again.
      expect(await all('used', () => use('t-soon'))).toEqual(['t-soon', 't-never', 't-late']);
    });

    test('an order and a cursor that it did not give are refused', async () => {
      const { body } = await keys('?order=name').expect(400);
      expect(body.error.message).toBe('/order must be one of created, expiry, used, not "name"');
      const { body: first } = await keys('?limit=1').expect(200);
      const { body: other } = await keys(`?order=used&cursor=${first.cursor}`).expect(400);
      expect(other.error.message).toBe(`/cursor must be the cursor of the previous page, not ${JSON.stringify(first.cursor)}`);
    });
  });

  test.each([
    ['?provider=nobody', /^unknown provider "nobody": expected one of /],
    ['?state=dead', /^\/state must be one of active, suspended, revoked, expired, not "dead"$/],
    ['?limit=0', /^\/limit must be at least 1, not 0$/],
    ['?limit=many', /^\/limit must be a whole number, not "many"$/],
  ])('%s is refused', async (query, message) => {
    const { body } = await keys(query).expect(400);
    expect(body.error).toMatchObject({ code: 'request_invalid', message: expect.stringMatching(message) });
  });
});

describe('GET /keys/<id>', () => {
  test('gives one key by the id from the list', async () => {
    const { body } = await keys('?provider=estuary&owner=3');
    const answer = await lk.request.get(`/_latchkey/keys/${body.keys[0].id}`).expect(200);
    expect(answer.body).toEqual(body.keys[0]);
  });

  test('an unknown id is not found', async () => {
    const { body } = await lk.request.get('/_latchkey/keys/nope').expect(404);
    expect(body).toEqual({ error: { code: 'key_not_found', message: 'There is no key with the id "nope".', details: null } });
  });
});

describe('POST /introspect', () => {
  const introspect = (body: object) => lk.request.post('/_latchkey/introspect').send(body);

  test('an accepted secret is active, and introspection does not use it', async () => {
    const secret = await issue('label=mine');
    const { body } = await introspect({ secret }).expect(200);
    expect(body).toMatchObject({ active: true, provider: 'estuary', reason: null, key: { name: 'mine', lastUsedAt: null } });
  });

  test.each(['estuary', 'kps', 'whylabs', 'rockset'])(
    'every seeded secret of %s is active there and unknown elsewhere',
    async (provider) => {
      const credentials = (await lk.world.credentials()).get(provider) ?? [];
      expect(credentials.length).toBeGreaterThan(0);
      for (const { secret } of credentials) {
        if (secret === null) continue;
        expect((await introspect({ secret })).body).toMatchObject({ active: true, provider, reason: null });
        const elsewhere = provider === 'estuary' ? 'rockset' : 'estuary';
        expect((await introspect({ secret, provider: elsewhere })).body).toEqual({
          active: false,
          provider: null,
          reason: 'key_unknown',
          key: null,
        });
      }
    },
  );

  test('the reason of a refusal follows the key', async () => {
    const secret = await issue('expiry=1h');
    const reason = async () => (await introspect({ secret, provider: 'estuary' })).body.reason;
    lk.world.clock.advance(3_600_001);
    expect(await reason()).toBe('key_expired');
    await lk.request.delete(`/user/api-keys/${secret}`).set('Authorization', alice).expect(200);
    expect(await reason()).toBe('key_revoked');
  });

  test('a provider that is not running is refused', async () => {
    const { body } = await introspect({ secret: 'x', provider: 'nobody' }).expect(400);
    expect(body.error.code).toBe('request_invalid');
  });
});
