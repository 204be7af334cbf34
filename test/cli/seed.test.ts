import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startLatchkey } from '../../src/library.ts';
import { runHere } from '../support/command-here.ts';
import { badProblems, seedFiles } from './seed-files.ts';

const files = seedFiles();
const validate = (...args: string[]) => runHere(['seed', 'validate', ...args], { folder: files.folder });

describe('seed validate', () => {
  test('says that a file is valid', async () => {
    expect(await validate('good.yaml')).toEqual({ status: 0, stdout: 'good.yaml is a valid seed file\n', stderr: '' });
  });

  test('--json: the same for a program', async () => {
    expect(await validate('good.yaml', '--json')).toEqual({
      status: 0,
      stdout: '{"file":"good.yaml","problems":[]}\n',
      stderr: '',
    });
    const { status, stdout } = await validate('bad.yaml', '--json');
    expect([status, JSON.parse(stdout)]).toEqual([1, { file: 'bad.yaml', problems: badProblems }]);
  });

  test('lists every problem of a file that is invalid', async () => {
    const stderr = badProblems.map((problem) => `latchkey: ${problem}\n`).join('');
    expect(await validate('bad.yaml')).toEqual({ status: 1, stdout: '', stderr });
  });

  test.each([
    [['seed'], 'expected one of validate, load'],
    [['seed', 'validate'], 'expected <file>'],
    [['seed', 'plant', 'good.yaml'], 'expected one of validate, load, not "plant"'],
    [['seed', 'validate', 'a', 'b'], 'unknown argument b'],
  ])('%j is told what was expected', async (args, problem) => {
    expect(await runHere(args, { folder: files.folder })).toEqual({ status: 1, stdout: '', stderr: `latchkey: ${problem}\n` });
  });
});

test('found 1.5: seed validate: for the clock of the settings that serve would read', async () => {
  writeFileSync(
    join(files.folder, 'dated.yaml'),
    'rockset:\n  keys: [{owner: admin@me.com, name: a, state: expired, expiresAt: 2040-01-01T00:00:00Z}]\n',
  );
  const stderr = 'latchkey: dated.yaml:2: /rockset/keys/0/state is expired, but the expiry is in the future\n';
  expect(await validate('dated.yaml')).toEqual({ status: 1, stdout: '', stderr });
  writeFileSync(join(files.folder, 'later.yaml'), 'clock: 2041-01-01T00:00:00Z\n');
  const valid = { status: 0, stdout: 'dated.yaml is a valid seed file\n', stderr: '' };
  expect(await validate('dated.yaml', '--config', 'later.yaml')).toEqual(valid);
  expect(
    await runHere(['seed', 'validate', 'dated.yaml'], { folder: files.folder, env: { LATCHKEY_CONFIG: 'later.yaml' } }),
  ).toEqual(valid);
});

test('found 3.13: seed load: the file of the server again, or one for a world; a bad one changes nothing', async () => {
  const file = join(files.folder, 'served.yaml');
  writeFileSync(file, 'estuary:\n  users: [{username: dora}]\n  keys: [{owner: dora, name: first}]\n');
  const lk = await startLatchkey({ seed: file, providers: ['estuary'] });
  const load = (...args: string[]) => runHere(['seed', 'load', ...args], { folder: files.folder, env: { LATCHKEY_URL: lk.url } });
  const names = async (one = lk) => (await one.keys.list()).map(({ name }) => name);
  try {
    await lk.world('other').clock.read();
    writeFileSync(file, 'estuary:\n  users: [{username: dora}]\n  keys: [{owner: dora, name: second}]\n');
    expect(await load()).toEqual({ status: 0, stdout: 'the seed file was read again\n', stderr: '' });
    expect(await names()).toContain('second');
    expect(await load('good.yaml', '--world', 'other', '--json')).toEqual({
      status: 0,
      stdout: '{"file":"good.yaml"}\n',
      stderr: '',
    });
    const held = await names(lk.world('other'));
    expect(held).not.toContain('second');
    expect(await load('bad.yaml', '--world', 'other')).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'latchkey: /seed/estuary/keys/0/owner there is no user "nobody"; /seed/rocket is not a provider: the providers are estuary\n',
    });
    expect(await names(lk.world('other'))).toEqual(held);
  } finally {
    await lk.close();
  }
});
