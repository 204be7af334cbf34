import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../../src/library.ts';
import { commandFile, runCommand } from '../../support/command.ts';
import { runHere } from '../../support/command-here.ts';
import { freeUrl } from '../../support/servers.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-exec-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('exec', () => {
  test("runs a command with the variables that the providers' clients read, ends with its status, and stops", async () => {
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

  test('found 1.9: requests for it go to no proxy, and what the user excepts stays excepted', async () => {
    const program = 'const { NO_PROXY, no_proxy } = process.env; console.log(JSON.stringify({ NO_PROXY, no_proxy }))';
    const printed = async (env: Readonly<Record<string, string>>): Promise<unknown> =>
      JSON.parse((await runCommand(['exec', '--', process.execPath, '-e', program], { env })).stdout);
    const own = '127.0.0.1,localhost,.localhost,::1';
    expect(await printed({})).toEqual({ NO_PROXY: own, no_proxy: own });
    expect(await printed({ no_proxy: 'a.example,localhost' })).toEqual({
      NO_PROXY: 'a.example,localhost,127.0.0.1,.localhost,::1',
      no_proxy: 'a.example,localhost,127.0.0.1,.localhost,::1',
    });
    expect(await printed({ NO_PROXY: 'a', no_proxy: 'b' })).toEqual({ NO_PROXY: `a,${own}`, no_proxy: `b,${own}` });
    const curl = ['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', '$LATCHKEY_URL/viewer'].join(' ');
    const env = { http_proxy: await freeUrl() };
    expect((await runCommand(['exec', '--', 'sh', '-c', curl], { env })).stdout).toBe('401');
  });

  test("flags after -- are the command's own, even if latchkey has the same", async () => {
    const { status, stdout } = await runCommand(['exec', '--', process.execPath, '--version']);
    expect([status, stdout]).toEqual([0, `${process.version}\n`]);
  });

  test('the admin token may be in a file, as any setting may', async () => {
    writeFileSync(join(folder, 'latchkey.json'), JSON.stringify({ 'admin-token': 'from-the-file' }));
    const program = 'console.log(process.env.ROCKSET_APIKEY?.length)';
    const { status, stdout } = await runCommand(['exec', '--', process.execPath, '-e', program], { cwd: folder });
    expect([status, stdout]).toEqual([0, '64\n']);
  });

  test('a command that cannot be run, and a missing one, are reported in one line', async () => {
    expect(await runHere(['exec', '--', '/no/such/command'])).toEqual({
      status: 127,
      stdout: '',
      stderr: 'latchkey: the command /no/such/command does not exist, or its folder is not in PATH\n',
    });
    expect(await runHere(['exec', '--', folder])).toMatchObject({ status: 126, stdout: '' });
    const stderr = 'latchkey: expected a command after --: latchkey exec [flags] -- command\n';
    expect(await runHere(['exec', '--', ''])).toEqual({ status: 1, stdout: '', stderr });
    expect(await runHere(['exec'])).toEqual({ status: 1, stdout: '', stderr });
  });

  test('with --tls, Node.js programs trust it, others find the file to trust, and nothing is left behind', async () => {
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

  test('a signal is passed on to the command, whose status is that of exec', async () => {
    const program = "process.on('SIGTERM', () => process.exit(3)); setInterval(() => {}, 1000); console.log('listening')";
    const child = spawn(process.execPath, [commandFile, 'exec', '--', process.execPath, '-e', program]);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([3, null]);
  });

  test('settings that cannot be used stop it before the command runs', async () => {
    const { status, stdout, stderr } = await runCommand(['exec', '--estuary-profile', 'v9', '--', 'echo', 'ran']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^latchkey: --estuary-profile must be one of/);
  });
});
