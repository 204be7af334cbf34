import { describe, expect, test } from 'vitest';
import { runHere } from '../support/command-here.ts';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

describe('wait', () => {
  test('ends with status 0 once latchkey is healthy, with 1 if it is not in time', async () => {
    const { lk, run } = driven;
    expect(await run('wait')).toEqual({ status: 0, stdout: '', stderr: '' });
    const unhealthy = ['--url', 'http://127.0.0.1:9', '--timeout', '10ms'];
    const stderr = 'latchkey: http://127.0.0.1:9 is not healthy: bad port\n';
    expect(await run('wait', ...unhealthy)).toEqual({ status: 1, stdout: '', stderr });
    const stdout = `${JSON.stringify({ url: 'http://127.0.0.1:9', healthy: false, problem: 'bad port' })}\n`;
    expect(await run('wait', '--json', ...unhealthy)).toEqual({ status: 1, stdout, stderr: '' });
    const healthy = `${JSON.stringify({ url: lk.url, healthy: true, problem: null })}\n`;
    expect(await run('wait', '--json')).toEqual({ status: 0, stdout: healthy, stderr: '' });
  });

  test.each([
    [['--timeout', 'soon'], '--timeout must be a duration such as 30s, not "soon"'],
    [['--timeout', '-1s'], '--timeout must be a duration such as 30s, not "-1s"'],
    [['--url', 'foo'], 'foo is not healthy: expected a URL such as http://localhost:5282'],
  ])('%j is refused in one line, with status 1', async (args, problem) => {
    expect(await driven.run('wait', ...args)).toEqual({ status: 1, stdout: '', stderr: `latchkey: ${problem}\n` });
  });
});

test.each([
  [{ LATCHKEY_URL: '', LATCHKEY_PORT: '' }, 'http://127.0.0.1:5282'],
  [{ LATCHKEY_URL: '', LATCHKEY_PORT: '9' }, 'http://127.0.0.1:9'],
  [{ LATCHKEY_URL: 'http://127.0.0.1:1', LATCHKEY_PORT: '9' }, 'http://127.0.0.1:1'],
])('the base URL comes from the variables that are not empty: %j', async (env, url) => {
  const { stdout } = await runHere(['wait', '--json', '--timeout', '0s'], { env });
  expect(JSON.parse(stdout)).toMatchObject({ url });
});
