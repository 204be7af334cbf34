import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests();
const alice = 'Bearer EST00000000-0000-4000-8000-000000000002ARY';
const keys = (query = '') => lk.request.get(`/_latchkey/keys${query}`);
const issue = async (query: string): Promise<string> => {
  const { body } = await lk.request.post(`/user/api-keys?${query}`).set('Authorization', alice).expect(200);
  return body.token;
};

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
