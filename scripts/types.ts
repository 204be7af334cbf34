import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The entries of the package. Each has types for ES modules and for CommonJS. */
const entries = [
  'library',
  'testing/vitest',
  'testing/vitest-global-setup',
  'testing/jest',
  'testing/jest-global-setup',
  'testing/node-test',
  'testing/testcontainers',
];

/** What users need not have: the library of `using`, which older `lib` settings lack, and the package of Jest's `expect`. */
const additions: readonly (readonly [before: RegExp, addition: string])[] = [
  [/^(?=[\s\S]*Symbol\.asyncDispose)/, '/// <reference lib="esnext.disposable" />\n'],
  [/^(?=declare module 'expect')/m, '// @ts-ignore: a project without Jest does not have it.\n'],
];

/**
 * Writes the types of the library and of the entries for test runners, and of the few files that these import. They are
 * emitted from the sources, so that they cannot differ from them.
 */
export function writeTypes(root: string, outdir: string): void {
  const emitted = mkdtempSync(join(tmpdir(), 'latchkey-types-'));
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--noEmit', 'false', '--emitDeclarationOnly', '--declaration', '--outDir', emitted, '--rootDir', 'src'];
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.library.json', ...options], { cwd: root, stdio: 'inherit' });
  copyTypes(emitted, outdir, entries, 'js');
  copyTypes(emitted, outdir, entries, 'cjs');
  rmSync(emitted, { recursive: true });
}

/** Copies emitted types, and those that they import, for modules with this ending. */
function copyTypes(emitted: string, outdir: string, names: readonly string[], ending: 'js' | 'cjs'): void {
  for (const name of namedBy(emitted, names)) {
    const text = readFileSync(join(emitted, `${name}.d.ts`), 'utf8');
    const file = join(outdir, `${name}.d.${ending.replace('js', 'ts')}`);
    mkdirSync(dirname(file), { recursive: true });
    const whole = additions.reduce((written, [before, addition]) => written.replace(before, addition), text);
    writeFileSync(file, whole.replaceAll(/(from '\.[^']*)\.ts'/g, `$1.${ending}'`));
  }
}

/** These files and those that they import, by their paths without an ending. */
function namedBy(folder: string, names: readonly string[]): ReadonlySet<string> {
  const all = new Set(names);
  for (const name of all) {
    const text = readFileSync(join(folder, `${name}.d.ts`), 'utf8');
    for (const [, other = ''] of text.matchAll(/from '(\.[^']*)\.ts'/g)) all.add(join(dirname(name), other));
  }
  return all;
}
