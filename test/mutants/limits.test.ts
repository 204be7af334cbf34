import { describe, expect, test } from 'vitest';
import { plainGate } from '../../src/http/gate.ts';
import { call, callWith, estuary, kps, rockset, whylabs } from '../control/seeded-calls.ts';
import { createUser, logIn, tokensPath, usersPath } from '../providers/kps/kps.ts';
import * as rocksetApi from '../providers/rockset/rockset.ts';
import { addKey } from '../providers/whylabs/whylabs.ts';
import { emulatorForTests, type TestEmulator } from '../support/emulator.ts';
import { latchkeys, reachedIn, reportOf } from './latchkeys.ts';

const latchkey = latchkeys();
const plain = emulatorForTests();

const actedIn = async (lk: TestEmulator) => (await reportOf(lk)).acted;

/** Nothing is decided while something is done, and with `none` nothing is counted. */
async function expectTruth(
  mutant: 'accept-revoked' | 'accept-malformed' | 'accept-unknown' | 'ignore-revoke' | 'expire-early',
  provider: string,
  play: (lk: TestEmulator) => Promise<void>,
) {
  const lk = await latchkey(mutant, provider);
  const before = await actedIn(lk);
  await play(lk);
  expect(await actedIn(lk)).toBe(before);
  const counting = await latchkey('none');
  const counted = await reachedIn(counting, mutant, provider);
  await play(counting);
  expect(await reachedIn(counting, mutant, provider)).toBe(counted);
}

test('a latchkey without a mutant has the plain gate, and says nothing of mutants', async () => {
  expect(plain.gate).toBe(plainGate);
  expect(plain.gate.report).toBe(undefined);
  const { headers } = await call(plain, rockset).expect(200);
  expect(Object.keys(headers)).not.toContain('x-latchkey-mutant');
});

describe('what follows would refuse the request with the same status: nothing is decided', () => {
  test('the key of a deleted user', () =>
    expectTruth('accept-revoked', 'rockset', async (lk) => {
      await lk.request.delete(rocksetApi.usersPath('member@me.com')).set('Authorization', rocksetApi.admin).expect(200);
      const { body } = await call(lk, rockset).expect(401);
      expect(body.message).toBe('Authentication Failure');
    }));

  test('a revoked key of WhyLabs that lacks the scope', () =>
    expectTruth('accept-revoked', 'whylabs', async (lk) => {
      const secret = await addKey(lk, 'org-123', 'user-123', [':write_data']);
      await lk.world.keys('whylabs').changeAll({}, (key) => ({ ...key, state: 'revoked', revokedAt: lk.world.clock.now() }));
      await lk.request.get('/v0/organizations/org-123/membership').set('X-API-Key', secret).expect(403);
    }));

  test('a revoked key that comes in the way of a log-in', () =>
    expectTruth('accept-revoked', 'rockset', async (lk) => {
      await lk.world.keys('rockset').changeAll({}, (key) => ({ ...key, state: 'revoked', revokedAt: lk.world.clock.now() }));
      const headers = { authorization: `Bearer ${rockset.secret}`, organization: 'acme' };
      await lk.request.get('/v1/orgs/self').set(headers).expect(401);
    }));

  test('a malformed credential that holds a revoked key', () =>
    expectTruth('accept-malformed', 'estuary', async (lk) => {
      await lk.world.keys('estuary').changeAll({}, (key) => ({ ...key, state: 'revoked', revokedAt: lk.world.clock.now() }));
      await lk.request.get('/viewer').set('Authorization', estuary.secret).expect(401);
    }));

  test('an unknown key, where the first administrator is gone', () =>
    expectTruth('accept-unknown', 'rockset', async (lk) => {
      await lk.world.resources('rockset').remove({ kind: 'user' }, 'acme/admin@me.com');
      await callWith(lk, rockset, 'x'.repeat(64)).expect(401);
    }));

  test('a key at its last instant that lacks the right', async () => {
    const lk = await latchkey('expire-early', 'whylabs');
    const before = await actedIn(lk);
    const secret = await addKey(lk, 'org-123', 'user-123', [':write_data'], lk.world.clock.now());
    const path = '/v0/organizations/org-123/membership';
    const { headers } = await lk.request.get(path).set('X-API-Key', secret).expect(403);
    expect(Object.keys(headers)).not.toContain('x-latchkey-mutant');
    expect(await actedIn(lk)).toBe(before);
    const { body } = await lk.request.get('/_latchkey/requests').expect(200);
    expect(body.requests[0]).toMatchObject({ path, code: 'permission_denied', mutant: null });
  });
});

