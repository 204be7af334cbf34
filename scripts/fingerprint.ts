import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from 'node:process';
import { fingerprintFile } from './fingerprint-file.ts';

/** What the build reads: folders, and files. */
const sources = ['src', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.library.json'];

/** The file that says what a build was made from; a package has it too. */
export function fingerprintFileOf(outdir: string): string {
  return join(outdir, fingerprintFile);
}

/** A hash of all that a build depends on, the Node.js that wrote its code cache too. */
export function fingerprintOf(root: string): string {
  const hash = createHash('sha256').update(version);
  for (const file of sources.flatMap((source) => filesOf(root, source)))
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** Whether a build is there that was made from what is there now. */
export function isUpToDate(root: string, outdir: string): boolean {
  const file = fingerprintFileOf(outdir);
  return existsSync(file) && readFileSync(file, 'utf8') === fingerprintOf(root);
}

function filesOf(root: string, source: string): readonly string[] {
  if (!existsSync(join(root, source))) return [];
  if (source.includes('.')) return [source];
  const entries = readdirSync(join(root, source), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    .sort();
}
