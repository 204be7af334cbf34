import { expect, test } from 'vitest';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

test('faults: added, listed, removed, cleared', async () => {
  const { run } = driven;
  const { id } = JSON.parse((await run('faults', 'add', '{"effect":{"status":429}}')).stdout);
  expect((await run('faults')).stdout).toContain(`${id}  {"status":429}  0 of 1`);
  expect((await run('faults', 'remove', id)).stdout).not.toContain(id);
  expect((await run('faults', 'clear', '--json')).stdout).toBe('[]\n');
});
