import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { bundledProgram, bundledSqlite, deferred, listedProviders, requiredHttp } from './bundle-plugins.ts';
import { cacheFileOf } from './code-cache.ts';
import { writeLicences } from './licences.ts';
import { writeTypes } from './types.ts';

const root = join(import.meta.dirname, '..');
const outdir = join(root, 'dist');

/** Packages with native code or page files of their own stay outside the bundle. They are the package's only dependencies. */
const { dependencies, peerDependencies }: { readonly dependencies: object; readonly peerDependencies: object } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

/** The modules that test runners load. */
const testing = ['vitest', 'jest', 'node-test', 'testcontainers'].map((name) => `src/testing/${name}.ts`);

async function bundle(options: BuildOptions): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node22',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
    ...options,
    metafile: true,
  });
  return metafile;
}

/** Bundles the command's first file. */
function bundleCommand(): Promise<Metafile> {
  return bundle({ entryPoints: ['src/cli.ts'], format: 'esm', plugins: [bundledProgram, requiredHttp] });
}

/** Bundles the modules that users import: the library, and those for test runners. */
function bundleLibrary(): Promise<Metafile> {
  return bundle({
    entryPoints: ['src/library.ts', ...testing],
    entryNames: '[name]',
    splitting: true,
    format: 'esm',
    external: Object.keys(peerDependencies),
    plugins: [bundledProgram, requiredHttp],
  });
}

/** Bundles the module for Jest once more, as CommonJS: by default, Jest's tests cannot load ES modules. */
function bundleForJest(): Promise<Metafile> {
  return bundle({
    entryPoints: ['src/testing/jest.ts'],
    entryNames: '[name]',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname' },
    // Jest prints the line that threw.
    minifyWhitespace: false,
  });
}

/**
 * Bundles everything else. Reading one file instead of a thousand makes the start three times faster. It is a script, not an ES
 * module, because V8's compiled code can be kept only for scripts.
 */
function bundleProgram(): Promise<Metafile> {
  return bundle({
    entryPoints: { main: 'scripts/bundled-program.ts' },
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    // The SQLite module is bundled without its native code: see `bundledSqlite`.
    external: Object.keys(dependencies).filter((name) => name !== 'better-sqlite3'),
    plugins: [listedProviders, deferred, bundledSqlite],
    define: { 'import.meta.dirname': '__dirname' },
  });
}

/**
 * Starts the bundle once, and keeps V8's compiled code of every function that the start and a first answer call. If the bundle
 * cannot start here (without a `migrations` folder, for example), it still works, and only starts slower.
 */
async function writeCodeCache(): Promise<void> {
  const writer = join(root, 'scripts', 'write-code-cache.ts');
  const child = fork(writer, [outdir], { cwd: outdir, env: {}, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  child.stdout?.once('data', (announcement) => {
    const url = /http:\/\/\S+/.exec(String(announcement))?.[0];
    fetch(`${url}/health`).then(
      () => child.send('write'),
      () => child.kill(),
    );
  });
  await ended;
  if (!existsSync(cacheFileOf(outdir))) console.warn('the command was built without its code cache: it will start slower');
}

rmSync(outdir, { recursive: true, force: true });
const metafiles = [await bundleCommand(), await bundleLibrary(), await bundleForJest(), await bundleProgram()];
writeLicences(metafiles, root, join(outdir, 'THIRD-PARTY-LICENSES.txt'));
await writeCodeCache();
if (!process.argv.includes('--no-types')) writeTypes(root, outdir);
