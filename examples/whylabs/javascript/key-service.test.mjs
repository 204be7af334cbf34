import assert from 'node:assert/strict';
import { env } from 'node:process';
import { beforeEach, test } from 'node:test';
import { connect } from 'latchkey';
import { mint, revoke, rotate, use, validate } from './key-service.mjs';

const lk = await connect(env.LATCHKEY_URL);
beforeEach(({ name }) => lk.reset('seed', { mark: name }));

// WhyLabs never gives a reason.
const forbidden = { status: 403, body: '' };
const noModels = { items: [] };

test('a minted key works', async () => {
  const { key } = await mint({ userId: 'user-7' });
  assert.deepEqual(await use(key), noModels);
});

test('after a rotation the old key is refused, and the new one works, with the same scopes', async () => {
  const old = await mint({ userId: 'user-7', scopes: [':user', ':write_data'] });
  const { key, scopes } = await rotate(old);
  await assert.rejects(use(old.key), forbidden);
  assert.deepEqual([await use(key), scopes.toSorted()], [noModels, [':user', ':write_data']]);
});

test('a revoked key is refused from the next request on', async () => {
  const minted = await mint({ userId: 'user-7' });
  await use(minted.key);
  await revoke(minted);
  await assert.rejects(use(minted.key), forbidden);
});

test('a key works up to its expiry, and is refused a millisecond later', async () => {
  const { key, expirationTime } = await mint({ userId: 'user-7', expiresAtMs: 4_102_444_800_000 });
  assert.equal(expirationTime, '2100-01-01T00:00:00');
  await lk.clock.freeze();
  await lk.clock.set('2100-01-01T00:00:00Z');
  await use(key);
  await lk.clock.advance('1ms');
  await assert.rejects(use(key), forbidden);
});

test('a key that may only write cannot see the models, though it is a good key', async () => {
  const { key } = await mint({ userId: 'user-7', scopes: [':write_data'] });
  await validate(key);
  await assert.rejects(use(key), forbidden);
});

test("a key may list its own user's keys, and nobody else's", async () => {
  const { key, keyId } = await mint({ userId: 'user-7' });
  const { items } = await use(key, 'api-key', { user_id: 'user-7' });
  assert.deepEqual(
    items.map((one) => one.keyId),
    [keyId],
  );
  await assert.rejects(use(key, 'api-key', { user_id: 'user-123' }), forbidden);
});

test('a key does not reach another organization, even if it names that one', async () => {
  const { key } = await mint({ userId: 'user-7' });
  await assert.rejects(use(key.replace('org-123', 'org-456')), forbidden);
});

test('a key that was never issued is refused', async () => {
  await assert.rejects(validate(`${'x'.repeat(10)}.${'x'.repeat(53)}:org-123`), forbidden);
});

test('a request without a key is refused', async () => {
  await assert.rejects(validate(null), { status: 401, body: '' });
});
