import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import {
  assertionsLater,
  type Beside,
  bundledProgram,
  bundledSqlite,
  compiledOnce,
  deferred,
  listedProviders,
  oneNotFoundTree,
  propertiesFirst,
  requiredBuiltins,
  routesTogether,
  setBeside,
  usedTypes,
} from './bundle-plugins.ts';
import { cacheFileOf } from './code-cache.ts';
import { bundleDashboard } from './dashboard.ts';
import { fingerprintFileOf, fingerprintOf, isUpToDate } from './fingerprint.ts';
import { writeLicences } from './licences.ts';
import { writeTypes } from './types.ts';

const root = join(import.meta.dirname, '..');
const outdir = join(root, 'dist');

/** Packages with native code, or with files of their own to serve, stay outside the bundle: these are the dependencies. */
const { dependencies, peerDependencies }: { readonly dependencies: object; readonly peerDependencies: object } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

/** The entries for test runners. */
const testing = ['vitest', 'vitest-global-setup', 'jest', 'jest-global-setup', 'node-test', 'testcontainers'].map(
  (name) => `src/testing/${name}.ts`,
);

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

/** Bundles the command's entry as one file. */
function bundleCommand(): Promise<Metafile> {
  return bundle({ entryPoints: ['src/cli.ts'], format: 'esm', plugins: [bundledProgram, requiredBuiltins] });
}

/** Bundles what users import: the library and the entries for test runners. */
function bundleLibrary(): Promise<Metafile> {
  return bundle({
    entryPoints: ['src/library.ts', ...testing],
    entryNames: '[name]',
    splitting: true,
    format: 'esm',
    external: Object.keys(peerDependencies),
    plugins: [bundledProgram, requiredBuiltins],
  });
}

/**
 * Bundles them once more as CommonJS: jest's tests cannot load ES modules. They are one file, because CommonJS is not split, in
 * which an entry is evaluated when the small file with its name asks for it.
 */
async function bundleForRequire(library: Metafile): Promise<Metafile> {
  const entries = ['src/library.ts', ...testing].map((file) => ({ name: basename(file, '.ts'), file }));
  const metafile = await bundle({
    stdin: {
      contents: entries.map(({ name, file }) => `exports['${name}'] = () => require('./${file}');`).join('\n'),
      resolveDir: root,
    },
    entryNames: 'required',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    external: Object.keys(peerDependencies),
    plugins: [bundledProgram],
    define: { 'import.meta.dirname': '__dirname' },
    // jest prints the line that threw.
    minifyWhitespace: false,
  });
  for (const { name } of entries) writeFileSync(join(outdir, `${name}.cjs`), entryOf(name, exportsOf(library, name)));
  return metafile;
}

/** What an entry of the library exports, as its ES module says. */
function exportsOf({ outputs }: Metafile, name: string): readonly string[] {
  return outputs[`dist/${name}.js`]?.exports ?? [];
}

/** The small file: it names its exports, so that Node and compilers need not run it to know them. */
function entryOf(name: string, exported: readonly string[]): string {
  const lines = exported.map((one) => `exports.${one} = entry.${one};`);
  return [
    `const entry = require('./required.cjs')['${name}']();`,
    `Object.defineProperty(exports, '__esModule', { value: true });`,
    ...lines,
    '',
  ].join('\n');
}

/**
 * Bundles the program itself. One file to read instead of a thousand makes the start three times faster. It is a script, not
 * an ES module, because V8 can only cache the code of a script.
 */
async function bundleProgram(): Promise<readonly Metafile[]> {
  const beside: Beside = new Map();
  const program = await bundle({
    ...programOptions,
    // The thread that checks large snapshots is a script of its own.
    entryPoints: { main: 'scripts/bundled-program.ts', 'snapshot-worker': 'src/store/snapshot-worker.ts' },
    plugins: [
      listedProviders,
      deferred,
      setBeside(beside),
      compiledOnce,
      oneNotFoundTree,
      routesTogether,
      propertiesFirst,
      usedTypes,
      assertionsLater,
      bundledSqlite,
    ],
  });
  return [program, ...(await Promise.all([...beside].map(([group, modules]) => bundleBeside(group, modules))))];
}

const programOptions: BuildOptions = {
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  // Of the SQLite module only the native code stays outside; see `bundledSqlite`.
  external: Object.keys(dependencies).filter((name) => name !== 'better-sqlite3'),
  // `import()` in a script that V8 runs from its cache makes Node print a warning.
  supported: { 'dynamic-import': false },
  define: { 'import.meta.dirname': '__dirname' },
};

/** Bundles what the program loads only when it needs it; see `setBeside`. */
function bundleBeside(group: string, modules: ReadonlyMap<string, string>): Promise<Metafile> {
  const exported = [...modules].map(
    ([name, file]) => `exports[${JSON.stringify(name)}] = () => require(${JSON.stringify(file)});`,
  );
  return bundle({
    ...programOptions,
    stdin: { contents: exported.join('\n'), resolveDir: root },
    outdir: join(outdir, 'beside'),
    entryNames: group,
    // Names of packages' own functions help nobody, and take a tenth of what is downloaded.
    minifyIdentifiers: true,
  });
}

/**
 * Starts the bundled command once and keeps V8's code of the functions that the start and a first answer call. Where the
 * command cannot start (without a `migrations` folder, say) it works all the same, but starts more slowly.
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
  if (!existsSync(cacheFileOf(outdir))) console.warn('the command was built without its code cache: it will start more slowly');
}

/** Builds everything, and notes last what it was made from: a build that was interrupted is made again. */
async function buildAll(): Promise<void> {
  rmSync(outdir, { recursive: true, force: true });
  const fingerprint = fingerprintOf(root);
  const library = await bundleLibrary();
  const metafiles = [
    await bundleCommand(),
    library,
    await bundleForRequire(library),
    ...(await bundleProgram()),
    await bundleDashboard(root, join(outdir, 'dashboard')),
  ];
  writeLicences(metafiles, root, join(outdir, 'THIRD-PARTY-LICENSES.txt'));
  await writeCodeCache();
  if (!process.argv.includes('--no-types')) writeTypes(root, outdir);
  writeFileSync(fingerprintFileOf(outdir), fingerprint);
}

if (!process.argv.includes('--if-changed')) {
  await buildAll();
} else if (!isUpToDate(root, outdir)) {
  console.error(
    `latchkey: ${existsSync(outdir) ? 'its source has changed' : 'it is not built yet'}: building it, which takes some seconds`,
  );
  await buildAll();
}
