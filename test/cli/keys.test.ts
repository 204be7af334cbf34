import { expect, test } from 'vitest';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

test('keys: a table of keys by state, with the time that they have left', async () => {
  const { lk, run } = driven;
  const { key } = await lk.keys.issue({ provider: 'kps', owner: 'bob@example.com', name: 'ci', expiresIn: '90m' });
  const { stdout } = await run('keys', '--provider', 'kps');
  const [heading, ...rows] = stdout.trim().split('\n');
  expect(heading?.split(/ +/)).toEqual(['PROVIDER', 'HINT', 'NAME', 'OWNER', 'STATE', 'LEFT', 'ID']);
  expect(rows.find((row) => row.endsWith(key.id))).toMatch(/active +90m0s/);
  const json: { readonly id: string }[] = JSON.parse((await run('keys', '--provider', 'kps', '--json')).stdout);
  expect(json.map(({ id }) => id)).toContain(key.id);
});

test('keys: only those that every option names', async () => {
  const { lk, run } = driven;
  const { key } = await lk.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'suspended' });
  await lk.keys.suspend(key.id);
  const listed = async (...options: string[]): Promise<string[]> => {
    const keys: { readonly id: string }[] = JSON.parse((await run('keys', '--json', ...options)).stdout);
    return keys.map(({ id }) => id);
  };
  const both = ['--provider', 'rockset', '--tenant', 'acme'];
  expect(await listed(...both, '--owner', 'member@me.com', '--state', 'suspended')).toEqual([key.id]);
  expect(await listed(...both, '--owner', 'admin@me.com', '--state', 'suspended')).toEqual([]);
});
