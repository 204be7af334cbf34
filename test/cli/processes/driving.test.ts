import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Latchkey, startLatchkey } from '../../../src/library.ts';
import { commandFile, runCommand } from '../../support/command.ts';
import { freeUrl } from '../../support/servers.ts';

let lk: Latchkey;
beforeAll(async () => {
  lk = await startLatchkey();
});
afterAll(() => lk.close());

const latchkey = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCommand(args, { env: { LATCHKEY_URL: lk.url, ...env } });

test('a command prints to standard output, with status 0', async () => {
  expect(await latchkey(['reset'])).toEqual({ status: 0, stdout: 'reset to seed\n', stderr: '' });
});

test('a command that cannot do what was asked says so on standard error, with status 1', async () => {
  const url = await freeUrl();
  const { status, stdout, stderr } = await latchkey(['keys', '--url', url]);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^latchkey: nothing answers at http:\S+: nothing listens there; is it running, on this port, [^\n]+\n$/);
});

test.each(['credentials', 'health', 'exec', 'serve', '--help'])('%s in a folder that was deleted says so', async (command) => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-gone-'));
  const line = `cd '${folder}' && rmdir '${folder}' && '${process.execPath}' '${commandFile}' ${command}`;
  const shell = spawn('sh', ['-c', line], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [status]] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'exit')]);
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: 'latchkey: the current folder was deleted: change to another one\n',
  });
});

test('colours are for terminals', async () => {
  const { stdout } = await latchkey(['keys'], { FORCE_COLOR: '1' });
  expect(stdout).toContain('\u001b[32mactive');
  const { stdout: piped } = await latchkey(['keys']);
  expect(piped).not.toContain('\u001b');
});

describe('requests --follow', () => {
  test('prints the oldest requests first, and then each as it is answered', async () => {
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

  test('ends when its output is no longer read', async () => {
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
});
