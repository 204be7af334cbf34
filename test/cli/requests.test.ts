import { expect, test } from 'vitest';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

test('requests: the journal, and why a request was answered as it was', async () => {
  const { lk, run } = driven;
  await lk.clearRequests();
  await fetch(`${lk.url}/viewer`);
  expect((await run('requests')).stdout).toMatch(/estuary +401 +GET +\/viewer +credential_missing/);
  const [entry] = await lk.requests();
  expect((await run('requests', entry?.id ?? '')).stdout).toBe(
    'no credential: The request carries no credential that estuary reads: send Authorization: Bearer <key>.\n',
  );
});
