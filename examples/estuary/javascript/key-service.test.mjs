import assert from 'node:assert/strict';
import { env } from 'node:process';
import { beforeEach, test } from 'node:test';
import { connect } from 'latchkey';
import { mint, revoke, rotate, use } from './key-service.mjs';

const lk = await connect(env.LATCHKEY_URL);
// Estuary's clients read no key from the environment, so `latchkey exec` sets none.
env.ESTUARY_TOKEN ??= lk.credentials.estuary.alice.secret;
beforeEach(({ name }) => lk.reset('seed', { mark: name }));

async function assertRefused(call, code, reason, details) {
  const { status, response } = await call.then(
    () => assert.fail('it was not refused'),
    (error) => error,
  );
  assert.deepEqual({ status, body: response.body }, { status: code, body: { error: { code, reason, details } } });
}

test('a minted key works', async () => {
  const { token } = await mint();
  assert.equal((await use(token)).numPins, 0);
});

test('after a rotation the old key is refused, and the new one works', async () => {
  const old = await mint();
  const { token } = await rotate(old.token);
  await assertRefused(use(old.token), 401, 'ERR_INVALID_TOKEN', 'api key does not exist');
  assert.equal((await use(token)).numPins, 0);
});

test('a revoked key is refused from the next request on', async () => {
  const { token } = await mint();
  await use(token);
  await revoke(token);
  await assertRefused(use(token), 401, 'ERR_INVALID_TOKEN', 'api key does not exist');
});

test('a key works up to its expiry, and is refused a millisecond later', async () => {
  await lk.clock.freeze();
  const { token, expiry } = await mint({ expiry: '720h' });
  await lk.clock.advance('720h');
  await use(token);
  await lk.clock.advance('1ms');
  const date = expiry.replace('T', ' ').replace('Z', ' +0000 UTC');
  await assertRefused(use(token), 401, 'ERR_TOKEN_EXPIRED', `token for user 2 expired ${date}`);
});

test('a key for uploads may not look at what is stored', async () => {
  const { token } = await mint({ perms: 'upload' });
  await assertRefused(use(token), 403, 'ERR_NOT_AUTHORIZED', 'api key is upload only');
});

test('a key that was never issued is refused', async () => {
  const unknown = 'EST11111111-1111-4111-8111-111111111111ARY';
  await assertRefused(use(unknown), 401, 'ERR_INVALID_TOKEN', 'api key does not exist');
});

test('a request without a key is refused', async () => {
  await assertRefused(use(null), 401, 'ERR_AUTH_MISSING', 'no api key was specified');
});
