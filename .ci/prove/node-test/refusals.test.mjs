import assert from 'node:assert/strict';
import { env } from 'node:process';
import { beforeEach, test } from 'node:test';
import { connect } from 'latchkey';

const lk = await connect(env.LATCHKEY_URL);
beforeEach(({ name }) => lk.reset('seed', { mark: name }));

const keys = '/v1/orgs/self/users/self/apikeys';
const { ROCKSET_APISERVER: base, ROCKSET_APIKEY: admin } = env;

/** Gives Rockset's data, or fails with its refusal. */
async function ask(secret, method = 'GET', path = '/v1/orgs/self', body = undefined) {
  const headers = { 'content-type': 'application/json', ...(secret && { authorization: `ApiKey ${secret}` }) };
  const answer = await fetch(base + path, { method, headers, body: body && JSON.stringify(body) });
  const { type, message, data } = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(message), { type });
  return data;
}

/** Issues a key that may only read, as an administrator. */
async function issue(expiry_time) {
  const { key } = await ask(admin, 'POST', keys, { name: 'nightly', role: 'read-only', expiry_time });
  assert.equal((await ask(key)).id, 'acme');
  return key;
}

const unauthenticated = { type: 'AUTHEXCEPTION', message: 'Authentication Failure' };
const forbidden = { type: 'FORBIDDEN', message: 'Not authorized to perform this action' };

test('an expired key is refused', async () => {
  const secret = await issue('2100-01-01T00:00:00Z');
  await lk.clock.set('2100-01-01T00:00:01Z');
  await assert.rejects(ask(secret), unauthenticated);
});

test('a revoked key is refused', async () => {
  const secret = await issue();
  await ask(admin, 'DELETE', `${keys}/nightly`);
  await assert.rejects(ask(secret), unauthenticated);
});

test('a suspended key is refused', async () => {
  const secret = await issue();
  await ask(admin, 'POST', `${keys}/nightly`, { state: 'SUSPENDED' });
  await assert.rejects(ask(secret), unauthenticated);
});

test('an unknown key is refused', async () => {
  await assert.rejects(ask('x'.repeat(64)), unauthenticated);
});

test('a request without a key is refused', async () => {
  await assert.rejects(ask(undefined), unauthenticated);
});

test('a key that may only read may not invite', async () => {
  const secret = await issue();
  const guest = { email: 'eve@example.com', roles: ['read-only'] };
  await assert.rejects(ask(secret, 'POST', '/v1/orgs/self/users', guest), forbidden);
});

test("a key that may only read may not list another user's keys", async () => {
  const secret = await issue();
  await assert.rejects(ask(secret, 'GET', '/v1/orgs/self/users/member@me.com/apikeys'), forbidden);
});
