import { expect } from 'vitest';
import { latchkeyTest } from '../../src/testing/vitest.ts';

const test = latchkeyTest({
  seed: { estuary: { users: [{ username: 'carol' }], keys: [{ owner: 'carol', secret: 'ESTcarolARY', state: 'suspended' }] } },
});

for (const name of ['one', 'other']) {
  test(`the ${name} test begins with the seed of its file`, async ({ latchkey }) => {
    await expect('ESTcarolARY').toBeRefused('key_suspended');
    const [key] = await latchkey.keys.list({ provider: 'estuary', state: 'suspended' });
    await latchkey.keys.resume(key?.id ?? '');
    await expect(latchkey.credentials['estuary']?.['carol']).toBeAccepted();
  });
}
