import { expect, test } from 'vitest';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

test('requests: the journal, and why a request was answered as it was', async () => {
  const { lk, run } = driven;
  await lk.clearRequests();
  await lk.mark('cart.test.ts > pays');
  await fetch(`${lk.url}/viewer`, { headers: { 'user-agent': 'shop/1.0' } });
  await lk.mark(null);
  expect((await run('requests')).stdout).toMatch(/estuary +401 +GET +\/viewer +credential_missing/);
  const [entry] = await lk.requests();
  expect((await run('requests', entry?.id ?? '')).stdout).toBe(
    'no credential: The request carries no credential that estuary reads: send Authorization: Bearer <key>.\n' +
      '  during: cart.test.ts > pays\n  client: shop/1.0, from 127.0.0.1\n',
  );
});

test('requests: what no provider owns, and what it was probably meant for', async () => {
  const { lk, run } = driven;
  await lk.clearRequests();
  await fetch(`${lk.url}/api/viewer`);
  expect((await run('requests')).stdout).toMatch(/- +404 +GET +\/api\/viewer +route_not_found/);
  const [entry] = await lk.requests();
  expect((await run('requests', entry?.id ?? '')).stdout).toContain(
    '\n  near: GET /viewer of estuary (did you mean /viewer? The base URL ends in /api)\n',
  );
});
