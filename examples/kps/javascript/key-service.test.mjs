import assert from 'node:assert/strict';
import { env } from 'node:process';
import { beforeEach, test } from 'node:test';
import { connect } from 'latchkey';
import { logIn, mint, resume, revoke, rotate, suspend, use } from './key-service.mjs';

const lk = await connect(env.LATCHKEY_URL);
beforeEach(({ name }) => lk.reset('seed', { mark: name }));

const unauthorized = { status: 401, body: '{"statusCode": 401, "message": "Unauthorized"}' };

test('a minted key works', async () => {
  const { id, token } = await mint();
  assert.ok((await use(token)).some((key) => key.id === id));
});

test('after a rotation the old key is refused, and the new one works', async () => {
  const old = await mint();
  const { token } = await rotate(old.id);
  await assert.rejects(use(old.token), unauthorized);
  assert.equal((await use(token)).length, 2);
});

test('a revoked key is refused from the next request on, and cannot be revoked again', async () => {
  const { id, token } = await mint();
  await use(token);
  await revoke(id);
  await assert.rejects(use(token), unauthorized);
  await assert.rejects(revoke(id), { message: `we have no key ${id}` });
});

test('a suspended key is refused until it is resumed', async () => {
  const key = await mint();
  await suspend(key);
  await assert.rejects(use(key.token), unauthorized);
  await resume(key);
  assert.equal((await use(key.token)).length, 2);
});

test("a user has two keys at most, this service's own one among them", async () => {
  const { id } = await mint();
  const body = `{"statusCode": 400, "errorCode": 20480, "message": "Invalid input data for 'max already reached'."}`;
  await assert.rejects(mint(), { status: 400, body });
  await revoke(id);
  await mint();
});

test('a log-in ends after 30 minutes, a key never does', async () => {
  const { token } = await mint();
  const session = await logIn('alice@example.com', 'alice-password');
  await use(session);
  await lk.clock.advance('31m');
  await assert.rejects(use(session), unauthorized);
  await lk.clock.advance('87600h');
  await use(token);
});

test('a user may not list the keys of everybody, an administrator may', async () => {
  const session = await logIn('alice@example.com', 'alice-password');
  const body = `{"statusCode": 403, "errorCode": 20487, "message": "You do not have the required permission: 'RBAC/userID'."}`;
  await assert.rejects(use(session, 'userapitokensall'), { status: 403, body });
  const { token } = await mint();
  assert.equal((await use(token, 'userapitokensall')).length, 3);
});

test('a key that was never issued is refused', async () => {
  const [header, claims] = env.NUTANIX_KPS_API_TOKEN.split('.');
  await assert.rejects(use(`${header}.${claims}.${'x'.repeat(43)}`), unauthorized);
});

test('a request without a key is refused', async () => {
  await assert.rejects(use(null), unauthorized);
});
