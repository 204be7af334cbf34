const { useLatchkey } = require('latchkey/jest');

const latchkey = useLatchkey({ clock: '2030-01-01T00:00:00Z' });

const keys = '/v1/orgs/self/users/self/apikeys';

/** Gives Rockset's status, and what it answers with. */
async function ask(secret, method = 'GET', path = '/v1/orgs/self', body = undefined) {
  const headers = { 'content-type': 'application/json', ...(secret && { authorization: `ApiKey ${secret}` }) };
  const answer = await fetch(latchkey().urls.rockset + path, { method, headers, body: body && JSON.stringify(body) });
  const { type, message, data } = await answer.json();
  return { status: answer.status, ...(answer.ok ? { data } : { type, message }) };
}

const admin = () => latchkey().credentials.rockset.admin.secret;

/** Issues a key that may only read, as an administrator. */
async function issue(expiry_time) {
  const { data } = await ask(admin(), 'POST', keys, { name: 'nightly', role: 'read-only', expiry_time });
  expect((await ask(data.key)).status).toBe(200);
  return data.key;
}

const unauthenticated = { status: 401, type: 'AUTHEXCEPTION', message: 'Authentication Failure' };
const forbidden = { status: 403, type: 'FORBIDDEN', message: 'Not authorized to perform this action' };

test('an expired key is refused', async () => {
  const secret = await issue('2030-01-01T01:00:00Z');
  await latchkey().clock.advance('61m');
  expect(await ask(secret)).toEqual(unauthenticated);
});

test('a revoked key is refused', async () => {
  const secret = await issue();
  await ask(admin(), 'DELETE', `${keys}/nightly`);
  expect(await ask(secret)).toEqual(unauthenticated);
});

test('a suspended key is refused', async () => {
  const secret = await issue();
  await ask(admin(), 'POST', `${keys}/nightly`, { state: 'SUSPENDED' });
  expect(await ask(secret)).toEqual(unauthenticated);
});

test('an unknown key is refused', async () => {
  expect(await ask('x'.repeat(64))).toEqual(unauthenticated);
});

test('a request without a key is refused', async () => {
  expect(await ask(undefined)).toEqual(unauthenticated);
});

test('a key that may only read may not invite', async () => {
  const guest = { email: 'eve@example.com', roles: ['read-only'] };
  expect(await ask(await issue(), 'POST', '/v1/orgs/self/users', guest)).toEqual(forbidden);
});

test("a key that may only read may not list another user's keys", async () => {
  expect(await ask(await issue(), 'GET', '/v1/orgs/self/users/member@me.com/apikeys')).toEqual(forbidden);
});
