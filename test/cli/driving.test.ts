import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Latchkey, startLatchkey } from '../../src/library.ts';
import { commandFile, runCommand } from '../support/command.ts';

let lk: Latchkey;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-driving-'));
  lk = await startLatchkey({ clock: '2030-01-01T00:00:00Z' });
  await lk.clock.freeze();
});
afterAll(async () => {
  await lk.close();
  rmSync(folder, { recursive: true });
});

const latchkey = (...args: string[]) => runCommand(args, { env: { LATCHKEY_URL: lk.url } });

describe('commands that drive a running latchkey', () => {
  test('wait: status 0 when it is healthy, 1 when nobody is by then', async () => {
    expect(await latchkey('wait')).toEqual({ status: 0, stdout: '', stderr: '' });
    const nobody = ['--url', 'http://127.0.0.1:9', '--timeout', '10ms'];
    const stderr = 'latchkey: http://127.0.0.1:9 is not healthy: bad port\n';
    expect(await latchkey('wait', ...nobody)).toEqual({ status: 1, stdout: '', stderr });
    const stdout = `${JSON.stringify({ url: 'http://127.0.0.1:9', healthy: false, problem: 'bad port' })}\n`;
    expect(await latchkey('wait', '--json', ...nobody)).toEqual({ status: 1, stdout, stderr: '' });
    const healthy = `${JSON.stringify({ url: lk.url, healthy: true, problem: null })}\n`;
    expect(await latchkey('wait', '--json')).toEqual({ status: 0, stdout: healthy, stderr: '' });
  });

  test('keys: a table of keys by state, with the time they have left', async () => {
    const { key } = await lk.keys.issue({ provider: 'kps', owner: 'bob@example.com', name: 'ci', expiresIn: '90m' });
    const { stdout } = await latchkey('keys', '--provider', 'kps');
    const [heading, ...rows] = stdout.trim().split('\n');
    expect(heading?.split(/ +/)).toEqual(['PROVIDER', 'HINT', 'NAME', 'OWNER', 'STATE', 'LEFT', 'ID']);
    expect(rows.find((row) => row.endsWith(key.id))).toMatch(/active +90m0s/);
    const json: { readonly id: string }[] = JSON.parse((await latchkey('keys', '--provider', 'kps', '--json')).stdout);
    expect(json.map(({ id }) => id)).toContain(key.id);
  });

  test('clock: shows it, advances, sets, freezes and resumes it, in a world too', async () => {
    expect((await latchkey('clock', '--world', 'w1', 'advance', '1h')).stdout).toMatch(/^2030-01-01T01:/);
    expect((await latchkey('clock', '--world', 'w1', 'set', '2031-01-01T00:00:00Z')).stdout).toMatch(/^2031-01-01T00:00:00/);
    expect((await latchkey('clock', '--world', 'w1', 'freeze')).stdout).toMatch(/\(frozen\)$/m);
    expect((await latchkey('clock', '--world', 'w1', 'resume')).stdout).not.toContain('frozen');
    expect((await latchkey('clock')).stdout).toMatch(/^2030-01-01T00:00:00\.\d+Z \(frozen\)\n$/);
  });

  test('requests: the journal, and why one was answered so', async () => {
    await lk.clearRequests();
    await fetch(`${lk.url}/viewer`);
    expect((await latchkey('requests')).stdout).toMatch(/estuary +401 +GET +\/viewer +credential_missing/);
    const [entry] = await lk.requests();
    expect((await latchkey('requests', entry?.id ?? '')).stdout).toBe(
      'no credential: The request carries no credential that estuary reads.\n',
    );
  });

  test('requests --follow: those there are, the oldest first, and then each as it is answered', async () => {
    await lk.clearRequests();
    await fetch(`${lk.url}/viewer?first`);
    await fetch(`${lk.url}/v1/orgs/self`);
    const child = spawn(process.execPath, [commandFile, 'requests', '--follow', '--json', '--provider', 'estuary'], {
      env: { LATCHKEY_URL: lk.url },
    });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async () => JSON.parse((await lines.next()).value ?? '').path;
    expect(await next()).toBe('/viewer?first');
    await fetch(`${lk.url}/v1/orgs/self`);
    await fetch(`${lk.url}/viewer?second`);
    expect(await next()).toBe('/viewer?second');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
  });

  test('requests --follow ends when nobody reads it any more', async () => {
    await fetch(`${lk.url}/viewer`);
    const child = spawn(process.execPath, [commandFile, 'requests', '-f'], { env: { LATCHKEY_URL: lk.url } });
    const [line] = await once(child.stdout, 'data');
    expect(String(line)).toMatch(/estuary +401 +GET +\/viewer/);
    child.stdout.destroy();
    const ended = once(child, 'exit');
    await fetch(`${lk.url}/viewer`);
    await fetch(`${lk.url}/viewer`);
    expect((await ended)[0]).toBe(0);
  });

  test('ca: prints what clients of https have to trust, or writes it to a file', async () => {
    await using secure = await startLatchkey({ tls: 'self-signed' });
    const { ca } = await secure.tls();
    const env = { LATCHKEY_URL: secure.url };
    expect(await runCommand(['ca'], { env })).toEqual({ status: 0, stdout: ca, stderr: '' });
    const file = join(folder, 'ca.pem');
    expect((await runCommand(['ca', file], { env })).stdout).toBe(`written to ${file}\n`);
    expect(readFileSync(file, 'utf8')).toBe(ca);
    expect((await runCommand(['ca', '--out', file, '--json'], { env })).stdout).toBe(`${JSON.stringify({ file })}\n`);
    expect((await runCommand(['ca', '--json'], { env })).stdout).toBe(`${JSON.stringify({ ca })}\n`);
    expect((await latchkey('ca')).stderr).toBe('latchkey: https is not served: start latchkey with --tls self-signed.\n');
  });

  test('credentials: of a world with a seed of its own, its own', async () => {
    await lk.createWorld('carols', { estuary: { users: [{ username: 'carol' }], keys: [{ owner: 'carol', name: 'ci' }] } });
    const { stdout } = await latchkey('credentials', '--world', 'carols');
    expect(stdout).toMatch(/^estuary +ci /m);
    expect(stdout).not.toMatch(/^estuary +alice /m);
    await lk.world('carols').drop();
  });

  test('an empty variable is none', async () => {
    const { stdout } = await runCommand(['keys', '--help'], { env: { LATCHKEY_URL: '', LATCHKEY_PORT: '' } });
    expect(stdout).toContain('"http://127.0.0.1:5282"');
  });

  test('colours are for those who see them', async () => {
    const { stdout } = await runCommand(['keys'], { env: { LATCHKEY_URL: lk.url, FORCE_COLOR: '1' } });
    expect(stdout).toContain('\u001b[32mactive');
    const { stdout: piped } = await latchkey('keys');
    expect(piped).not.toContain('\u001b');
  });

  test('a secret is not shown by the help either', async () => {
    const { stdout } = await runCommand(['keys', '--help'], { env: { LATCHKEY_ADMIN_TOKEN: 'open-sesame' } });
    expect(stdout).toContain('LATCHKEY_ADMIN_TOKEN');
    expect(stdout).not.toContain('open-sesame');
  });

  test('faults: added, listed, removed, cleared', async () => {
    const { id } = JSON.parse((await latchkey('faults', 'add', '{"effect":{"status":429}}')).stdout);
    expect((await latchkey('faults')).stdout).toContain(`${id}  {"status":429}  0 of 1`);
    expect((await latchkey('faults', 'remove', id)).stdout).not.toContain(id);
    expect((await latchkey('faults', 'clear', '--json')).stdout).toBe('[]\n');
  });

  test('snapshot and reset: what was saved comes back', async () => {
    const file = join(folder, 'keys.sqlite');
    await lk.keys.issue({ provider: 'estuary', owner: 'bob', name: 'kept' });
    expect(await latchkey('snapshot', 'save', file)).toMatchObject({ status: 0, stdout: `saved to ${file}\n` });
    expect(await latchkey('reset', '--to', 'empty')).toMatchObject({ status: 0, stdout: 'reset to empty\n' });
    expect(await lk.keys.list({ provider: 'estuary' })).toHaveLength(1);
    expect(await latchkey('snapshot', 'load', file)).toMatchObject({ status: 0 });
    expect((await lk.keys.list({ provider: 'estuary' })).map(({ name }) => name)).toContain('kept');
    expect(await latchkey('reset')).toMatchObject({ status: 0, stdout: 'reset to seed\n' });
  });

  test("credentials: as a table, and as the providers' clients read them", async () => {
    expect((await latchkey('credentials')).stdout).toMatch(/rockset +admin +admin0LatchkeySeed0+ /);
    const { stdout } = await latchkey('credentials', '--env');
    expect(stdout).toContain(`export ROCKSET_APISERVER='${lk.url}'`);
    expect(stdout).toContain(`export ESTUARY_API='${lk.url}'`);
    expect(stdout).toMatch(/export WHYLABS_API_KEY='ADMIN00000\..*:org-123'/);
  });

  test('doctor: says what is well', async () => {
    expect(await latchkey('doctor', '--url', `${lk.url}/~w1/rockset`)).toEqual({
      status: 0,
      stdout: [
        `ok   ${lk.url}/~w1/rockset is a URL`,
        'ok   the host 127.0.0.1 is 127.0.0.1',
        `ok   a latchkey answers at ${lk.url}`,
        'ok   the base URL leads to rockset in the world w1\n',
      ].join('\n'),
      stderr: '',
    });
    const all = JSON.parse((await latchkey('doctor', '--json')).stdout);
    expect(all.at(-1)).toEqual({ isWell: true, what: 'the base URL leads to every provider' });
  });

  test.each([
    ['localhost:5282', 'is no http URL'],
    ['http://no.such.host.invalid', 'is not known here'],
    ['http://127.0.0.1:9', 'browsers and many clients refuse this port'],
    ['/rocksett', 'nothing answers below /rocksett: base URLs end in nothing, /estuary, /kps, /rockset, /whylabs'],
    ['/rockset/', 'the base URL ends in a slash: some clients send two then'],
  ])('doctor: of %s what is amiss, with status 1', async (url, said) => {
    const { status, stdout } = await latchkey('doctor', '--url', url.startsWith('/') ? lk.url + url : url);
    expect([status, stdout.trimEnd().split('\n').at(-1)]).toEqual([1, expect.stringMatching(/^BAD /)]);
    expect(stdout).toContain(said);
  });

  test('doctor: a scheme that is not spoken there, an authority that is not trusted, a token that is wanted', async () => {
    await using secure = await startLatchkey({ tls: 'self-signed', adminToken: 't' });
    const { port } = new URL((await secure.tls()).url);
    const last = async (url: string, ...more: string[]) =>
      (await latchkey('doctor', '--url', url, ...more)).stdout.trimEnd().split('\n').at(-1);
    expect(await last(secure.url)).toBe('BAD  its control plane answers 401: it may want --admin-token');
    expect(await last(secure.url, '--admin-token', 't')).toBe('ok   the base URL leads to every provider');
    expect(await last(`https://127.0.0.1:${port}`)).toContain('trust its authority: latchkey ca ca.pem');
    expect(await last(`http://127.0.0.1:${port}`)).toContain('is it https there?');
    expect(await last(secure.url.replace('http:', 'https:'))).toContain('is it http there?');
    await secure.close();
    expect(await last(secure.url)).toContain('is it running, on this port');
  });

  test.each([
    [['clock', 'leap'], 'latchkey: say advance, set, freeze or resume\n'],
    [['faults', 'add', '{}'], /^latchkey: body must have required property 'effect'/],
    [['faults', 'add', '{'], /^latchkey: .*JSON/],
    [['requests', '999999'], 'latchkey: The journal has no request "999999".\n'],
    [['snapshot', 'load', '/nowhere'], /^latchkey: ENOENT/],
    [['keys', '--state', 'gone'], /^error: option '--state <state>' argument 'gone' is invalid/],
    [['keys', '--url', 'http://127.0.0.1:9'], 'latchkey: nothing answers at http://127.0.0.1:9: bad port\n'],
    [['wait', '--timeout', 'soon'], /a duration such as 30s/],
    [['wait', '--url', 'foo'], 'latchkey: foo is not healthy: this is no http URL\n'],
    [['clock', 'toString'], 'latchkey: say advance, set, freeze or resume\n'],
    [['requests', '--follow', '--provider', 'nobody'], /^latchkey: [^\n]*nobody[^\n]*\n$/],
    [['doctor', '--world', 'w1'], /^error: unknown option '--world'/],
  ])('%j is refused in one line, with status 1', async (args, message) => {
    const { status, stderr } = await latchkey(...args);
    expect(status).toBe(1);
    if (typeof message === 'string') expect(stderr).toBe(message);
    else expect(stderr).toMatch(message);
  });

  test('each says how it is used', async () => {
    expect((await latchkey('keys', '--help')).stdout).toMatch(/^Usage: latchkey keys \[options\]/);
  });
});

