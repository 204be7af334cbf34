import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The entries of the package that have types, and those that have types for CommonJS too. */
const entries = ['library', 'testing/vitest', 'testing/jest', 'testing/node-test', 'testing/testcontainers'];
const requiredEntries = ['testing/jest'];

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
  copyTypes(emitted, outdir, requiredEntries, 'cjs');
  rmSync(emitted, { recursive: true });
}

/** Copies emitted types, and those that they import, for modules with this ending. */
function copyTypes(emitted: string, outdir: string, names: readonly string[], ending: 'js' | 'cjs'): void {
  for (const name of namedBy(emitted, names)) {
    const text = readFileSync(join(emitted, `${name}.d.ts`), 'utf8');
    const file = join(outdir, `${name}.d.${ending.replace('js', 'ts')}`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text.replaceAll(/(from '\.[^']*)\.ts'/g, `$1.${ending}'`));
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
