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
