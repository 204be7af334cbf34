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

test('found 2.12: worlds drop --made-by: all worlds that clients left behind, and their names can be had again', async () => {
  const { lk, run } = driven;
  await lk.createWorld('left-1', {});
  await lk.world('left-2').keys.list();
  expect((await run('keys', '--world', 'left-3')).status).toBe(0);
  await fetch(`${lk.url}/~used/viewer`);
  await run('worlds', 'make', 'made');
  const drop = (...args: string[]) => run('worlds', 'drop', ...args);
  expect(await drop('--made-by', 'client')).toEqual({ status: 0, stdout: 'dropped left-1, left-2, left-3\n', stderr: '' });
  expect((await drop('--made-by', 'client')).stdout).toBe('dropped none\n');
  expect((await drop('--made-by', 'use', '--json')).stdout).toBe('{"dropped":["used"]}\n');
  const listed: { readonly name: string }[] = JSON.parse((await run('worlds', '--json')).stdout);
  expect(listed.map(({ name }) => name)).toEqual(['default', 'made']);
  expect((await lk.createWorld('left-1', {})).url).toBe(`${lk.url}/~left-1`);
  expect((await drop('--made-by', 'client')).stdout).toBe('dropped left-1\n');
  expect((await drop('made')).status).toBe(0);
});

test.each([
  [[], 'expected the name of a world, or --made-by'],
  [['w', '--made-by', 'use'], 'expected the name of a world, or --made-by'],
  [['--made-by', 'clients'], /^--made-by must be one of use, call, client/],
])('worlds drop %j is told what was expected', async (args, problem) => {
  const { status, stderr } = await driven.run('worlds', 'drop', ...args);
  expect([status, stderr.replace(/^latchkey: |\n$/g, '')]).toEqual([
    1,
    typeof problem === 'string' ? problem : expect.stringMatching(problem),
  ]);
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
