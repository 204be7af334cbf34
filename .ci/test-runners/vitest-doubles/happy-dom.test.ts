// @vitest-environment happy-dom
import { test } from 'latchkey/vitest';
import { expect } from 'vitest';

test('found 2.1: a revoked key is refused where happy-dom has replaced the globals', async ({ latchkey }) => {
  expect(globalThis).toHaveProperty('document');
  const { key, secret } = await latchkey.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'ci' });
  const organization = () => fetch(`${latchkey.url}/v1/orgs/self`, { headers: { authorization: `ApiKey ${secret}` } });
  await expect(organization()).toBeAccepted();
  await latchkey.keys.revoke(key.id);
  await expect(organization()).toBeRefused('key_revoked');
  await expect(secret).toBeRefused('key_revoked');
  await expect(key).toHaveBeenUsed({ provider: 'rockset' });
});
