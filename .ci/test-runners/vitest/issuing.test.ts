import { latchkeyTest } from 'latchkey/vitest';
import { describe, expect } from 'vitest';

const test = latchkeyTest({ clock: '2030-01-01T00:00:00Z' });

describe('a key that expires in an hour', () => {
  for (const name of ['ci', 'nightly']) {
    test(`${name} is refused after an hour`, async ({ latchkey }) => {
      expect(await latchkey.requests()).toEqual([]);
      const issued = await latchkey.keys.issue({ provider: 'estuary', owner: 'bob', name, expiresIn: '1h' });
      const viewer = () => fetch(`${latchkey.urls['estuary']}/viewer`, { headers: { authorization: `Bearer ${issued.secret}` } });
      await expect(viewer()).toBeAccepted();
      await expect(latchkey).toHaveUsedKey(issued);
      await latchkey.clock.advance('61m');
      await expect(viewer()).toBeRefused('key_expired');
      await expect(issued.secret).toBeRefused('key_expired');
    });
  }
});
