/// <reference types="latchkey/vitest/global-setup" />
import { latchkeyTest, test } from 'latchkey/vitest';
import { latchkeySetup, setup } from 'latchkey/vitest/global-setup';
import { expect } from 'vitest';

void [setup, latchkeySetup({ profiles: { rockset: '2023' } }), test];
latchkeyTest({ clock: '2030-01-01T00:00:00Z' })('types', async ({ latchkey }) => {
  await expect(latchkey.credentials.kps.admin.secret).toBeAccepted();
  await expect(latchkey).toHaveUsedKey('key');
  // @ts-expect-error there is no such reason
  await expect('secret').toBeRefused('revoked');
});
