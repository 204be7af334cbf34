import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { describe, expect, onTestFinished, test } from 'vitest';
import { commandFile, runCommand, serveCommand } from '../../support/command.ts';
import { freeUrl } from '../../support/servers.ts';

const alice = 'Bearer EST00000000-0000-4000-8000-000000000002ARY';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-command-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('serve', () => {
  test('prints every base URL on one line, and then the seeded credentials', async () => {
    const { url, announcement } = await serveCommand(['--rockset-port', '0']);
    const [ready = '', title, ...more] = announcement.trimEnd().split('\n');
    const credentials = more.slice(0, -3);
    expect(ready).toMatch(
      /^latchkey \d+\.\d+\.\d+ ready: http:\/\/127\.0\.0\.1:\d+ \(estuary \S+, kps \S+, rockset \S+, whylabs \S+\)$/,
    );
    const rockset = /rockset (http:\S+),/.exec(ready)?.[1] ?? '';
    await supertest(rockset).get('/').expect(200, { message: 'GO ROCKSET!' });
    await supertest(url).get('/estuary/health').expect(200);
    expect(title).toBe('seeded credentials:');
    expect(credentials.join('\n')).toContain('EST00000000-0000-4000-8000-000000000002ARY');
    // found 3.9, 3.11
    expect(credentials.join('\n')).toMatch(/^ {2}kps +bob +password bob-password {2}\(/m);
    expect(more.slice(-3)).toEqual([
      `dashboard: ${url}/_latchkey/`,
      `documentation: ${url}/_latchkey/docs`,
      'stop it: Ctrl-C, or SIGTERM',
    ]);
    for (const page of ['/_latchkey/', '/_latchkey/docs']) expect((await fetch(url + page)).status).toBe(200);
  });

  test('prints no secrets at a quieter log level', async () => {
    const { announcement } = await serveCommand(['--log-level', 'warn']);
    expect(announcement.trimEnd().split('\n')).toHaveLength(1);
  });

  test('SIGTERM and SIGINT stop it with status 0', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const serving = await serveCommand([]);
      await supertest(serving.url).get('/health').expect(200);
      expect(await serving.stop(signal)).toMatchObject({ status: 0 });
    }
  });

  test.each([
    ['npx latchkey', { npm_command: 'exec' }],
    ['npm start in a checkout', { npm_command: 'start', npm_lifecycle_event: 'start', npm_package_name: 'latchkey' }],
  ])('found 4.6: %s ends with the shell in which npm runs it, however that ends', async (_how, variables) => {
    const env = { PATH: process.env['PATH'], ...variables };
    const args = ['-c', '"$0" "$@"; true', process.execPath, commandFile, '--port', '0'];
    const shell = spawn('sh', args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let announcement = '';
    // Ends when the server, which has the pipe too, has ended.
    for await (const text of shell.stdout.setEncoding('utf8')) {
      announcement += text;
      if (announcement.includes('stop it:')) shell.kill('SIGKILL');
    }
    const [, url = ''] = /ready: (http:\S+)/.exec(announcement) ?? [];
    await expect(fetch(`${url}/_latchkey/health`)).rejects.toThrow('fetch failed');
  });

  test('found 6.5: a client that sends half a request and waits does not keep it', async () => {
    const folder = temporaryFolder();
    const serving = await serveCommand(['--db', join(folder, 'keys.sqlite')]);
    const socket = connect(Number(new URL(serving.url).port), '127.0.0.1').on('error', () => undefined);
    socket.write('POST /register HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf');
    await supertest(serving.url).get('/health').expect(200);
    expect(await serving.stop()).toMatchObject({ status: 0 });
    // What SQLite writes beside a database is gone once the database was closed.
    expect(readdirSync(folder)).toEqual(['keys.sqlite']);
  });

  test('starts its clock at the instant of --clock', async () => {
    const { url } = await serveCommand(['--clock', '2030-01-01T00:00:00Z']);
    const { body } = await supertest(url).get('/_latchkey/clock').expect(200);
    expect(body.now.slice(0, 13)).toBe('2030-01-01T00');
    expect(body.frozen).toBe(false);
  });

  test('emulates only the providers that were asked for, each in its profile', async () => {
    const { url } = await serveCommand(['--providers', 'estuary', '--estuary-profile', 'v0.4']);
    const answer = await supertest(url).get('/health').expect(200);
    expect(answer.headers['x-appversion']).toBe('v0.4.3');
    const { body } = await supertest(url).get('/v1/orgs/self').expect(404);
    expect(Object.keys(body.error.details.bases)).toEqual(['estuary']);
  });
});

