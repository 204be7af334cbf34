import { expect, test } from 'vitest';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

test("credentials: as a table, and as the providers' clients read them", async () => {
  const { lk, run } = driven;
  expect((await run('credentials')).stdout).toMatch(/rockset +admin +admin0LatchkeySeed0+ /);
  const { stdout } = await run('credentials', '--env');
  expect(stdout).toContain(`export ROCKSET_APISERVER='${lk.url}'`);
  expect(stdout).toContain(`export ESTUARY_API='${lk.url}'`);
  expect(stdout).toMatch(/export WHYLABS_API_KEY='ADMIN00000\..*:org-123'/);
});

test('credentials: of a world with its own seed', async () => {
  const { lk, run } = driven;
  await lk.createWorld('carols', { estuary: { users: [{ username: 'carol' }], keys: [{ owner: 'carol', name: 'ci' }] } });
  const { stdout } = await run('credentials', '--world', 'carols');
  expect(stdout).toMatch(/^estuary +ci /m);
  expect(stdout).not.toMatch(/^estuary +alice /m);
  await lk.world('carols').drop();
});
