import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Config, ConfigError, loadConfig } from '../../src/config/config.ts';
import { settingOf, warningOf } from '../../src/provider/mutant-words.ts';
import { mutantNames } from '../../src/provider/mutants.ts';
import { loadGuests } from '../support/guests.ts';

const providers = await loadGuests();
const all = ['none', ...mutantNames].join(', ');

const load = (args: readonly string[], env: Readonly<Record<string, string>> = {}, folder = ''): Promise<Config> =>
  loadConfig({ args, env, folder, readsFile: folder !== '' }, providers);
const mutantOf = async (args: readonly string[], env?: Readonly<Record<string, string>>) => (await load(args, env)).mutant;
const problems = async (...given: Parameters<typeof load>): Promise<readonly string[]> => {
  const error: unknown = await load(...given).catch((thrown: unknown) => thrown);
  return error instanceof ConfigError ? error.problems : expect.unreachable('these settings were accepted');
};

describe('a mutant is set', () => {
  test.each(mutantNames)('%s, for all providers or for one', async (name) => {
    expect(await mutantOf(['--mutant', name])).toEqual({ name, provider: null });
    expect(await mutantOf([`--mutant=${name}@kps`])).toEqual({ name, provider: 'kps' });
    expect(await mutantOf([], { LATCHKEY_MUTANT: `${name}@rockset` })).toEqual({ name, provider: 'rockset' });
  });

  test('none is one', async () => {
    expect(await mutantOf(['--mutant', 'none'])).toEqual({ name: 'none', provider: null });
  });

  test('by default and by an empty variable there is none; the flag wins', async () => {
    expect(await mutantOf([])).toBeUndefined();
    expect(await mutantOf([], { LATCHKEY_MUTANT: '' })).toBeUndefined();
    expect(await mutantOf(['--mutant', 'none'], { LATCHKEY_MUTANT: 'accept-revoked' })).toMatchObject({ name: 'none' });
  });
});

describe('refused', () => {
  test.each([
    ['accept-revokd', `must be one of ${all}, not "accept-revokd"; did you mean accept-revoked?`],
    ['Accept-Revoked', `must be one of ${all}, not "Accept-Revoked"; did you mean accept-revoked?`],
    ['off', `must be one of ${all}, not "off"`],
    ['@rockset', `must be one of ${all}, not ""`],
    ['accept-revoked,accept-expired', `must be one of ${all}, not "accept-revoked,accept-expired"`],
    ['accept-revoked@rocket', 'must name one of estuary, kps, rockset, whylabs behind @, not "rocket"; did you mean rockset?'],
    ['accept-revoked@', 'must name one of estuary, kps, rockset, whylabs behind @, not ""'],
    ['accept-revoked@kps@kps', 'must name one of estuary, kps, rockset, whylabs behind @, not "kps@kps"'],
    ['none@kps', 'none is for all providers: leave out what follows it'],
    ['', 'must not be empty'],
  ])('--mutant %j', async (value, problem) => {
    expect(await problems(['--mutant', value])).toEqual([`--mutant ${problem}`]);
    if (value !== '') expect(await problems([], { LATCHKEY_MUTANT: value })).toEqual([`LATCHKEY_MUTANT ${problem}`]);
  });

  test('one with two faults, with both', async () => {
    expect(await problems(['--mutant', 'x@y'])).toEqual([
      `--mutant must be one of ${all}, not "x"`,
      '--mutant must name one of estuary, kps, rockset, whylabs behind @, not "y"',
    ]);
  });

  test('one for a provider that is not emulated', async () => {
    expect(await problems(['--providers', 'kps', '--mutant', 'accept-revoked@rockset'])).toEqual([
      '--mutant is for rockset, which is not among the providers',
    ]);
  });

  test.each([
    ['latchkey.yaml', 'mutant: accept-revoked\n'],
    ['latchkey.yml', 'mutant: none\n'],
    ['latchkey.yaml', 'mutant:\n'],
    ['latchkey.json', '{"mutant":"accept-revoked@rockset"}'],
    ['latchkey.json', '{"mutant":["accept-revoked"]}'],
  ])('one in a file: %s with %j', async (name, content) => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-mutant-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, name), content);
    const problem = `${name}: mutant is refused: a file lies about for longer than a command line: use --mutant or LATCHKEY_MUTANT`;
    expect(await problems([], {}, folder)).toEqual([problem]);
    // It is not passed over either where a flag would win.
    expect(await problems(['--mutant', 'none'], {}, folder)).toEqual([problem]);
  });
});

test('the words of each say what it does', () => {
  const words = mutantNames.map((name) => `${settingOf({ name, provider: 'kps' })}: ${warningOf({ name, provider: 'kps' })}`);
  expect(words).toEqual([
    'accept-expired@kps: accepts on purpose what kps refuses',
    'accept-revoked@kps: accepts on purpose what kps refuses',
    'accept-suspended@kps: accepts on purpose what kps refuses',
    'accept-unknown@kps: accepts on purpose what kps refuses',
    'accept-missing@kps: accepts on purpose what kps refuses',
    'ignore-role@kps: accepts on purpose what kps refuses',
    'ignore-tenant@kps: accepts on purpose what kps refuses',
    'ignore-owner@kps: accepts on purpose what kps refuses',
    'ignore-revoke@kps: errs on purpose: a revocation is answered and not done',
    'lose-new-key@kps: errs on purpose: a new key is answered and does not work',
    'widen-grants@kps: errs on purpose: a new key may do more than was asked for',
    'accept-malformed@kps: accepts on purpose what kps refuses',
    'expire-late@kps: accepts on purpose what kps refuses',
    'expire-early@kps: errs on purpose: a key is refused at its last instant',
    'ignore-suspend@kps: errs on purpose: a suspension is answered and not done',
    'ignore-expiry@kps: errs on purpose: an expiry is answered and not stored',
    "revoke-siblings@kps: errs on purpose: a revocation takes the owner's newer keys with it",
    'accept-other-provider@kps: accepts on purpose what kps refuses',
  ]);
  expect(warningOf({ name: 'accept-expired', provider: null })).toBe('accepts on purpose what a provider refuses');
  expect(warningOf({ name: 'none', provider: null })).toBe('records which mutants would act, and changes nothing');
});
