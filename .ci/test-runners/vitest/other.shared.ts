import { test } from 'latchkey/vitest';
import { expect, inject } from 'vitest';

test('a file has a world of the latchkey of the run', async ({ latchkey }) => {
  const url = inject('latchkeyUrl');
  expect(latchkey.url.startsWith(`${url}/~`)).toBe(true);
  expect(Object.keys(latchkey.urls)).toEqual(['rockset']);
  expect(await latchkey.requests()).toEqual([]);
  await expect(fetch(`${latchkey.url}/v1/orgs/self/users/self/apikeys`)).toBeRefused('credential_missing');
});
