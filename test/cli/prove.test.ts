import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mutantNames } from '../../src/provider/mutants.ts';
import { runHere } from '../support/command-here.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-prove-options-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const refusedWith = (...problems: readonly string[]) => ({
  status: 1,
  stdout: '',
  stderr: problems.map((problem) => `latchkey: ${problem}\n`).join(''),
});
const never = ['--', 'never-run'];

describe('what cannot be used is refused before anything runs', () => {
  test.each<[readonly string[], string]>([
    [[], 'expected a command after --: latchkey prove [flags] [options] -- command'],
    [['--', ''], 'expected a command after --: latchkey prove [flags] [options] -- command'],
    [['--job', '2', ...never], 'unknown flag --job; did you mean --jobs?'],
    [['--rockset-profil', '2023', ...never], 'unknown flag --rockset-profil; did you mean --rockset-profile?'],
    [['test', ...never], 'unknown argument test'],
    [['--db', 'keys.sqlite', ...never], '--db does not go with prove: each run has a latchkey of its own, in memory'],
    [['--mutant', 'accept-revoked', ...never], '--mutant does not go with prove, which sets each in turn: use --mutants'],
    [
      ['--mutants', 'accept-revokd', ...never],
      '--mutants names "accept-revokd", which is no mutant; did you mean accept-revoked?',
    ],
    [
      ['--mutants', 'accept-revoked@rockset', ...never],
      '--mutants names "accept-revoked@rockset", which is no mutant: use --mutants accept-revoked --only rockset',
    ],
    [['--only', 'rockest', ...never], '--only names "rockest", which is not emulated here; did you mean rockset?'],
    [['--providers', 'kps', '--only', 'rockset', ...never], '--only names "rockset", which is not emulated here'],
    [['--fail-on', 'all', ...never], '--fail-on must be one of survived, untested, never, not "all"'],
    [['--min-score', '101', ...never], '--min-score must be a number from 0 to 100, not "101"'],
    [['--jobs', '0', ...never], '--jobs must be at least 1, not 0'],
    [['--timeout-factor', '0.5', ...never], '--timeout-factor must be a number from 1 to 1000, not "0.5"'],
    [['--timeout-extra', '-1s', ...never], '--timeout-extra must be a duration such as 5s, not "-1s"'],
    [['--jobs', '2', '--port', '5300', ...never], '--jobs 2 wants free ports: only one latchkey at a time can have port 5300'],
    [
      ['--jobs', '2', '--rockset-port', '5301', ...never],
      '--jobs 2 wants free ports: only one latchkey at a time can have port 5301',
    ],
    [['--jobs', '2', '--results', '*.xml', ...never], '--results wants --jobs 1: runs at the same time write the same files'],
    [['--list', '--min-score', '80'], '--min-score wants a judgement, and --list makes none'],
    [['--dry-run', '--report', 'out', ...never], '--report wants a judgement, and --dry-run makes none'],
    [['--list', '--dry-run'], '--list runs nothing, --dry-run runs the command once: use one of them'],
    [
      ['--exclude', 'accept-revoked', ...never],
      '--exclude wants NAME=REASON or NAME@PROVIDER=REASON, with a reason, not "accept-revoked"',
    ],
    [
      ['--exclude', 'accept-revoked= ', ...never],
      '--exclude wants NAME=REASON or NAME@PROVIDER=REASON, with a reason, not "accept-revoked= "',
    ],
    [
      ['--exclude', 'accept-revokd=no', ...never],
      '--exclude names the mutant "accept-revokd", which does not exist; did you mean accept-revoked?',
    ],
    [
      ['--exclude', 'accept-revoked@rockest=no', ...never],
      '--exclude names the provider "rockest", which is not emulated here; did you mean rockset?',
    ],
  ])('%j', async (args, problem) => {
    expect(await runHere(['prove', ...args])).toEqual(refusedWith(problem));
  });

  test('all of it at once', async () => {
    expect(await runHere(['prove', '--nope', '--mutants', 'x', '--clock', 'yesterday', '--only', 'y', '--exclude', 'z'])).toEqual(
      refusedWith(
        'unknown flag --nope',
        '--clock must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z, not "yesterday"',
        '--exclude wants NAME=REASON or NAME@PROVIDER=REASON, with a reason, not "z"',
        '--mutants names "x", which is no mutant',
        '--only names "y", which is not emulated here',
        'expected a command after --: latchkey prove [flags] [options] -- command',
      ),
    );
  });

  test('a mutant in its own environment, but not an empty one', async () => {
    const problem = 'LATCHKEY_MUTANT is set: prove sets it itself, in the environment of the command';
    const args = ['prove', '--list', '--only', 'rockset', '--mutants', 'accept-revoked', '--json'];
    expect(await runHere(args, { env: { LATCHKEY_MUTANT: 'accept-revoked' } })).toEqual(refusedWith(problem));
    expect(await runHere(args, { env: { LATCHKEY_MUTANT: '' } })).toMatchObject({ status: 0, stderr: '' });
  });

  test('a command that is not there', async () => {
    expect(await runHere(['prove', '--', '/no/such/command'])).toEqual(
      refusedWith('the command /no/such/command does not exist, or its folder is not in PATH'),
    );
  });
});

