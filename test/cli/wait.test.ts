import { describe, expect, onTestFinished, test } from 'vitest';
import { startTestEmulator } from '../support/emulator.ts';
import { freeUrl } from '../support/servers.ts';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

describe('wait', () => {
  test('ends with status 0 once latchkey is healthy, with 1 if it is not in time', async () => {
    const { lk, run } = driven;
    expect(await run('wait')).toEqual({ status: 0, stdout: '', stderr: '' });
    const url = await freeUrl();
    const problem =
      'nothing listens there; is it running, on this port, and on an address that can be reached from here? In a container: LATCHKEY_HOST=0.0.0.0';
    const unhealthy = ['--url', url, '--timeout', '10ms'];
    const stderr = `latchkey: ${url} is not healthy: ${problem}\n`;
    expect(await run('wait', ...unhealthy)).toEqual({ status: 1, stdout: '', stderr });
    const stdout = `${JSON.stringify({ url, healthy: false, problem })}\n`;
    expect(await run('wait', '--json', ...unhealthy)).toEqual({ status: 1, stdout, stderr: '' });
    const healthy = `${JSON.stringify({ url: lk.url, healthy: true, problem: null })}\n`;
    expect(await run('wait', '--json')).toEqual({ status: 0, stdout: healthy, stderr: '' });
  });

  test('ends with 1 if latchkey is healthy, but does not become ready in time', async () => {
    const lk = await startTestEmulator();
    onTestFinished(() => lk.close());
    expect(await driven.run('wait', '--url', lk.url)).toEqual({ status: 0, stdout: '', stderr: '' });
    lk.drain();
    const stderr = `latchkey: ${lk.url} is not healthy: it is not ready: latchkey is stopping\n`;
    expect(await driven.run('wait', '--url', lk.url, '--timeout', '10ms')).toEqual({ status: 1, stdout: '', stderr });
    expect(await driven.run('health', '--url', lk.url)).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test.each([
    [['--timeout', 'soon'], '--timeout must be a duration such as 30s, not "soon"'],
    [['--timeout', '-1s'], '--timeout must be a duration such as 30s, not "-1s"'],
    [['--url', 'foo'], '--url wants a URL such as http://localhost:5282, not "foo"'],
  ])('%j is refused in one line, with status 1', async (args, problem) => {
    expect(await driven.run('wait', ...args)).toEqual({ status: 1, stdout: '', stderr: `latchkey: ${problem}\n` });
  });
});
