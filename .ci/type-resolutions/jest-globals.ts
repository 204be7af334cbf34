import { expect, test } from '@jest/globals';
import { useLatchkey } from 'latchkey/jest';

const latchkey = useLatchkey();

test('types', async () => {
  await expect(latchkey().credentials.kps.admin.secret).toBeAccepted();
  await expect('secret').not.toBeRefused('key_expired');
  await expect(latchkey()).toHaveUsedKey('key');
});
