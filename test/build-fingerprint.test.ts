import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fingerprintFileOf, fingerprintOf, isUpToDate } from '../scripts/fingerprint.ts';

test('found 3.11: a start builds only if there is no build, or if its source has changed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-fingerprint-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const dist = join(folder, 'dist');
  for (const part of ['src/cli', 'scripts', 'dist']) mkdirSync(join(folder, part), { recursive: true });
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write('src/cli/main.ts', 'one');
  write('package.json', '{}');
  expect(isUpToDate(folder, dist)).toBe(false);
  const note = () => writeFileSync(fingerprintFileOf(dist), fingerprintOf(folder));
  note();
  expect(isUpToDate(folder, dist)).toBe(true);
  for (const [file, text] of [
    ['src/cli/main.ts', 'two'],
    ['src/cli/new.ts', ''],
    ['package.json', '{"a":1}'],
    ['scripts/build.ts', ''],
  ] as const) {
    write(file, text);
    expect(isUpToDate(folder, dist)).toBe(false);
    note();
    expect(isUpToDate(folder, dist)).toBe(true);
  }
  write('README.md', 'not part of the build');
  expect(isUpToDate(folder, dist)).toBe(true);
});
