import { expect, test } from 'vitest';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

test('clock: shows it, advances, sets, freezes and resumes it, in a world too', async () => {
  const { run } = driven;
  expect((await run('clock', '--world', 'w1', 'advance', '1h')).stdout).toMatch(/^2030-01-01T01:/);
  expect((await run('clock', '--world', 'w1', 'set', '2031-01-01T00:00:00Z')).stdout).toMatch(/^2031-01-01T00:00:00/);
  expect((await run('clock', '--world', 'w1', 'freeze')).stdout).toMatch(/\(frozen\)$/m);
  expect((await run('clock', '--world', 'w1', 'resume')).stdout).not.toContain('frozen');
  expect((await run('clock')).stdout).toMatch(/^2030-01-01T00:00:\d\d\.\d+Z \(frozen\)\n$/);
});

test('found 3.6: clock advance: a negative duration moves it back, however it is written', async () => {
  const { lk, run } = driven;
  const hours: readonly (readonly [words: readonly string[], now: string])[] = [
    [['advance', '-1h'], '2029-12-31T23:00:00.000Z'],
    [['advance', '--', '-1h'], '2029-12-31T22:00:00.000Z'],
    [['advance', '-PT1H'], '2029-12-31T21:00:00.000Z'],
    [['advance', '-.5h'], '2029-12-31T20:30:00.000Z'],
    [['advance', '-1h', '--json'], '2029-12-31T19:30:00.000Z'],
  ];
  await run('clock', '--world', 'w2', 'freeze');
  await run('clock', '--world', 'w2', 'set', '2030-01-01T00:00:00Z');
  for (const [words, now] of hours) {
    expect(await run('clock', '--world', 'w2', ...words)).toMatchObject({ status: 0, stderr: '' });
    expect((await lk.world('w2').clock.read()).now).toBe(now);
  }
});

test('found 3.10: clock edge: freezes exactly at the expiry of a key, or at an offset from it', async () => {
  const { lk, run } = driven;
  const world = lk.world('w3');
  const { key } = await world.keys.issue({
    provider: 'rockset',
    owner: 'member@me.com',
    name: 'ci',
    expiresAt: '2030-06-01T00:00:00Z',
  });
  const edge = (...words: string[]) => run('clock', 'edge', '--world', 'w3', key.id, ...words);
  expect(await edge()).toEqual({ status: 0, stdout: '2030-06-01T00:00:00.000Z (frozen)\n', stderr: '' });
  expect((await edge('-1ms')).stdout).toBe('2030-05-31T23:59:59.999Z (frozen)\n');
  expect(JSON.parse((await edge('1s', '--json')).stdout)).toMatchObject({ now: '2030-06-01T00:00:01.000Z', frozen: true });
  expect(await run('clock', 'edge', 'no-such-key')).toMatchObject({ status: 1, stdout: '' });
});
