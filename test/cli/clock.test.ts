import { expect, test } from 'vitest';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

test('clock: shows it, advances, sets, freezes and resumes it, in a world too', async () => {
  const { run } = driven;
  expect((await run('clock', '--world', 'w1', 'advance', '1h')).stdout).toMatch(/^2030-01-01T01:/);
  expect((await run('clock', '--world', 'w1', 'set', '2031-01-01T00:00:00Z')).stdout).toMatch(/^2031-01-01T00:00:00/);
  expect((await run('clock', '--world', 'w1', 'freeze')).stdout).toMatch(/\(frozen\)$/m);
  expect((await run('clock', '--world', 'w1', 'resume')).stdout).not.toContain('frozen');
  expect((await run('clock')).stdout).toMatch(/^2030-01-01T00:00:00\.\d+Z \(frozen\)\n$/);
});

test('clock: a negative duration stands after --', async () => {
  const { stdout } = await driven.run('clock', '--world', 'w2', 'advance', '--', '-1h');
  expect(stdout).toMatch(/^2029-12-31T23:/);
});