test('a server goes on when its output is no longer read', async () => {
  const { url, child } = await serveCommand(['--log-level', 'warn']);
  child.stdout.destroy();
  await supertest(url).get('/health').expect(200);
});

test('a command whose output cannot be written fails', async () => {
  const { stderr, status } = spawnSync('bash', ['-c', `'${process.execPath}' '${commandFile}' --help > /dev/full`], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([1, 'latchkey: cannot write to standard output: the disk is full\n']);
});

describe('persistence', () => {
  test('a settings file in the working directory is read', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'latchkey.yaml'), 'providers: [rockset]\nclock: 2030-01-01T00:00:00Z\n');
    const { announcement } = await serveCommand([], { cwd: folder });
    expect(announcement).toContain('(rockset http');
    expect(announcement).toContain('clock started at 2030-01-01T00:00:00.000Z');
  });

  test('--db keeps issued keys over a restart, and does not seed again', async () => {
    const db = join(temporaryFolder(), 'keys.sqlite');
    const first = await serveCommand(['--db', db]);
    const { body } = await supertest(first.url).post('/user/api-keys?label=kept').set('Authorization', alice).expect(200);
    await supertest(first.url)
      .delete(`/user/api-keys/${alice.slice(7)}`)
      .set('Authorization', alice)
      .expect(200);
    await first.stop();
    expect(readFileSync(db).includes(Buffer.from(body.token))).toBe(true);
    const second = await serveCommand(['--db', db]);
    await supertest(second.url).get('/viewer').set('Authorization', `Bearer ${body.token}`).expect(200);
    await supertest(second.url).get('/viewer').set('Authorization', alice).expect(401);
  });

  test('kill -9 under load loses no answered write, and the file opens again', async () => {
    const db = join(temporaryFolder(), 'keys.sqlite');
    const first = await serveCommand(['--db', db, '--log-level', 'error']);
    const answered: string[] = [];
    const writer = async () => {
      for (;;) {
        const answer = await supertest(first.url).post('/user/api-keys').set('Authorization', alice);
        answered.push(answer.body.token);
        if (answered.length === 100) first.child.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: 8 }, () => writer().catch(() => undefined)));
    expect(answered.length).toBeGreaterThanOrEqual(100);
    const second = await serveCommand(['--db', db]);
    const { body } = await supertest(second.url).get('/user/api-keys').set('Authorization', alice).expect(200);
    const listed = new Set(body.map((key: { token: string }) => key.token));
    expect(answered.filter((token) => !listed.has(token))).toEqual([]);
  });
});

describe('refuses to start, in clear lines and with status 1, and does not listen', () => {
  test('with settings that cannot be used, all of which it names', async () => {
    const ended = await runCommand(['--port', 'abc', '--nope'], { env: { LATCHKEY_WRONG: '1' } });
    expect(ended).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'latchkey: unknown flag --nope\nlatchkey: unknown environment variable LATCHKEY_WRONG\nlatchkey: --port must be an integer, not "abc"\n',
    });
  });

  test('on a port that is in use', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => {
      holder.close();
    });
    await new Promise((resolve) => holder.once('listening', resolve));
    const address = holder.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    expect(await runCommand(['--port', `${port}`])).toEqual({
      status: 1,
      stdout: '',
      stderr: `latchkey: port ${port} is in use (127.0.0.1): another program has it; stop it, or use --port 0 or another port\n`,
    });
    expect(await runCommand(['--port', '0', '--kps-port', `${port}`])).toMatchObject({ status: 1, stdout: '' });
  });

  test('with a file that is not its database, which it leaves as it was', async () => {
    const db = join(temporaryFolder(), 'notes.txt');
    writeFileSync(db, 'not a database, but of value to its owner\n'.repeat(100));
    const before = readFileSync(db);
    const ended = await runCommand(['--db', db]);
    expect(ended).toMatchObject({ status: 1, stdout: '' });
    expect(ended.stderr).toMatch(/^latchkey: cannot use the database .*notes\.txt: [^\n]+\n$/);
    expect(readFileSync(db)).toEqual(before);
  });

  test('in a folder that can hold no database', async () => {
    const folder = temporaryFolder();
    const ended = await runCommand(['--db', join(folder, 'missing', 'keys.sqlite')]);
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(/^latchkey: cannot use the database [^\n]+\n$/);
    expect((await runCommand(['--db', '/proc/keys.sqlite'])).stderr).toMatch(/^latchkey: cannot use the database [^\n]+\n$/);
    mkdirSync(join(folder, 'directory'));
    expect((await runCommand(['--db', join(folder, 'directory')])).stderr).toMatch(
      /^latchkey: cannot use the database [^\n]+\n$/,
    );
  });

  test('with a database that another process uses', async () => {
    const db = join(temporaryFolder(), 'keys.sqlite');
    await serveCommand(['--db', db]);
    expect((await runCommand(['--port', '0', '--db', db])).stderr).toBe(
      `latchkey: cannot use the database ${db}: another process is using it\n`,
    );
  });

  test('on an unknown command', async () => {
    expect(await runCommand(['dance'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'latchkey: unknown command dance; latchkey --help lists all commands\n',
    });
  });
});