describe('a key in the wrong form goes on as the key that it is', () => {
  test.each([
    ['under another scheme', { authorization: `Basic ${rockset.secret}` }],
    ['as a log-in without an organization', { authorization: `Bearer ${rockset.secret}` }],
    ['as a log-in with one', { authorization: `Bearer ${rockset.secret}`, organization: 'acme' }],
    ['with a word after it', { authorization: `ApiKey ${rockset.secret} x` }],
  ])('%s', async (_how, headers) => {
    const lk = await latchkey('accept-malformed', 'rockset');
    await lk.request.get('/v1/orgs/self').set(headers).expect(200).expect('x-latchkey-mutant', 'accept-malformed');
    const { body } = await lk.request.get('/_latchkey/requests').expect(200);
    const { body: key } = await lk.request.get(`/_latchkey/keys/${body.requests[0].key}`).expect(200);
    expect(key.owner).toBe('member@me.com');
  });
});

describe('operations that are not about a key', () => {
  test.each(['ignore-revoke', 'revoke-siblings'] as const)('%s leaves the end of a user alone', async (mutant) => {
    const lk = await latchkey(mutant);
    const before = await actedIn(lk);
    await lk.request.delete(rocksetApi.usersPath('member@me.com')).set('Authorization', rocksetApi.admin).expect(200);
    const id = await createUser(lk.request);
    const token = await logIn(lk.request, 'carol', 'P@ssw0rd');
    await lk.request.delete(`${usersPath}/${id}`).set('Authorization', `Bearer ${kps.otherSecret}`).expect(200);
    await call(lk, rockset).expect(401);
    await lk.request.get(tokensPath).set('Authorization', token).expect(401);
    expect(await actedIn(lk)).toBe(before);
  });

  test('a log-in is not lost', async () => {
    const lk = await latchkey('lose-new-key');
    const before = await actedIn(lk);
    await lk.request
      .get(tokensPath)
      .set('Authorization', await logIn(lk.request, 'bob'))
      .expect(200);
    expect(await actedIn(lk)).toBe(before);
  });

  test('what the operation refuses is not lost, widened or ignored', async () => {
    const lk = await latchkey('widen-grants', 'rockset');
    const before = await actedIn(lk);
    const body = { name: 'member', role: 'no such role' };
    await lk.request.post(rocksetApi.ownKeys).set('Authorization', rocksetApi.admin).send(body).expect(404);
    const taken = { name: 'admin', role: 'read-only' };
    await lk.request.post(rocksetApi.ownKeys).set('Authorization', rocksetApi.admin).send(taken).expect(400);
    const wide = { name: 'wide', role: 'admin' };
    await lk.request.post(rocksetApi.ownKeys).set('Authorization', rocksetApi.admin).send(wide).expect(200);
    expect(await actedIn(lk)).toBe(before);
  });
});

