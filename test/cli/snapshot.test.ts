import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

test('snapshot and reset: what was saved comes back', async () => {
  const { lk, folder, run } = driven;
  const file = join(folder, 'keys.sqlite');
  await lk.keys.issue({ provider: 'estuary', owner: 'bob', name: 'kept' });
  expect(await run('snapshot', 'save', file)).toMatchObject({ status: 0, stdout: `saved to ${file}\n` });
  expect(await run('reset', '--to', 'empty')).toMatchObject({ status: 0, stdout: 'reset to empty\n' });
  expect(await lk.keys.list({ provider: 'estuary' })).toHaveLength(1);
  expect(await run('snapshot', 'load', file)).toMatchObject({ status: 0 });
  expect((await lk.keys.list({ provider: 'estuary' })).map(({ name }) => name)).toContain('kept');
  expect(await run('reset')).toMatchObject({ status: 0, stdout: 'reset to seed\n' });
});

test('snapshot --json names the file', async () => {
  const { folder, run } = driven;
  const file = join(folder, 'other.sqlite');
  expect((await run('snapshot', 'save', file, '--json')).stdout).toBe(`${JSON.stringify({ save: file })}\n`);
});

test('found 6.8: only its owner may read a saved snapshot, also where a file of others was', async () => {
  const { folder, run } = driven;
  const modeOf = (file: string) => statSync(file).mode & 0o777;
  const fresh = join(folder, 'fresh.sqlite');
  const known = join(folder, 'known.sqlite');
  writeFileSync(known, 'x'.repeat(1 << 20), { mode: 0o644 });
  for (const file of [fresh, known]) {
    expect(await run('snapshot', 'save', file)).toMatchObject({ status: 0 });
    expect(modeOf(file)).toBe(0o600);
    expect(await run('snapshot', 'load', file)).toMatchObject({ status: 0 });
  }
});
