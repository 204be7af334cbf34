import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runCommand, serveCommand } from '../../support/command.ts';

const line = 'MUTANT accept-unknown@rockset: accepts on purpose what rockset refuses';
const none = 'MUTANT none: records which mutants would act, and changes nothing';
const authorization = 'ApiKey never0issued';

describe.each([
  ['a flag', ['--mutant', 'accept-unknown@rockset'], {}],
  ['a variable', [], { LATCHKEY_MUTANT: 'accept-unknown@rockset' }],
])('serve, told by %s,', (_how, args, env) => {
  test.each(['pretty', 'json'])('says so where it starts, and in a %s log', async (format) => {
    const { url, announcement, stop } = await serveCommand(['--log-format', format, ...args], { env });
    const [ready = ''] = announcement.split('\n');
    expect(ready).toMatch(/^latchkey \S+ ready: http:\S+ \(estuary \S+, kps \S+, rockset \S+, whylabs \S+\) MUTANT /);
    expect(ready.slice(ready.indexOf('MUTANT'))).toBe(line);
    const { status, headers } = await supertest(url).get('/v1/orgs/self').set('Authorization', authorization);
    expect([status, headers['x-latchkey-mutant']]).toEqual([200, 'accept-unknown']);
    const { stderr } = await stop();
    const said = format === 'json' ? `"level":40,` : 'warn ';
    expect(stderr.split('\n').filter((one) => one.includes('MUTANT'))).toEqual([
      expect.stringMatching(new RegExp(`${said}.*${line}`)),
    ]);
  });

  test('says so however quiet it is', async () => {
    const { announcement, stop } = await serveCommand(['--log-level', 'silent', ...args], { env });
    expect(announcement.trimEnd().split('\n')).toEqual([expect.stringContaining(line)]);
    expect((await stop()).stderr).toBe('');
  });
});

test('none is said without alarm', async () => {
  const { url, announcement, stop } = await serveCommand(['--mutant', 'none', '--log-format', 'json']);
  expect(announcement.split('\n')[0]).toMatch(new RegExp(`\\) ${none}$`));
  await supertest(url).get('/v1/orgs/self').set('Authorization', authorization).expect(401);
  expect((await supertest(url).get('/_latchkey/mutant').expect(200)).body).toMatchObject({
    mutant: 'none',
    acted: 0,
    reachable: [{ mutant: 'accept-unknown', provider: 'rockset', times: 1 }],
  });
  expect((await stop()).stderr).toContain(`"level":30,`);
});

test('exec says so before the command runs, and hands the variable on as it is', async () => {
  const script =
    'test "$LATCHKEY_MUTANT" = accept-unknown@rockset && curl -sf -H "Authorization: ApiKey x" "$ROCKSET_APISERVER/v1/orgs/self"';
  const { status, stdout, stderr } = await runCommand(['exec', '--', 'sh', '-c', script], {
    env: { LATCHKEY_MUTANT: 'accept-unknown@rockset' },
  });
  expect([status, JSON.parse(stdout).data.id]).toEqual([0, expect.any(String)]);
  expect(stderr).toContain(line);
});

test('the other commands pass the variable over', async () => {
  const { url } = await serveCommand([]);
  const { status, stderr } = await runCommand(['health', '--url', url], { env: { LATCHKEY_MUTANT: 'accept-unknown@rockset' } });
  expect([status, stderr]).toEqual([0, '']);
});

test('a file that names one is refused, and nothing starts', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'latchkey-mutant-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  writeFileSync(join(cwd, 'latchkey.yaml'), 'mutant: accept-unknown\n');
  expect(await runCommand(['--port', '0'], { cwd })).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'latchkey: latchkey.yaml: mutant is refused: a file lies about for longer than a command line: use --mutant or LATCHKEY_MUTANT\n',
  });
});
