import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Latchkey, startLatchkey } from '../../src/library.ts';
import { runHere } from '../support/command-here.ts';
import { freeUrl, portWith } from '../support/servers.ts';

// found 1.5: every command asks where serve would listen with the same flags, variables and file.

let lk: Latchkey;
let port = '';
let folder = '';
beforeAll(async () => {
  lk = await startLatchkey({ adminToken: 'the-token', clock: '2030-01-01T00:00:00Z' });
  ({ port } = new URL(lk.url));
  folder = mkdtempSync(join(tmpdir(), 'latchkey-resolution-'));
});
afterAll(async () => {
  await lk.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
});

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => runHere(args, { env, folder });
const file = (text: string, name = 'latchkey.yaml') => writeFileSync(join(folder, name), text);
/** The base URL that a command means. */
const meant = async (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<string> =>
  JSON.parse((await run(['wait', '--json', '--timeout', '0s', ...args], env)).stdout).url;

describe('a latchkey.yaml that serve reads is read by every command', () => {
  const commands: readonly (readonly string[])[] = [
    ['health'],
    ['wait', '--timeout', '1s'],
    ['keys'],
    ['keys', 'issue', '--provider', 'rockset', '--owner', 'member@me.com', '--name', 'ci'],
    ['clock'],
    ['agenda'],
    ['requests'],
    ['faults'],
    ['worlds'],
    ['introspect', 'x'],
    ['snapshot', 'save', 'keys.sqlite'],
    ['credentials'],
    ['credentials', '--env'],
    ['doctor'],
    ['reset'],
  ];

  test.each(commands.map((args) => [args.join(' '), args] as const))('%s', async (_title, args) => {
    file(`port: ${port}\nadmin-token: the-token\nrockset-profile: '2023'\nproviders: [rockset]\n`);
    expect(await run(args)).toMatchObject({ status: 0, stderr: '' });
  });

  test('also if the folder has it under another name, or --config or LATCHKEY_CONFIG names it', async () => {
    file(JSON.stringify({ port: Number(port) }), 'latchkey.json');
    expect(await meant()).toBe(`http://127.0.0.1:${port}`);
    file('port: 18004', 'other.yaml');
    expect(await meant(['--config', 'other.yaml'])).toBe('http://127.0.0.1:18004');
    expect(await meant([], { LATCHKEY_CONFIG: 'other.yaml' })).toBe('http://127.0.0.1:18004');
  });

  test('ca prints the authority of its tls-ca', async () => {
    file('tls: self-signed\ntls-ca: authority.pem');
    const { status, stdout } = await run(['ca']);
    expect([status, stdout.split('\n')[0]]).toEqual([0, '-----BEGIN CERTIFICATE-----']);
    expect((await run(['ca', '--tls-ca', 'authority.pem'])).stdout).toBe(stdout);
  });
});

describe('what wins', () => {
  test.each([
    [[], {}, 'http://127.0.0.1:1'],
    [[], { LATCHKEY_PORT: '2' }, 'http://127.0.0.1:2'],
    [[], { LATCHKEY_PORT: '2', LATCHKEY_HOST: '::1' }, 'http://[::1]:2'],
    [[], { LATCHKEY_PORT: '2', LATCHKEY_HOST: '0.0.0.0' }, 'http://127.0.0.1:2'],
    [[], { LATCHKEY_HOST: 'localhost' }, 'http://127.0.0.1:1'],
    [[], { LATCHKEY_URL: 'http://127.0.0.1:3', LATCHKEY_PORT: '2' }, 'http://127.0.0.1:3'],
    [[], { LATCHKEY_URL: '', LATCHKEY_PORT: '' }, 'http://127.0.0.1:1'],
    [['--port', '4'], { LATCHKEY_URL: 'http://127.0.0.1:3', LATCHKEY_PORT: '2' }, 'http://127.0.0.1:4'],
    [['--url', 'http://127.0.0.1:5/'], { LATCHKEY_URL: 'http://127.0.0.1:3' }, 'http://127.0.0.1:5'],
  ])('%j %j: %s', async (args, env, url) => {
    file('port: 1');
    expect(await meant(args, env)).toBe(url);
  });

  test('the default is where serve listens by default', async () => {
    expect(await meant()).toBe('http://127.0.0.1:5282');
  });

  test('the admin token: a flag over the variable, the variable over the file', async () => {
    file(`port: ${port}\nadmin-token: wrong`);
    expect((await run(['keys'])).status).toBe(1);
    expect((await run(['keys'], { LATCHKEY_ADMIN_TOKEN: 'the-token' })).status).toBe(0);
    expect((await run(['keys', '--admin-token', 'the-token'], { LATCHKEY_ADMIN_TOKEN: 'wrong' })).status).toBe(0);
  });
});

describe('settings that cannot be used are said in words', () => {
  test.each([
    ['port: many', {}, 'latchkey.yaml: port must be an integer, not "many"'],
    ['port: 0', {}, 'port 0 means any free port: give the base URL that latchkey printed, with --url'],
    ['', { LATCHKEY_PORT: 'tcp://10.0.0.1:5282' }, 'LATCHKEY_PORT must be an integer, not "tcp://10.0.0.1:5282"'],
    ['', { LATCHKEY_URL: 'localhost' }, 'LATCHKEY_URL wants a URL such as http://localhost:5282, not "localhost"'],
    ['', { LATCHKEY_CONFIG: 'gone.yaml' }, 'gone.yaml: there is no such file'],
  ])('%j %j', async (text, env, problem) => {
    if (text !== '') file(text);
    for (const name of ['health', 'keys'])
      expect(await run([name], env)).toEqual({ status: 1, stdout: '', stderr: `latchkey: ${problem}\n` });
  });
});

describe('health says why it fails', () => {
  const health = async (url: string) => {
    const { status, stdout, stderr } = await run(['health', '--url', url]);
    expect([status, stdout]).toEqual([1, '']);
    return stderr.replaceAll(url, 'URL');
  };

  test('nothing listens', async () => {
    expect(await health(await freeUrl())).toBe(
      'latchkey: URL is not healthy: nothing listens there; is it running, on this port, and on an address that can be reached from here? In a container: LATCHKEY_HOST=0.0.0.0\n',
    );
  });

  test('another server, a server that speaks no http, one that hangs up, and https on the http port', async () => {
    const web = await portWith((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi'));
    expect(await health(`http://127.0.0.1:${web}`)).toBe(
      'latchkey: URL is not healthy: the server there is not latchkey, or the port belongs to one provider only (status 200)\n',
    );
    const said = 'latchkey: URL is not healthy: it closes the connection, or does not speak http; does the server speak https?\n';
    expect(await health(`http://127.0.0.1:${await portWith((socket) => socket.end('SSH-2.0-x\r\n'))}`)).toBe(said);
    expect(await health(`http://127.0.0.1:${await portWith((socket) => socket.destroy())}`)).toBe(said);
    expect(await health(`https://127.0.0.1:${port}`)).toBe(
      'latchkey: URL is not healthy: it does not speak https; does the server speak http? https has its own port: see --tls\n',
    );
  });

  test('an unknown host, and a certificate that is not trusted', async () => {
    expect(await health('http://no.such.host.invalid')).toContain('its host name is unknown here');
    await using secure = await startLatchkey({ tls: 'self-signed' });
    const { url } = await secure.tls();
    expect(await health(url)).toContain('trust its authority: latchkey ca ca.pem; NODE_EXTRA_CA_CERTS=ca.pem');
  });

  test('--json', async () => {
    const url = `http://127.0.0.1:${port}`;
    expect(await run(['health', '--port', port, '--json'])).toEqual({
      status: 0,
      stdout: `${JSON.stringify({ url, healthy: true, problem: null })}\n`,
      stderr: '',
    });
  });
});
