/** @jest-environment jsdom */
const { useLatchkey } = require('latchkey/jest');

const latchkey = useLatchkey();

test('found 2.1: a revoked key is refused where jsdom has replaced the globals', async () => {
  expect(globalThis).toHaveProperty('document');
  const { key, secret } = await latchkey().keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'ci' });
  await expect(secret).toBeAccepted();
  await latchkey().keys.revoke(key.id);
  await expect(secret).toBeRefused('key_revoked');
});
