import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesLike } from '../../src/prove/files.ts';
import { stampsOf, testsIn, testsSince } from '../../src/prove/results.ts';

let folder = '';
const put = (name: string, text: string) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-results-'));
  for (const name of ['a.xml', 'b.txt', 'r/a.xml', 'r/ab.xml', 'r/s/c.xml', 'r/s/(d)+.xml', 'node_modules/m/e.xml'])
    put(name, '');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a pattern names files', () => {
  test.each([
    ['*.xml', ['a.xml']],
    ['./r/*.xml', ['r/a.xml', 'r/ab.xml']],
    ['r/a?.xml', ['r/ab.xml']],
    ['{a,b}.{xml,txt}', ['a.xml', 'b.txt']],
    ['**/*.xml', ['a.xml', 'r/a.xml', 'r/ab.xml', 'r/s/(d)+.xml', 'r/s/c.xml']],
    ['r/**', ['r/a.xml', 'r/ab.xml', 'r/s/(d)+.xml', 'r/s/c.xml']],
    ['r/**/s/*', ['r/s/(d)+.xml', 'r/s/c.xml']],
    ['r/s/(d)+.x*', ['r/s/(d)+.xml']],
    ['*/s/c.xml', ['r/s/c.xml']],
    ['r/s/c.xml', ['r/s/c.xml']],
    ['{a.xml', []],
    ['nowhere/*', []],
  ])('%s', async (pattern, expected) => {
    for (const [given, from] of [
      [pattern, folder],
      [join(folder, pattern), '/nowhere'],
    ] as const) {
      const found: string[] = [];
      // A name without a pattern need not exist.
      for await (const file of filesLike(given, from)) if (existsSync(file)) found.push(relative(folder, file));
      expect(found.toSorted()).toEqual(expected);
    }
  });
});

describe('tests are read from JUnit files', () => {
  test.each<[string, string, readonly object[]]>([
    [
      'node',
      `<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="d">
        <testcase name="a b" time="0.1" classname="d" file="/suite/t.mjs" failure="x"><failure type="t" message="x">at &lt;anonymous></failure></testcase>
        <testcase name="s" classname="d" file="/suite/t.mjs"><skipped/></testcase></testsuite>
        <testcase name="top" classname="test"/><!-- tests 3 --></testsuites>`,
      [
        { name: 't.mjs > a b', title: 'a b', hasFailed: true },
        { name: 'top', title: 'top', hasFailed: false },
      ],
    ],
    [
      'pytest',
      '<testsuites><testsuite name="pytest"><testcase classname="test_keys" name="test_revoked"><error message="x"/></testcase></testsuite></testsuites>',
      [{ name: 'test_keys > test_revoked', title: 'test_revoked', hasFailed: true }],
    ],
    ['cut off', '<testsuites><testcase name="a">', []],
    ['no XML', 'not ok 1', []],
    ['empty', '', []],
  ])('%s', (_runner, text, tests) => {
    expect(testsIn(text, '/suite')).toEqual(tests);
  });

  test('those that were written since, not older ones', async () => {
    put('j/old.xml', '<testcase name="old"/>');
    put('j/again.xml', '<testcase name="before"/>');
    const before = await stampsOf('j/*.xml', folder);
    put('j/again.xml', '<testcase name="after"/>');
    put('j/new.xml', '<testcase name="new"/>');
    const tests = await testsSince(before, 'j/*.xml', folder);
    expect(tests.map(({ name }) => name).toSorted()).toEqual(['after', 'new']);
  });
});
