import client from '@rockset/client';
import { test } from 'latchkey/vitest';
import { expect } from 'vitest';

for (const name of ['one', 'other']) {
  test(`the ${name} suspended key is refused to Rockset's own client`, async ({ latchkey }) => {
    const { key, secret } = await latchkey.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'same' });
    const own = client(secret, latchkey.url);
    await expect(own.apikeys.getApiKey('self', 'same')).toBeAccepted();
    await latchkey.keys.suspend(key.id);
    await expect(own.apikeys.getApiKey('self', 'same')).toBeRefused('key_suspended');
    await expect(key).toHaveBeenUsed({ provider: 'rockset' });
  });
}
