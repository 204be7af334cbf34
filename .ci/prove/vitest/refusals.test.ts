import type { Latchkey } from 'latchkey';
import { latchkeyTest } from 'latchkey/vitest';
import { expect } from 'vitest';

const test = latchkeyTest({ clock: '2030-01-01T00:00:00Z' });

const keys = '/v1/orgs/self/users/self/apikeys';

/** Asks Rockset for something with a secret, or without one. */
function ask(lk: Latchkey, secret: string | undefined, method = 'GET', path = '/v1/orgs/self', body?: object) {
  const authorization = secret === undefined ? {} : { authorization: `ApiKey ${secret}` };
  const headers = { 'content-type': 'application/json', ...authorization };
  return fetch(`${lk.urls['rockset']}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}

const administrator = (lk: Latchkey) => lk.credentials['rockset']?.['admin']?.secret;

/** Issues a key that may only read, as an administrator. */
async function issue(lk: Latchkey, expiry_time?: string): Promise<string> {
  const body = { name: 'nightly', role: 'read-only', expiry_time };
  const answer: { data: { key: string } } = await (await ask(lk, administrator(lk), 'POST', keys, body)).json();
  await expect(ask(lk, answer.data.key)).toBeAccepted();
  return answer.data.key;
}

test('an expired key is refused', async ({ latchkey: lk }) => {
  const secret = await issue(lk, '2030-01-01T01:00:00Z');
  await lk.clock.advance('61m');
  await expect(ask(lk, secret)).toBeRefused('key_expired');
});

test('a revoked key is refused', async ({ latchkey: lk }) => {
  const secret = await issue(lk);
  await ask(lk, administrator(lk), 'DELETE', `${keys}/nightly`);
  await expect(ask(lk, secret)).toBeRefused('key_revoked');
});

test('a suspended key is refused', async ({ latchkey: lk }) => {
  const secret = await issue(lk);
  await ask(lk, administrator(lk), 'POST', `${keys}/nightly`, { state: 'SUSPENDED' });
  await expect(ask(lk, secret)).toBeRefused('key_suspended');
});

test('an unknown key is refused', async ({ latchkey: lk }) => {
  await expect(ask(lk, 'x'.repeat(64))).toBeRefused('key_unknown');
});

test('a request without a key is refused', async ({ latchkey: lk }) => {
  await expect(ask(lk, undefined)).toBeRefused('credential_missing');
});

test('a key that may only read may not invite', async ({ latchkey: lk }) => {
  const guest = { email: 'eve@example.com', roles: ['read-only'] };
  await expect(ask(lk, await issue(lk), 'POST', '/v1/orgs/self/users', guest)).toBeRefused('permission_denied');
});

test("a key that may only read may not list another user's keys", async ({ latchkey: lk }) => {
  const others = '/v1/orgs/self/users/member@me.com/apikeys';
  await expect(ask(lk, await issue(lk), 'GET', others)).toBeRefused('permission_denied');
});
