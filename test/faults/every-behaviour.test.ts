import { expect, test } from 'vitest';
import { stopwatchMs } from '../../src/clock.ts';
import { Effect } from '../../src/faults/effects/index.ts';
import { exchange } from '../control/exchange.ts';
import { rockset } from '../control/seeded-calls.ts';
import { emulatorForTests } from '../support/emulator.ts';

// What a client gets by each effect alone. An effect that is not here, or does nothing, fails.

const lk = emulatorForTests();
const headers = { authorization: `ApiKey ${rockset.secret}`, 'content-type': 'application/json' };
const ownKeys = '/v1/orgs/self/users/self/apikeys';
const ask = (secret = rockset.secret) =>
  exchange(lk.url + rockset.path, { headers: { ...headers, authorization: `ApiKey ${secret}` } });
const create = (name: string) => exchange(lk.url + ownKeys, { method: 'POST', headers, body: JSON.stringify({ name }) });
const add = (effect: object) => lk.request.post('/_latchkey/faults').send({ effect }).expect(200);
const issue = async (name: string): Promise<{ readonly id: string; readonly secret: string }> => {
  const description = { provider: 'rockset', owner: 'member@me.com', name };
  const { key, secret } = (await lk.request.post('/_latchkey/keys').send(description).expect(200)).body;
  return { id: key.id, secret };
};

/** A body without the id that is new in each. */
const untraced = (text: string) => text.replace(/"trace_id":"[^"]*"/, '');

/** The answer to one request that the effect hits, how long it took, and the answer without the effect. */
async function hitBy(effect: object) {
  const plain = await ask();
  expect([plain.status, plain.failure]).toEqual([200, undefined]);
  await add(effect);
  const begunMs = stopwatchMs();
  const hit = await ask();
  const tookMs = stopwatchMs() - begunMs;
  expect(await ask()).toMatchObject({ status: 200, body: plain.body, failure: undefined });
  return { plain, hit, tookMs };
}

const behaviours: Readonly<Record<string, () => Promise<void>>> = {
  async delay() {
    const { plain, hit, tookMs } = await hitBy({ delay: '60ms' });
    expect([hit.status, hit.body]).toEqual([200, plain.body]);
    expect(tookMs).toBeGreaterThanOrEqual(59);
  },

  async reset() {
    const { hit } = await hitBy({ reset: true });
    expect([hit.status, hit.body, hit.failure]).toEqual([undefined, '', 'ECONNRESET']);
  },

  async retryAfter() {
    const { hit: without } = await hitBy({ status: 429 });
    expect(without.headers['retry-after']).toBeUndefined();
    const { hit } = await hitBy({ status: 429, retryAfter: 7 });
    expect([hit.status, untraced(hit.body), hit.headers['retry-after']]).toEqual([429, untraced(without.body), '7']);
  },

  async status() {
    const { hit } = await hitBy({ status: 503 });
    expect([hit.status, hit.failure]).toEqual([503, undefined]);
    expect(JSON.parse(hit.body)).toHaveProperty('message');
  },

  async code() {
    const { id, secret } = await issue('suspended');
    await lk.request.post(`/_latchkey/keys/${id}/suspend`).expect(200);
    const really = await ask(secret);
    const { hit } = await hitBy({ code: 'key_suspended' });
    expect([hit.status, untraced(hit.body)]).toEqual([really.status, untraced(really.body)]);
  },

  async respond() {
    const { hit } = await hitBy({ respond: { status: 418, headers: { 'x-pot': 'tea' }, body: { short: 'stout' } } });
    expect([hit.status, hit.headers['x-pot'], hit.body]).toEqual([418, 'tea', '{"short":"stout"}']);
  },

  async dropResponse() {
    await add({ dropResponse: true });
    const { status, body, failure } = await create('made');
    expect([status, body, failure]).toEqual([undefined, '', 'ECONNRESET']);
    // Done all the same.
    expect((await create('other')).status).toBe(200);
    const names = (await lk.world.store.keys.find({ owner: 'member@me.com' })).map(({ name }) => name);
    expect(names).toEqual(['member', 'made', 'other']);
  },

  async slowBody() {
    const { plain, hit, tookMs } = await hitBy({ slowBody: '60ms' });
    expect([hit.status, hit.body, hit.failure]).toEqual([200, plain.body, undefined]);
    expect([plain.pieces, hit.pieces > 1]).toEqual([1, true]);
    expect(tookMs).toBeGreaterThanOrEqual(50);
  },

  async truncate() {
    const { plain, hit } = await hitBy({ truncate: true });
    expect([hit.status, hit.body, hit.failure]).toEqual([200, plain.body.slice(0, plain.body.length >> 1), 'ECONNRESET']);
    expect(hit.headers['content-length']).toBe(String(plain.body.length));
  },

  async propagation() {
    await add({ propagation: { issue: '10s', revoke: '20s' } });
    const { id, secret } = await issue('late');
    const status = async () => (await ask(secret)).status;
    expect(await status()).toBe(401);
    lk.world.clock.advance(10_001);
    expect(await status()).toBe(200);
    await lk.request.post(`/_latchkey/keys/${id}/revoke`).expect(200);
    expect(await status()).toBe(200);
    lk.world.clock.advance(20_001);
    expect(await status()).toBe(401);
  },
};

test('every effect is here', () => {
  expect(Object.keys(behaviours).toSorted()).toEqual(Object.keys(Effect.properties).toSorted());
});

test.each(Object.entries(behaviours))('`%s` alone: what the client gets', async (_property, behaves) => {
  await behaves();
  expect.hasAssertions();
});
