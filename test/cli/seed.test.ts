import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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
    [['seed'], 'expected validate'],
    [['seed', 'validate'], 'expected <file>'],
    [['seed', 'plant', 'good.yaml'], 'expected validate, not "plant"'],
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
