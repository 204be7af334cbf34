import assert from 'node:assert/strict';
import { env } from 'node:process';
import { beforeEach, test } from 'node:test';
import { connect } from 'latchkey';
import { mint, resume, revoke, rotate, suspend, use } from './key-service.mjs';

const lk = await connect(env.LATCHKEY_URL);
beforeEach(({ name }) => lk.reset('seed', { mark: name }));

/** Rockset's client throws the body of a refusal. This compares all of it, except for the trace id, which differs in each answer. */
async function assertRefused(call, refusal) {
  const { trace_id, ...body } = await call.then(
    () => assert.fail('it was not refused'),
    (thrown) => thrown,
  );
  assert.match(trace_id, /^[\da-f-]{36}$/);
  const empty = { message_key: null, line: null, column: null, error_id: null, query_id: null, internal_errors: null };
  assert.deepEqual(body, { ...refusal, ...empty });
}
const unauthenticated = { type: 'AUTHEXCEPTION', message: 'Authentication Failure' };
const forbidden = { type: 'FORBIDDEN', message: 'Not authorized to perform this action' };

const invite = ({ users }) => users.createUser({ email: 'eve@example.com', roles: ['read-only'] });
const listKeysOfMember = ({ apikeys }) => apikeys.listApiKeys('member@me.com');

test('a minted key works', async () => {
  const secret = await mint({ name: 'nightly', role: 'read-only' });
  assert.equal((await use(secret)).data.id, 'acme');
});

test('after a rotation the old key is refused, and the new one works, in the same role', async () => {
  const old = await mint({ name: 'nightly', role: 'read-only' });
  const secret = await rotate('nightly', 'nightly-2');
  await assertRefused(use(old), unauthenticated);
  assert.equal((await use(secret)).data.id, 'acme');
  await assertRefused(use(secret, invite), forbidden);
});

test('a revoked key is refused from the next request on', async () => {
  const secret = await mint({ name: 'nightly', role: 'read-only' });
  await use(secret);
  await revoke('nightly');
  await assertRefused(use(secret), unauthenticated);
});

test('a suspended key is refused until it is resumed', async () => {
  const secret = await mint({ name: 'nightly', role: 'read-only' });
  await suspend('nightly');
  await assertRefused(use(secret), unauthenticated);
  await resume('nightly');
  assert.equal((await use(secret)).data.id, 'acme');
});

test('a key works up to its expiry, and is refused a millisecond later', async () => {
  const expiresAt = '2100-01-01T00:00:00Z';
  const secret = await mint({ name: 'nightly', role: 'read-only', expiresAt });
  await lk.clock.freeze();
  await lk.clock.set(expiresAt);
  await use(secret);
  await lk.clock.advance('1ms');
  await assertRefused(use(secret), unauthenticated);
});

test('a read-only key may not invite anybody, an admin key may', async () => {
  const [reader, admin] = [await mint({ name: 'reader', role: 'read-only' }), await mint({ name: 'admin-2', role: 'admin' })];
  await assertRefused(use(reader, invite), forbidden);
  assert.equal((await use(admin, invite)).data.email, 'eve@example.com');
});

test("a read-only key may not list another user's keys, an admin key may", async () => {
  const [reader, admin] = [await mint({ name: 'reader', role: 'read-only' }), await mint({ name: 'admin-2', role: 'admin' })];
  await assertRefused(use(reader, listKeysOfMember), forbidden);
  assert.deepEqual(
    (await use(admin, listKeysOfMember)).data.map(({ name }) => name),
    ['member'],
  );
});

test('a key that was never issued is refused', async () => {
  await assertRefused(use('x'.repeat(64)), unauthenticated);
});

test('a request without a key is refused', async () => {
  // Rockset's client always sends one.
  const answer = await fetch(`${env.ROCKSET_APISERVER}/v1/orgs/self`);
  assert.equal(answer.status, 401);
  await assertRefused(Promise.reject(await answer.json()), unauthenticated);
});
