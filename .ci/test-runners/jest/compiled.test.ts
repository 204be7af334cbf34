import { useLatchkey } from 'latchkey/jest';

const latchkey = useLatchkey({ clock: '2030-01-01T00:00:00Z' });

test('found 2.5: ts-jest finds the types of the entry, and compiles the test', async () => {
  const { key, secret } = await latchkey().keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'ci' });
  await latchkey().keys.suspend(key.id);
  await expect(secret).toBeRefused('key_suspended');
  // @ts-expect-error there is no such provider
  await expect(latchkey().keys.issue({ provider: 'rocket', owner: 'x' })).rejects.toThrow('rocket');
});
