import { describe, expect, test } from 'vitest';
import { startLatchkey } from '../../src/library.ts';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

describe('doctor', () => {
  test('says what is in order', async () => {
    const { lk, run } = driven;
    expect(await run('doctor', '--url', `${lk.url}/~w1/rockset`)).toEqual({
      status: 0,
      stdout: [
        `ok   ${lk.url}/~w1/rockset is a valid URL`,
        'ok   the host 127.0.0.1 has the address 127.0.0.1',
        `ok   a latchkey answers at ${lk.url}`,
        'ok   the base URL leads to rockset in the world w1\n',
      ].join('\n'),
      stderr: '',
    });
    const all = JSON.parse((await run('doctor', '--json')).stdout);
    expect(all.at(-1)).toEqual({ isWell: true, what: 'the base URL leads to every provider' });
  });

  test.each([
    ['localhost:5282', 'expected a URL such as http://localhost:5282, not "localhost:5282"'],
    ['http://no.such.host.invalid', 'the host no.such.host.invalid is unknown here'],
    ['http://127.0.0.1:9', 'browsers and many clients refuse this port'],
    ['/rocksett', 'nothing answers below /rocksett: base URLs end with nothing, /estuary, /kps, /rockset, /whylabs'],
    ['/rockset/', 'the base URL ends with a slash, so that some clients send two: remove it'],
  ])('says what is wrong with %s, with status 1', async (url, said) => {
    const { lk, run } = driven;
    const { status, stdout } = await run('doctor', '--url', url.startsWith('/') ? lk.url + url : url);
    expect([status, stdout.trimEnd().split('\n').at(-1)]).toEqual([1, expect.stringMatching(/^BAD /)]);
    expect(stdout).toContain(said);
  });

  test('finds a wrong scheme, an authority that is not trusted, and a missing token', async () => {
    await using secure = await startLatchkey({ tls: 'self-signed', adminToken: 't' });
    const { port } = new URL((await secure.tls()).url);
    const last = async (url: string, ...more: string[]) =>
      (await driven.run('doctor', '--url', url, ...more)).stdout.trimEnd().split('\n').at(-1);
    expect(await last(secure.url)).toBe('BAD  its control plane answers 401: it may need --admin-token');
    expect(await last(secure.url, '--admin-token', 't')).toBe('ok   the base URL leads to every provider');
    expect(await last(`https://127.0.0.1:${port}`)).toContain('trust its authority: latchkey ca ca.pem');
    expect(await last(`http://127.0.0.1:${port}`)).toContain('does the server speak https?');
    expect(await last(secure.url.replace('http:', 'https:'))).toContain('does the server speak http?');
    await secure.close();
    // By a name that no open connection of this process belongs to.
    expect(await last(secure.url.replace('127.0.0.1', 'localhost'))).toContain('is it running, on this port');
  });
});
