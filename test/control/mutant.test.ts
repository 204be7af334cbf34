import { describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import { LatchkeyError, startLatchkey } from '../../src/library.ts';
import type { ChosenMutant } from '../../src/provider/mutants.ts';
import { emulatorForTests, startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { callWith, rockset } from './seeded-calls.ts';

const acceptRevoked: ChosenMutant = { name: 'accept-revoked', provider: 'rockset' };
const off = {
  error: {
    code: 'mutation_is_off',
    message: 'This latchkey does not err on purpose: start one with --mutant, where none records what would err.',
    details: null,
  },
};

const healthOf = async ({ request }: TestEmulator) => (await request.get('/_latchkey/health').expect(200)).body;
const gaugeOf = async ({ request }: TestEmulator) =>
  (await request.get('/_latchkey/metrics').expect(200)).text.split('\n').filter((line) => line.startsWith('latchkey_mutant'));

describe('without a mutant', () => {
  const lk = emulatorForTests();

  test('there is no report', async () => {
    expect((await lk.request.get('/_latchkey/mutant').expect(404)).body).toEqual(off);
    await lk.request.head('/_latchkey/mutant').expect(404);
    await expect((await connect(lk.url)).mutant()).rejects.toMatchObject({ status: 404, code: 'mutation_is_off' });
  });

  test.each(['put', 'post', 'patch', 'delete'] as const)('%s sets none', async (method) => {
    await lk.request[method]('/_latchkey/mutant').send({ mutant: 'accept-revoked' }).expect(405);
    expect(await healthOf(lk)).toMatchObject({ mutant: null });
  });
});

describe('with a mutant', () => {
  const lk = emulatorForTests({ mutant: acceptRevoked });
  const revokeAndUse = async (base = '') => {
    const { body } = await lk.request.post(`${base}/_latchkey/introspect`).send({ secret: rockset.secret }).expect(200);
    await lk.request.post(`${base}/_latchkey/keys/${body.key.id}/revoke`).expect(200);
    return lk.request.get(`${base}/rockset${rockset.path}`).set(rockset.header, rockset.scheme + rockset.secret);
  };

  test('health and metrics name it', async () => {
    const mutant = 'accept-revoked@rockset';
    expect(await healthOf(lk)).toEqual({ status: 'ok', version: '0.0.0-test', https: null, mutant });
    expect(await gaugeOf(lk)).toEqual(['latchkey_mutant 1']);
  });

  test('the report tells what came of it, in every world; asking opens none', async () => {
    const { acted } = (await lk.request.get('/_latchkey/mutant').expect(200)).body;
    await lk.request.post('/~shop/_latchkey/mark').send({ text: 'shop.test > sells' }).expect(200);
    expect((await revokeAndUse('/~shop')).status).toBe(200);
    const { body } = await lk.request.get('/~elsewhere/_latchkey/mutant').expect(200);
    expect(body).toEqual({
      mutant: 'accept-revoked',
      provider: 'rockset',
      acted: acted + 1,
      evidence: expect.arrayContaining([
        {
          request: expect.any(String),
          mark: 'shop.test > sells',
          provider: 'rockset',
          operation: 'getOrganization',
          method: 'GET',
          path: '/~shop/rockset/v1/orgs/self',
          key: { hint: expect.any(String), name: 'member' },
          truth: { status: 401, code: 'key_revoked' },
          answered: 200,
          says: expect.stringContaining('revoked'),
        },
      ]),
      reachable: [{ mutant: 'accept-revoked', provider: 'rockset', times: acted + 1 }],
    });
    expect(JSON.stringify(body)).not.toContain(rockset.secret);
    expect(lk.worlds.names()).not.toContain('elsewhere');
    expect(await (await connect(lk.url)).mutant()).toEqual(body);
  });

  test.each([
    ['a reset', () => lk.request.post('/_latchkey/reset').expect(200)],
    ['a seed', () => lk.request.post('/_latchkey/seed').send({ seed: {} }).expect(200)],
    ['the end of all faults', () => lk.request.delete('/_latchkey/faults').expect(200)],
    ['an empty wish', () => lk.request.get('/_latchkey/clock').set('X-Latchkey-Mutant', 'none').expect(200)],
  ])('%s does not end it', async (_what, act) => {
    await act();
    expect((await revokeAndUse()).status).toBe(200);
    expect(await healthOf(lk)).toMatchObject({ mutant: 'accept-revoked@rockset' });
  });
});

describe('with none', () => {
  const lk = emulatorForTests({ mutant: { name: 'none', provider: null } });

  test('nothing is changed, and what would be is counted', async () => {
    expect((await callWith(lk, rockset, 'never0issued').expect(401)).headers).not.toHaveProperty('x-latchkey-mutant');
    expect((await lk.request.get('/_latchkey/mutant').expect(200)).body).toEqual({
      mutant: 'none',
      provider: null,
      acted: 0,
      evidence: [],
      reachable: [{ mutant: 'accept-unknown', provider: 'rockset', times: 1 }],
    });
    expect(await healthOf(lk)).toMatchObject({ mutant: null });
    expect(await gaugeOf(lk)).toEqual(['latchkey_mutant 0']);
  });
});

test('only who has the admin token is told what came of it; that there is one, everybody', async () => {
  const lk = await startTestEmulator({ mutant: acceptRevoked, adminToken: 's3cret' });
  try {
    await lk.request.get('/_latchkey/mutant').expect(401);
    await lk.request.get('/_latchkey/mutant').set('Authorization', 'Bearer s3cret').expect(200);
    expect(await healthOf(lk)).toMatchObject({ mutant: 'accept-revoked@rockset' });
  } finally {
    await lk.close();
  }
});

describe('startLatchkey', () => {
  test('takes one', async () => {
    await using lk = await startLatchkey({ mutant: 'accept-unknown@rockset', providers: ['rockset'] });
    expect(await lk.mutant()).toEqual({ mutant: 'accept-unknown', provider: 'rockset', acted: 0, evidence: [], reachable: [] });
    const { status } = await fetch(`${lk.urls.rockset}/v1/orgs/self`, { headers: { authorization: 'ApiKey never0issued' } });
    expect(status).toBe(200);
  });

  test('takes an empty text, which an empty variable is, for none at all', async () => {
    await using lk = await startLatchkey({ mutant: '' });
    await expect(lk.mutant()).rejects.toBeInstanceOf(LatchkeyError);
  });
});
