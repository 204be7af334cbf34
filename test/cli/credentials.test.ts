import { describe, expect, test } from 'vitest';
import { variableFormats } from '../../src/cli/printed/variable-formats.ts';
import { runHere } from '../support/command-here.ts';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

test("credentials: as a table, and as the providers' clients read them", async () => {
  const { lk, run } = driven;
  expect((await run('credentials')).stdout).toMatch(/^rockset +admin .* admin0LatchkeySeed0+$/m);
  const { stdout } = await run('credentials', '--env');
  expect(stdout).toContain(`export ROCKSET_APISERVER='${lk.url}'`);
  expect(stdout).toContain(`export ESTUARY_API='${lk.url}'`);
  expect(stdout).toMatch(/export WHYLABS_API_KEY='ADMIN00000\..*:org-123'/);
});

test('found 3.9: credentials: a user without a key is shown with what he logs in with', async () => {
  expect((await driven.run('credentials')).stdout).toMatch(/^kps +bob .* {2}password bob-password$/m);
});

test('found 3.9: credentials: each row is one line of the terminal; elsewhere nothing is cut', async () => {
  const { lk, run } = driven;
  const { status, stdout, stderr } = await runHere(['credentials'], { env: { LATCHKEY_URL: lk.url }, columns: 100 });
  expect([status, stderr]).toEqual([
    0,
    'latchkey: texts are cut to the width of this terminal: --format json, or a pipe, shows them whole\n',
  ]);
  const lines = stdout.trimEnd().split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(lines.find((line) => /^kps +alice/.test(line))).toMatch(/ eyJ\S+\u2026$/);
  const whole = lk.credentials['kps']?.['alice']?.secret ?? 'missing';
  expect((await run('credentials')).stdout).toContain(` ${whole}\n`);
});

test('credentials: of a world with its own seed', async () => {
  const { lk, run } = driven;
  await lk.createWorld('carols', { estuary: { users: [{ username: 'carol' }], keys: [{ owner: 'carol', name: 'ci' }] } });
  const { stdout } = await run('credentials', '--world', 'carols');
  expect(stdout).toMatch(/^estuary +ci /m);
  expect(stdout).not.toMatch(/^estuary +alice /m);
  await lk.world('carols').drop();
});

describe('found 3.12: credentials --format', () => {
  const printed = async (...args: string[]) => (await driven.run('credentials', ...args)).stdout;

  test('the variables as each reader wants them', async () => {
    const variables: Record<string, string> = JSON.parse(await printed('--env', '--json'));
    const lines = (format: keyof typeof variableFormats) =>
      `${Object.entries(variables)
        .map(([name, value]) => variableFormats[format](name, value))
        .join('\n')}\n`;
    for (const format of ['shell', 'dotenv', 'github', 'powershell'] as const)
      expect(await printed('--format', format)).toBe(lines(format));
    expect(await printed('--env')).toBe(lines('shell'));
    expect(await printed('--format', 'table')).toBe(await printed());
  });

  test('json is --json', async () => {
    expect(JSON.parse(await printed('--format', 'json'))).toEqual(driven.lk.credentials);
    expect(await printed('--format', 'json')).toBe(await printed('--json'));
    expect(await printed('--format', 'json', '--json')).toBe(await printed('--json'));
  });

  test.each([
    [['--env', '--format', 'dotenv'], '--env means --format shell: give one of them, not --format dotenv too'],
    [['--json', '--format', 'github'], '--json means --format json: give one of them, not --format github too'],
    [['--format', 'xml'], '--format must be one of table, shell, dotenv, github, powershell, json, not "xml"'],
  ])('%j is refused', async (args, problem) => {
    expect(await driven.run('credentials', ...args)).toEqual({ status: 1, stdout: '', stderr: `latchkey: ${problem}\n` });
  });

  test.each([
    ['shell', "it's", "export A='it'\\''s'"],
    ['dotenv', 'http://localhost:1/~w', 'A=http://localhost:1/~w'],
    ['dotenv', 'a b#c', "A='a b#c'"],
    ['dotenv', "it's", 'A="it\'s"'],
    ['github', 'a=b c', 'A=a=b c'],
    ['github', 'a\nLATCHKEY_END', 'A<<LATCHKEY_END_\na\nLATCHKEY_END\nLATCHKEY_END_'],
    ['powershell', "it's $5", "$env:A = 'it''s $5'"],
  ] as const)('%s: %j', (format, value, line) => {
    expect(variableFormats[format]('A', value)).toBe(line);
  });
});
