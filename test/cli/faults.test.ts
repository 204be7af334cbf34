import { expect, test } from 'vitest';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

test('faults: added, listed, removed, cleared', async () => {
  const { run } = driven;
  const { id } = JSON.parse((await run('faults', 'add', '{"effect":{"status":429}}')).stdout);
  expect((await run('faults')).stdout).toContain(`${id}  every request  {"status":429}  0 of 1`);
  expect((await run('faults', 'remove', id)).stdout).not.toContain(id);
  expect((await run('faults', 'clear', '--json')).stdout).toBe('[]\n');
});

test('found 3.9: faults shows what each fault matches', async () => {
  const { run } = driven;
  const { stdout: added } = await run(
    'faults',
    'add',
    '{"match":{"provider":"estuary","method":"GET"},"effect":{"status":429},"skip":2,"times":null}',
  );
  const { id } = JSON.parse(added);
  expect((await run('faults')).stdout).toBe(
    `ID  MATCH                        EFFECT          HITS\n${id}  provider=estuary method=GET  {"status":429}  0 of all, after 2\n`,
  );
  await run('faults', 'clear');
});
