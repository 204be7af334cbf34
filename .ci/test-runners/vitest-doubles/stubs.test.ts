import { test } from 'latchkey/vitest';
import { afterEach, expect, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('found 2.1: a stubbed fetch is not asked', async ({ latchkey }) => {
  const stub = vi.fn(() => Promise.resolve(new Response('{}')));
  vi.stubGlobal('fetch', stub);
  const { secret } = await latchkey.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'ci' });
  await expect(secret).toBeAccepted();
  expect(stub).not.toHaveBeenCalled();
});

test('found 2.1: calls go on while timers are faked', async ({ latchkey }) => {
  vi.useFakeTimers();
  const { key, secret } = await latchkey.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'ci' });
  await latchkey.keys.suspend(key.id);
  await expect(secret).toBeRefused('key_suspended');
});
