import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests();
const issue = (body: object) => lk.request.post('/_latchkey/keys').send(body);
const viewer = (header: { readonly name: string; readonly value: string }) =>
  lk.request.get('/viewer').set(header.name, header.value);

describe('POST /keys', () => {
  test('issues a key that works, and shows its secret only in that answer', async () => {
    const { body } = await issue({ provider: 'estuary', owner: 'alice', name: 'ci', expiresIn: '1h' }).expect(200);
    expect(body).toEqual({
      key: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        provider: 'estuary',
        tenant: 'estuary',
        owner: '2',
        name: 'ci',
        kind: 'key',
        hint: body.secret.slice(0, 11),
        state: 'active',
        grants: {},
        attributes: {},
        createdAt: '2030-01-01T00:00:00.000Z',
        expiresAt: '2030-01-01T01:00:00.000Z',
        lastUsedAt: null,
        revokedAt: null,
      },
      secret: expect.stringMatching(/^EST[0-9a-f-]{36}ARY$/),
      credential: expect.objectContaining({
        name: 'ci',
        secret: body.secret,
        header: { name: 'Authorization', value: `Bearer ${body.secret}` },
      }),
    });
    await viewer(body.credential.header).expect(200);
    lk.world.clock.advance(3_600_001);
    await viewer(body.credential.header).expect(401);
    expect(JSON.stringify((await lk.request.get('/_latchkey/keys')).body)).not.toContain(body.secret);
  });

  test.each([
    [{ state: 'suspended' }, 'suspended', 401],
    [{ state: 'revoked' }, 'revoked', 401],
    [{ state: 'expired' }, 'expired', 401],
    [{ expiresIn: '-1ms' }, 'expired', 401],
    [{}, 'active', 200],
  ])('in the state that %j asks for', async (life, state, status) => {
    const { body } = await issue({ provider: 'estuary', owner: 'alice', ...life }).expect(200);
    expect(body.key.state).toBe(state);
    await viewer(body.credential.header).expect(status);
  });

  test('issues two keys for two equal descriptions', async () => {
    const description = { provider: 'rockset', owner: 'member@me.com', name: 'twin' };
    const one = await issue(description).expect(200);
    const other = await issue({ ...description, name: 'other' }).expect(200);
    expect(one.body.secret).not.toBe(other.body.secret);
  });

  test('issues keys of every provider, with credentials of its own kind', async () => {
    const descriptions = [
      { provider: 'estuary', owner: 'bob' },
      { provider: 'kps', owner: 'bob@example.com' },
      { provider: 'rockset', owner: 'reader@me.com', name: 'added' },
      { provider: 'whylabs', organization: 'org-123', owner: 'user-9' },
    ];
    for (const description of descriptions) {
      const { body } = await issue(description).expect(200);
      const introspected = await lk.request.post('/_latchkey/introspect').send({ secret: body.secret }).expect(200);
      expect(introspected.body).toMatchObject({ active: true, provider: description.provider, key: { id: body.key.id } });
    }
  });

  test.each([
    [{}, '/provider is missing'],
    [{ provider: 'nobody' }, 'unknown provider "nobody": expected one of estuary, kps, rockset, whylabs'],
    [{ provider: 'estuary' }, '/owner is missing'],
    [{ provider: 'estuary', owner: 'eve' }, '/owner there is no user "eve"'],
    [
      { provider: 'estuary', owner: 'alice', color: 'red' },
      '/color is an unknown field: expected owner, name, secret, perms, session, state, createdAt, expiresAt, expiresIn, lastUsedAt',
    ],
    [
      { provider: 'estuary', owner: 'alice', state: 'expired', expiresIn: '1h' },
      '/state is expired, but the expiry is in the future',
    ],
  ])('%j is refused', async (description, message) => {
    const { body } = await issue(description).expect(400);
    expect(body.error).toMatchObject({ code: 'request_invalid', message });
  });

  test('refuses a secret that exists already, and changes nothing', async () => {
    const before = await lk.world.store.keys.find({});
    const taken = 'EST00000000-0000-4000-8000-000000000003ARY';
    const { body } = await issue({ provider: 'estuary', owner: 'alice', secret: taken }).expect(409);
    expect(body).toEqual({
      error: { code: 'key_exists', message: 'A key with this secret or this id exists already.', details: null },
    });
    expect(await lk.world.store.keys.find({})).toEqual(before);
  });
});