describe('the control plane keeps to the truth', () => {
  test('it revokes, suspends, issues and expires under every mutant of what is stored', async () => {
    for (const mutant of ['ignore-revoke', 'ignore-suspend', 'lose-new-key', 'ignore-expiry', 'widen-grants'] as const) {
      const lk = await latchkey(mutant);
      const issue = async (name: string) => {
        const description = {
          provider: 'rockset',
          owner: 'member@me.com',
          name,
          role: 'read-only',
          expiresAt: '2030-01-02T00:00:00Z',
        };
        return (await lk.request.post('/_latchkey/keys').send(description).expect(200)).body;
      };
      const [one, two] = [await issue('one'), await issue('two')];
      await callWith(lk, rockset, one.secret).expect(200);
      await lk.request.post(`/_latchkey/keys/${one.key.id}/revoke`).expect(200);
      await callWith(lk, rockset, one.secret).expect(401);
      const invited = { email: 'new@me.com', roles: ['member'] };
      await lk.request.post(rocksetApi.usersPath()).set('Authorization', rocksetApi.apiKey(two.secret)).send(invited).expect(403);
      await lk.request.post(`/_latchkey/keys/${two.key.id}/suspend`).expect(200);
      await callWith(lk, rockset, two.secret).expect(401);
      await lk.request.post(`/_latchkey/keys/${two.key.id}/resume`).expect(200);
      lk.world.clock.advance(2 * 86_400_000);
      await callWith(lk, rockset, two.secret).expect(401);
    }
  });
});

describe('it lasts as long as the latchkey, in every world', () => {
  test('a reset, a snapshot, a seed and another world change nothing', async () => {
    const lk = await latchkey('accept-unknown', 'whylabs');
    const unknown = () => callWith(lk, whylabs, `UNKNOWN000.${'0'.repeat(53)}`).expect(200);
    await unknown();
    const snapshot = await lk.world.snapshot();
    await lk.request.post('/_latchkey/reset').send({ to: 'empty' }).expect(200);
    await unknown();
    await lk.world.restore(snapshot);
    await unknown();
    await lk.request
      .get(`/~other/whylabs${whylabs.path}`)
      .set('X-API-Key', `UNKNOWN000.${'0'.repeat(53)}`)
      .expect(200);
  });

  test('twenty decisions are shown, and all are counted', async () => {
    const lk = await latchkey('accept-missing', 'kps');
    const before = await actedIn(lk);
    for (let sent = 0; sent < 25; sent++) await lk.request.get(`/kps${kps.path}`).expect(200);
    const { acted, evidence } = await reportOf(lk);
    expect(acted).toBe(before + 25);
    expect(evidence).toHaveLength(20);
    expect(evidence[19]).toMatchObject({ operation: kps.operation, path: `/kps${kps.path}`, method: 'GET', answered: 200 });
  });
});

describe('what comes before a mutant', () => {
  test('a fault', async () => {
    const lk = await latchkey('accept-unknown', 'rockset');
    const before = await actedIn(lk);
    await lk.request
      .post('/_latchkey/faults')
      .send({ match: { provider: 'rockset' }, effect: { status: 503 } })
      .expect(200);
    const { headers } = await callWith(lk, rockset, 'x'.repeat(64)).expect(503);
    expect(Object.keys(headers)).not.toContain('x-latchkey-mutant');
    expect(await actedIn(lk)).toBe(before);
  });

  test('a revocation that the provider has not seen yet', async () => {
    const lk = await latchkey('accept-revoked', 'rockset');
    const before = await actedIn(lk);
    await lk.request
      .post('/_latchkey/faults')
      .send({ match: { provider: 'rockset' }, effect: { propagation: { revoke: '1m' } } })
      .expect(200);
    const { body } = await lk.request.post('/_latchkey/introspect').send({ secret: rockset.secret }).expect(200);
    await lk.request.post(`/_latchkey/keys/${body.key.id}/revoke`).expect(200);
    await call(lk, rockset).expect(200);
    expect(await actedIn(lk)).toBe(before);
    lk.world.clock.advance(60_001);
    await call(lk, rockset).expect(200);
    expect(await actedIn(lk)).toBe(before + 1);
  });

  test.each([
    [86_400_000, 200],
    [86_400_001, 401],
  ])('expire-late ends a day after the expiry: %i ms', async (ms, status) => {
    const lk = await latchkey('expire-late', 'rockset');
    await lk.world.keys('rockset').changeAll({ owner: 'member@me.com' }, (key) => ({ ...key, expiresAt: lk.world.clock.now() }));
    await call(lk, rockset).expect(200);
    lk.world.clock.advance(ms);
    await call(lk, rockset).expect(status);
  });
});