describe('exec', () => {
  test("runs a command with what the providers' clients read, gives its status, and stops", async () => {
    const program = `
      const { LATCHKEY_URL: url, ROCKSET_APISERVER, ROCKSET_APIKEY } = process.env;
      const answer = await fetch(ROCKSET_APISERVER + '/v1/orgs/self', { headers: { authorization: 'ApiKey ' + ROCKSET_APIKEY } });
      console.log(url, answer.status);
      process.exitCode = 7;`;
    const { status, stdout } = await runCommand([
      'exec',
      '--clock',
      '2030-01-01T00:00:00Z',
      '--',
      process.execPath,
      '--input-type=module',
      '-e',
      program,
    ]);
    expect(status).toBe(7);
    const [, url = ''] = /^(http:\S+) 200\n$/.exec(stdout) ?? [];
    await expect(connect(url)).rejects.toThrow();
  });

  test("flags after -- are the command's own, those that latchkey has among them", async () => {
    const { status, stdout } = await runCommand(['exec', '--', process.execPath, '--version']);
    expect([status, stdout]).toEqual([0, `${process.version}\n`]);
  });

  test('a token of the control plane may stand in a file, as any setting may', async () => {
    writeFileSync(join(folder, 'latchkey.json'), JSON.stringify({ 'admin-token': 'from-the-file' }));
    const program = 'console.log(process.env.ROCKSET_APIKEY?.length)';
    const { status, stdout } = await runCommand(['exec', '--', process.execPath, '-e', program], { cwd: folder });
    expect([status, stdout]).toEqual([0, '64\n']);
  });

  test('a command that is not there, and no command at all, are said in one line', async () => {
    expect(await runCommand(['exec', '--', '/no/such/command'])).toEqual({
      ...{ status: 127, stdout: '', stderr: 'latchkey: spawn /no/such/command ENOENT\n' },
    });
    expect(await runCommand(['exec', '--', folder])).toMatchObject({ status: 126, stdout: '' });
    expect(await runCommand(['exec', '--', ''])).toMatchObject({ status: 1, stderr: expect.stringMatching(/^latchkey: usage/) });
    expect(await runCommand(['exec'])).toMatchObject({
      status: 1,
      stderr: 'latchkey: usage: latchkey exec [flags] -- command\n',
    });
  });

  test('with --tls, programs of Node trust it and others are told whom to trust; nothing is left behind', async () => {
    const program = `
      const { LATCHKEY_TLS_URL: url, LATCHKEY_CA: file, NUTANIX_KPS_HOST: host } = process.env;
      const { ca } = await (await fetch(url + '/_latchkey/tls')).json();
      console.log(file, ca === (await import('node:fs')).readFileSync(file, 'utf8') && url === 'https://' + host);`;
    const command = [process.execPath, '--input-type=module', '-e', program];
    const { status, stdout } = await runCommand(['exec', '--tls', 'self-signed', '--', ...command]);
    expect(status).toBe(0);
    const [, file = ''] = /^(\S+ca\.pem) true\n$/.exec(stdout) ?? [];
    expect([file === '', existsSync(file)]).toEqual([false, false]);
  });

  test('the commands that drive it work inside, whatever the admin token is', async () => {
    const inside = [process.execPath, commandFile, 'clock', 'freeze'];
    const { stdout } = await runCommand(['exec', '--admin-token', 't', '--clock', '2030-01-01T00:00:00Z', '--', ...inside]);
    expect(stdout).toMatch(/^2030-01-01T00:00:\d\d\.\d+Z \(frozen\)\n$/);
  });

  test('a signal is passed on to the command, and the status is what became of it', async () => {
    const program = "process.on('SIGTERM', () => process.exit(3)); setInterval(() => {}, 1000); console.log('listening')";
    const child = spawn(process.execPath, [commandFile, 'exec', '--', process.execPath, '-e', program]);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([3, null]);
  });

  test('settings that cannot be used stop it before the command runs', async () => {
    const { status, stdout, stderr } = await runCommand(['exec', '--estuary-profile', 'v9', '--', 'echo', 'ran']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^latchkey: --estuary-profile must be equal to one of/);
  });
});
