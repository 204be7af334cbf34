import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

test('found 3.10: worlds: made, listed, dropped', async () => {
  const { lk, run } = driven;
  expect(await run('worlds', 'make', 'made')).toEqual({ status: 0, stdout: `${lk.url}/~made\n`, stderr: '' });
  const { stdout } = await run('worlds');
  expect(stdout).toMatch(/^NAME +STATE +CLOCK +KEYS +REQUESTS +MADE BY +LAST USED +URL\n/);
  expect(stdout).toMatch(new RegExp(`^made +open +2030-01-01T\\S+ .* ${lk.url}/~made$`, 'm'));
  const listed: { readonly name: string }[] = JSON.parse((await run('worlds', 'list', '--json')).stdout);
  expect(listed.map(({ name }) => name)).toEqual(['default', 'made']);
  expect(await run('worlds', 'drop', 'made')).toEqual({ status: 0, stdout: 'dropped made\n', stderr: '' });
  expect((await run('worlds', 'drop', 'made')).stderr).toBe('latchkey: There is no world made.\n');
  expect((await run('worlds', 'drop', 'default')).stderr).toMatch(/^latchkey: The default world cannot be dropped/);
  expect(JSON.parse((await run('worlds', 'list', '--json')).stdout)).toHaveLength(1);
});

test('found 3.10: worlds make --seed: a seed file of its own, or each of its problems', async () => {
  const { folder, run, lk } = driven;
  const file = join(folder, 'seed.yaml');
  writeFileSync(file, 'estuary:\n  users: [{username: carol}]\n  keys: [{owner: carol, name: ci}]\n');
  expect(JSON.parse((await run('worlds', 'make', 'carols', '--seed', file, '--json')).stdout)).toMatchObject({ name: 'carols' });
  expect((await lk.world('carols').keys.list({ provider: 'estuary' })).map(({ name }) => name)).toContain('ci');
  writeFileSync(file, 'estuary:\n  keys: [{owner: nobody}]\n');
  expect((await run('worlds', 'make', 'other', '--seed', file)).stderr).toBe(
    'latchkey: /seed/estuary/keys/0/owner there is no user "nobody"\n',
  );
  expect((await run('worlds', 'make', 'Bad Name')).stderr).toMatch(/^latchkey: "Bad Name" is not a valid name of a world/);
  await run('worlds', 'drop', 'carols');
});