describe('--list', () => {
  const listed = async (...args: readonly string[]): Promise<unknown> => {
    const { status, stdout, stderr } = await runHere(['prove', '--list', '--json', ...args], { folder });
    expect([status, stderr]).toEqual([0, '']);
    return JSON.parse(stdout);
  };

  test('names what a loop sets, in the order of reports', async () => {
    expect(await listed('--only', 'estuary,rockset', '--mutants', 'accept-revoked,accept-expired')).toEqual({
      mutants: ['accept-expired@estuary', 'accept-revoked@estuary', 'accept-expired@rockset', 'accept-revoked@rockset'],
    });
  });

  test('default and all mean sets, and go with names', async () => {
    const count = async (mutants: string) => Object(await listed('--only', 'whylabs', '--mutants', mutants)).mutants.length;
    expect((await count('all')) - (await count('default'))).toBeGreaterThan(0);
    expect((await count('default,expire-late')) - (await count('default'))).toBe(1);
    expect(await count('all')).toBeLessThanOrEqual(mutantNames.length);
  });

  test('what flags and the config file exclude is left out', async () => {
    const chosen = ['--only', 'estuary,rockset', '--mutants', 'accept-revoked,accept-expired'];
    writeFileSync(join(folder, 'latchkey.yaml'), 'prove:\n  exclude: [accept-expired@rockset=never expires here]\n');
    expect(await listed(...chosen, '--exclude', 'accept-revoked=the vault checks it')).toEqual({
      mutants: ['accept-expired@estuary'],
    });
  });

  test.each([
    ['prove: nonsense', 'prove must hold its options by name (exclude: […])'],
    ['prove: {exclude: nonsense}', 'prove.exclude must be a list of NAME=REASON or NAME@PROVIDER=REASON'],
    ['prove: {exclude: [1]}', 'prove.exclude wants NAME=REASON or NAME@PROVIDER=REASON, with a reason, not 1'],
    ['prove: {exlude: []}', 'prove: unknown key exlude; did you mean exclude?'],
  ])('%s', async (text, problem) => {
    writeFileSync(join(folder, 'latchkey.yaml'), text);
    expect(await runHere(['prove', '--list'], { folder })).toEqual(refusedWith(problem));
  });

  test('as a table', async () => {
    expect(await runHere(['prove', '--list', '--only', 'rockset', '--mutants', 'accept-revoked'])).toEqual({
      status: 0,
      stdout: 'MUTANT                  SET      WHAT IS WRONG THEN\naccept-revoked@rockset  default  a revoked key is accepted\n',
      stderr: '',
    });
  });
});
