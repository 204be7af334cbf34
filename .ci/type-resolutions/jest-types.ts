import { useLatchkey } from 'latchkey/jest';
import setup, { latchkeySetup } from 'latchkey/jest/global-setup';

void [setup, latchkeySetup({ profiles: { rockset: '2023' } })];
const latchkey = useLatchkey();

test('types', async () => {
  await expect(latchkey().credentials.kps.admin.secret).toBeAccepted();
  await expect('secret').not.toBeRefused('key_expired');
  await expect(latchkey()).toHaveUsedKey('key');
  // @ts-expect-error there is no such reason
  await expect('secret').toBeRefused('revoked');
});
