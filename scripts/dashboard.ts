import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile, type OutputFile } from 'esbuild';
import { readVersion } from '../src/package.ts';

/** A file of the page as the server knows it: its name does not come from a request. */
interface PageFile {
  readonly type: string;
  readonly etag: string;
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

/**
 * Bundles the dashboard into `outdir`: one classic script, which a browser loads without an Origin, one stylesheet, both with a
 * hash in their names, and `index.html` that names them, each zipped; and `files.json`, the list of what may be served.
 */
export async function bundleDashboard(root: string, outdir: string): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { app: 'src/dashboard/app.tsx', style: 'src/dashboard/style.css' },
    outdir,
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryNames: '[name]-[hash]',
    define: { PAGE_VERSION: JSON.stringify(readVersion()) },
    legalComments: 'none',
    logLevel: 'warning',
  });
  mkdirSync(outdir, { recursive: true });
  const named = new Map(outputFiles.map((file) => [nameOf(file), file.text]));
  const page = readFileSync(join(root, 'src', 'dashboard', 'index.html'), 'utf8')
    .replace('{{style}}', withEnding(named, '.css'))
    .replace('{{script}}', withEnding(named, '.js'));
  const files = [...named, ['index.html', page] as const].map(([name, text]) => [name, written(outdir, name, text)] as const);
  writeFileSync(join(outdir, 'files.json'), JSON.stringify(Object.fromEntries(files)));
  return metafile;
}

function written(outdir: string, name: string, text: string): PageFile {
  writeFileSync(join(outdir, `${name}.gz`), gzipSync(text, { level: 9 }));
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  // Weak: it is the same for both spellings.
  return { type: types[name.replace(/^.*\./, '')] ?? 'application/octet-stream', etag: `W/"${hash}"` };
}

function nameOf({ path }: OutputFile): string {
  return path.replace(/^.*[\\/]/, '');
}

function withEnding(named: ReadonlyMap<string, string>, ending: string): string {
  const name = [...named.keys()].find((one) => one.endsWith(ending));
  if (name === undefined) throw new Error(`the dashboard was built without a file that ends in ${ending}`);
  return name;
}
