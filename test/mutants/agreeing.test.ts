import { describe, expect, test } from 'vitest';
import { call, callWith, estuary, kps, rockset, type SeededCall, seededCalls, whylabs } from '../control/seeded-calls.ts';
import type { TestEmulator } from '../support/emulator.ts';
import { latchkeys, reachedIn, reportOf } from './latchkeys.ts';

const latchkey = latchkeys();

const introspect = async ({ request }: TestEmulator, secret: string, provider?: string) =>
  (
    await request
      .post('/_latchkey/introspect')
      .send({ secret, ...(provider !== undefined && { provider }) })
      .expect(200)
  ).body;
const authorize = ({ request }: TestEmulator, { provider, header, scheme }: SeededCall, secret?: string) => {
  const asking = request.get(`/_latchkey/authorize/${provider}`);
  return secret === undefined ? asking : asking.set(header, scheme + secret);
};

/** Revokes the key of a call by the control plane. */
async function revoke(lk: TestEmulator, { provider, secret }: SeededCall): Promise<string> {
  const { key } = await introspect(lk, secret, provider);
  await lk.request.post(`/_latchkey/keys/${key.id}/revoke`).expect(200);
  return key.id;
}

describe.each(seededCalls)('accept-revoked@$provider', (seeded) => {
  const { provider, secret } = seeded;

  test('the provider, introspection and /authorize accept the key, and GET /keys shows what is stored', async () => {
    const lk = await latchkey('accept-revoked', provider);
    const id = await revoke(lk, seeded);
    const before = (await reportOf(lk)).acted;
    await call(lk, seeded).expect(200).expect('x-latchkey-mutant', 'accept-revoked');
    await authorize(lk, seeded, secret).expect(200).expect('x-latchkey-mutant', 'accept-revoked').expect('x-latchkey-key', id);
    expect(await introspect(lk, secret)).toMatchObject({ active: true, provider, reason: null, key: { id, state: 'revoked' } });
    const { body } = await lk.request.get(`/_latchkey/keys/${id}`).expect(200);
    expect(body).toMatchObject({ state: 'revoked', lastUsedAt: null });
    const { acted, evidence } = await reportOf(lk);
    expect(acted).toBe(before + 3);
    const status = provider === 'whylabs' ? 403 : 401;
    const says = expect.stringMatching(
      /^The key .* was revoked 0 ms earlier, at 2030-01-01T00:00:00\.000Z; .* told to accept it\./,
    );
    const unseen = { request: null, operation: null, method: null, path: null, mark: null, provider };
    const truth = { status, code: 'key_revoked' };
    expect(evidence.slice(-2)).toEqual([
      { ...unseen, key: evidence.at(-3)?.key, truth, answered: 200, says },
      { ...unseen, key: evidence.at(-3)?.key, truth, answered: null, says },
    ]);
  });

  test('none says the truth, and counts each question', async () => {
    const lk = await latchkey('none');
    await revoke(lk, seeded);
    const before = await reachedIn(lk, 'accept-revoked', provider);
    await call(lk, seeded).expect(provider === 'whylabs' ? 403 : 401);
    await authorize(lk, seeded, secret).expect(provider === 'whylabs' ? 403 : 401);
    expect(await introspect(lk, secret)).toMatchObject({ active: false, reason: 'key_revoked' });
    expect(await reachedIn(lk, 'accept-revoked', provider)).toBe(before + 3);
  });
});

describe('a secret that nobody was issued', () => {
  test('is that of the first administrator, where its provider is named or the mutant names it', async () => {
    const lk = await latchkey('accept-unknown', 'rockset');
    const key = { owner: 'admin@me.com', name: 'admin' };
    expect(await introspect(lk, 'x'.repeat(64), 'rockset')).toMatchObject({ active: true, key });
    expect(await introspect(lk, 'x'.repeat(64))).toMatchObject({ active: true, provider: 'rockset', key });
    const unknown = { active: false, provider: null, reason: 'key_unknown', key: null };
    expect(await introspect(lk, 'x'.repeat(64), 'estuary')).toEqual(unknown);
    expect(await introspect(await latchkey('accept-unknown'), 'x'.repeat(64))).toEqual(unknown);
  });

  test('a known secret of another provider is asked there', async () => {
    const lk = await latchkey('accept-unknown');
    expect(await introspect(lk, estuary.secret)).toMatchObject({ active: true, provider: 'estuary', key: { name: 'alice' } });
    expect(await introspect(lk, rockset.secret)).toMatchObject({ active: true, provider: 'rockset', key: { name: 'member' } });
  });
});

describe('/authorize without a credential', () => {
  test.each([estuary, kps, rockset, whylabs])('is from the first administrator of $provider', async (seeded) => {
    const lk = await latchkey('accept-missing', seeded.provider);
    await authorize(lk, seeded).expect(200).expect('x-latchkey-mutant', 'accept-missing');
  });

  test.each([estuary, rockset])('a preflight of $provider passes as it does in truth', async (seeded) => {
    const [lk, truth] = [await latchkey('accept-missing', seeded.provider), await latchkey('none')];
    const before = (await reportOf(lk)).acted;
    const answers = [lk, truth].map(({ request }) => request.options(`/_latchkey/authorize/${seeded.provider}`));
    const [mutated, true_] = await Promise.all(answers);
    expect(mutated?.status).toBe(true_?.status);
    expect(mutated?.headers['x-latchkey-key']).toBe(undefined);
    expect((await reportOf(lk)).acted).toBe(before);
  });
});

describe("Estuary's own check of a token", () => {
  const check = async ({ request }: TestEmulator) => {
    const sent = request.post('/check-api-key').send({ Token: estuary.secret });
    return (await sent.expect(200)).body.result;
  };

  test('says what the mutant says', async () => {
    const lk = await latchkey('accept-revoked', 'estuary');
    await revoke(lk, estuary);
    expect(await check(lk)).toEqual({ validated: true, details: 'api key validated' });
    const { evidence } = await reportOf(lk);
    expect(evidence.at(-1)).toMatchObject({ operation: 'checkApiKeyPost', truth: { status: 200, code: null }, answered: 200 });
  });

  test('says the truth without one', async () => {
    const lk = await latchkey('none');
    await revoke(lk, estuary);
    expect(await check(lk)).toEqual({ validated: false, details: 'api key does not exists' });
    expect(await reachedIn(lk, 'accept-revoked', 'estuary')).toBeGreaterThan(0);
  });
});

test('a key at its last instant is refused by the provider, by introspection and by /authorize', async () => {
  const lk = await latchkey('expire-early', 'rockset');
  const { key } = await introspect(lk, rockset.secret);
  await lk.world.keys('rockset').changeAll({ id: key.id }, (one) => ({ ...one, expiresAt: lk.world.clock.now() }));
  await call(lk, rockset).expect(401);
  await authorize(lk, rockset, rockset.secret).expect(401).expect('x-latchkey-mutant', 'expire-early');
  expect(await introspect(lk, rockset.secret)).toMatchObject({ active: false, reason: 'key_expired', key: { state: 'active' } });
  await callWith(lk, rockset, rockset.otherSecret).expect(200);
});
