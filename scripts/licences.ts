import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: unknown;
}

/** Writes the licence of every package whose code is in a bundle: it has to be passed on with the code. */
export function writeLicences(metafiles: readonly Metafile[], root: string, file: string): void {
  // A set: a package that is installed twice in one version is named once.
  const parts = new Set(
    metafiles.flatMap((metafile) => [...bundledFolders(metafile)]).map((folder) => licenceOf(join(root, folder))),
  );
  const text = [...parts].sort().map((part) => `${'-'.repeat(80)}\n${part}\n`);
  writeFileSync(
    file,
    `latchkey holds code of the packages below, each under the licence that follows its name.\n\n${text.join('\n')}`,
  );
}

/** The folders of the packages of which any code is left after unused code was dropped. */
function bundledFolders({ outputs }: Metafile): ReadonlySet<string> {
  const files = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  // Modules of a plugin have names like `required:node:http`.
  const folders = files
    .filter((file) => !/^[a-z]+:/.test(file))
    .map((file) => /^(.*\/)?node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  return new Set(folders.filter((folder) => folder !== undefined));
}

/** Throws an Error for a package without a licence. */
function licenceOf(folder: string): string {
  const { name, version, license, author }: Package = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (texts.length === 0 && license === undefined) throw new Error(`${name} ${version} is bundled, but names no licence`);
  const authors = typeof author === 'string' ? author : JSON.stringify(author);
  const text = texts.length > 0 ? texts.join('\n\n') : `It comes without the text of its licence. Its author: ${authors}`;
  return `${name} ${version} (${license})\n\n${text}`;
}
