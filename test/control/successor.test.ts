import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';
import { issueKey } from './issued-key.ts';

const lk = emulatorForTests();
const succeed = (id: string, terms: object = {}) => lk.request.post(`/_latchkey/keys/${id}/successor`).send(terms);
const keyOf = async (id: string) => (await lk.request.get(`/_latchkey/keys/${id}`).expect(200)).body;
const error = (code: string, message: string, details: unknown = null) => ({ error: { code, message, details } });

describe('POST /keys/<id>/successor (G16)', () => {
  test.each([
    ['estuary', { owner: 'alice', name: 'ci', perms: 'upload', expiresIn: '2h' }, 'ci'],
    ['estuary', { owner: 'alice', session: true, expiresIn: '2h' }, ''],
    ['kps', { owner: 'alice@example.com', session: 'long' }, null],
    ['rockset', { owner: 'member@me.com', name: 'nightly', role: 'read-only', expiresIn: '2h' }, 'nightly-2'],
    ['rockset', { owner: 'member@me.com', idToken: true }, null],
    ['whylabs', { organization: 'org-123', owner: 'user-123', name: 'ci', scopes: [':user'], expiresIn: '2h' }, 'ci'],
  ])('%s: like %j, with a secret of its own', async (provider, description, name) => {
    const { id, secret } = await issueKey(lk, { provider, ...description });
    const before = await keyOf(id);
    lk.world.clock.advance(3_600_000);
    const { body } = await succeed(id).expect(200);
    const lived = before.expiresAt === null ? null : Date.parse(before.expiresAt) - Date.parse(before.createdAt);
    expect(body.key).toEqual({
      ...before,
      id: body.credential.key,
      name,
      hint: body.key.hint,
      createdAt: '2030-01-01T01:00:00.000Z',
      expiresAt: lived === null ? null : new Date(lk.world.clock.now() + lived).toISOString(),
    });
    expect(body.secret).not.toBe(secret);
    expect(body.key.id).not.toBe(id);
    const { body: found } = await lk.request.post('/_latchkey/introspect').send({ secret: body.secret, provider });
    expect([found.active, found.key.id]).toEqual([true, body.key.id]);
    expect(await keyOf(id)).toEqual(before);
  });

  test('of a key that is revoked, expired or suspended is active', async () => {
    for (const state of ['revoked', 'expired', 'suspended']) {
      const { id } = await issueKey(lk, { provider: 'rockset', owner: 'member@me.com', name: state, state });
      const { body } = await succeed(id, { expiresIn: '1h' }).expect(200);
      expect([state, body.key.state, body.key.expiresAt, body.key.name]).toEqual([
        state,
        'active',
        '2030-01-01T01:00:00.000Z',
        // The name of a revoked key is free.
        state === 'revoked' ? state : `${state}-2`,
      ]);
      expect((await succeed(body.key.id).expect(200)).body.key.name).toBe(state === 'revoked' ? 'revoked-2' : `${state}-3`);
    }
  });

  test('has the name that is given, unless the provider refuses it', async () => {
    const { id } = await issueKey(lk, { provider: 'rockset', owner: 'member@me.com', name: 'ci' });
    expect((await succeed(id, { name: 'other' }).expect(200)).body.key.name).toBe('other');
    const message = 'The owner has a key with the name "ci". Give another "name".';
    expect((await succeed(id, { name: 'ci' }).expect(409)).body).toEqual(error('key_name_taken', message));
  });

  test('keeps the limits of KPS: two tokens for each user, sessions aside', async () => {
    const { id } = await issueKey(lk, { provider: 'kps', owner: 'alice@example.com' });
    const message = 'The provider allows 2 keys here, and there are as many. Revoke one first.';
    expect((await succeed(id).expect(409)).body).toEqual(error('key_limit_reached', message, { limit: 2 }));
    const { body: before } = await lk.request.get('/_latchkey/keys?provider=kps').expect(200);
    expect(before.total).toBe(3);
    await lk.request.post(`/_latchkey/keys/${id}/revoke`).expect(200);
    await succeed(id).expect(200);
  });

  test('keeps the limits of WhyLabs: 25 keys for an organisation on the free tier', async () => {
    const description = { provider: 'whylabs', organization: 'org-123', owner: 'user-123', scopes: [':user'] };
    const { id } = await issueKey(lk, description);
    for (let count = 3; count < 25; count++) await succeed(id).expect(200);
    const message = 'The provider allows 25 keys here, and there are as many. Revoke one first.';
    expect((await succeed(id).expect(409)).body).toEqual(error('key_limit_reached', message, { limit: 25 }));
  });

  test.each([
    [{ expiresIn: 'soon' }, '/expiresIn must be a duration such as 5m, 720h or P30D, not "soon"'],
    [{ owner: 'bob' }, '/owner is an unknown field: there are only name, expiresIn'],
  ])('%j is refused, and nothing is issued', async (terms, message) => {
    const { id } = await issueKey(lk, { provider: 'rockset', owner: 'member@me.com', name: 'ci' });
    const { body } = await succeed(id, terms).expect(400);
    expect(body.error).toMatchObject({ code: 'request_invalid', message: expect.stringContaining(message.slice(0, 12)) });
    expect((await lk.request.get('/_latchkey/keys?q=ci-').expect(200)).body.total).toBe(0);
  });

  test('of an unknown key is not found, and of one whose owner is gone is refused', async () => {
    expect((await succeed('nope').expect(404)).body).toEqual(error('key_not_found', 'There is no key with the id "nope".'));
    const { id } = await issueKey(lk, { provider: 'rockset', owner: 'reader@me.com', name: 'ci' });
    await lk.request
      .delete('/v1/orgs/self/users/reader@me.com')
      .set('Authorization', 'ApiKey admin0LatchkeySeed0000000000000000000000000000000000000000000000')
      .expect(200);
    const message = 'There can be no key like this one: its owner "reader@me.com" is gone.';
    expect((await succeed(id).expect(409)).body).toEqual(error('successor_refused', message));
  });
});