describe('found 3.11: the log', () => {
  test('pretty: a line for each request, with its verdict, and no secret', async () => {
    const { url, stop } = await serveCommand(['--log-format', 'pretty']);
    await supertest(url).get('/viewer').set('Authorization', alice).expect(200);
    await supertest(url).get('/~w1/viewer').expect(401);
    const lines = (await stop()).stderr.trimEnd().split('\n');
    expect(lines.map((line) => line.replace(/^\d\d:\d\d:\d\d /, ''))).toEqual([
      '200 GET /viewer  estuary viewerGet  answered',
      expect.stringMatching(/^401 GET \/\S*viewer ~w1 {2}estuary viewerGet {2}no credential: The request carries no credential/),
    ]);
  });

  test.each([[[]], [['--log-format', 'json']], [['--log-format', 'pretty', '--log-level', 'warn']]])(
    '%j: no line for a request where no terminal is',
    async (flags) => {
      const { url, stop } = await serveCommand(flags);
      await supertest(url).get('/viewer').expect(401);
      expect((await stop()).stderr).toBe('');
    },
  );
});

test('found 1.5: health, wait and keys find the server that serve started in their folder', async () => {
  const folder = temporaryFolder();
  const port = new URL(await freeUrl()).port;
  writeFileSync(join(folder, 'latchkey.yaml'), `port: ${port}\nadmin-token: t\n`);
  // The last flag wins, and serveCommand gives --port 0 first.
  const { stop } = await serveCommand(['--port', port], { cwd: folder });
  for (const args of [['health'], ['wait'], ['keys']])
    expect(await runCommand(args, { cwd: folder })).toMatchObject({ status: 0, stderr: '' });
  await stop();
  expect((await runCommand(['health'], { cwd: folder })).stderr).toContain(`http://127.0.0.1:${port} is not healthy: `);
});

describe('health', () => {
  test('ends with status 0 if a latchkey answers on its port, and with 1 if none does', async () => {
    const { url, stop } = await serveCommand([]);
    const env = { LATCHKEY_PORT: new URL(url).port, LATCHKEY_HOST: '0.0.0.0' };
    expect(await runCommand(['health'], { env })).toEqual({ status: 0, stdout: '', stderr: '' });
    const port = ['--port', new URL(url).port];
    expect(await runCommand(['health', ...port])).toEqual({ status: 0, stdout: '', stderr: '' });
    const stderr = 'latchkey: unknown flag --nope\n';
    expect(await runCommand(['health', '--nope'])).toEqual({ status: 1, stdout: '', stderr });
    await stop();
    const { status, stderr: why } = await runCommand(['health'], { env });
    expect([status, why]).toEqual([1, expect.stringContaining(' is not healthy: nothing listens there')]);
  });
});

test('--help lists every flag with its variable, --version the version', async () => {
  const help = await runCommand(['--help']);
  expect(help.status).toBe(0);
  for (const word of ['--rockset-profile', 'LATCHKEY_WHYLABS_PORT', '--log-level', '5282']) expect(help.stdout).toContain(word);
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8'),
  );
  expect(await runCommand(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});
