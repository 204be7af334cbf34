import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { bundledSqlite, cachedMain, deferred, listedProviders, requiredHttp } from './bundle-plugins.ts';
import { cacheFileOf } from './code-cache.ts';

const root = join(import.meta.dirname, '..');
const outdir = join(root, 'dist');

/** What has page files of its own stays outside. */
const pages = ['@fastify/swagger', '@fastify/swagger-ui'];

const common: BuildOptions = {
  absWorkingDir: root,
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node22',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** Bundles the library, whose users import it as an ES module. */
async function bundleLibrary(): Promise<void> {
  await build({
    ...common,
    entryPoints: ['src/library.ts'],
    splitting: true,
    format: 'esm',
    external: ['better-sqlite3', ...pages],
    plugins: [listedProviders, deferred, requiredHttp],
    // Bundled CommonJS modules ask for Node's own by `require`, which an ES module does not have.
    banner: {
      js: "import { createRequire as createRequireOf } from 'node:module'; const require = createRequireOf(import.meta.url);",
    },
  });
}

/**
 * Bundles the command: one file to read instead of a thousand makes the start three times faster. That file is a script,
 * not an ES module, because of a script alone V8's code can be kept.
 */
async function bundleCommand(): Promise<void> {
  await build({ ...common, entryPoints: ['src/cli.ts'], format: 'esm', plugins: [cachedMain, requiredHttp] });
  await build({
    ...common,
    entryPoints: ['src/main.ts'],
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    external: pages,
    plugins: [listedProviders, deferred, bundledSqlite],
    define: { 'import.meta.dirname': '__dirname' },
  });
}

/**
 * Starts what was bundled once, and keeps V8's code of what the start and a first answer call. Where it cannot start (there
 * is no `migrations` folder, say) it is none the worse, only slower.
 */
async function writeCodeCache(): Promise<void> {
  const writer = join(root, 'scripts', 'write-code-cache.ts');
  const child = fork(writer, [outdir], { cwd: outdir, env: {}, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  child.stdout?.once('data', async (announcement) => {
    const url = /http:\/\/\S+/.exec(String(announcement))?.[0];
    await (await fetch(`${url}/health`)).text();
    child.send('write');
  });
  await ended;
  if (!existsSync(cacheFileOf(outdir))) console.warn('the command was built without its code cache: it will start slower');
}

/**
 * Writes the types of the library: the few files that its own ones name. They are emitted from the sources, so that they say
 * what the sources say.
 */
function declare(): void {
  const emitted = mkdtempSync(join(tmpdir(), 'latchkey-types-'));
  const options = ['--noEmit', 'false', '--emitDeclarationOnly', '--declaration', '--outDir', emitted, '--rootDir', 'src'];
  execFileSync(
    process.execPath,
    [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.library.json', ...options],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  for (const name of ['library', 'client/types', 'client/error']) {
    const text = readFileSync(join(emitted, `${name}.d.ts`), 'utf8').replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'");
    mkdirSync(dirname(join(root, 'dist', name)), { recursive: true });
    writeFileSync(join(root, 'dist', `${name}.d.ts`), text);
  }
  rmSync(emitted, { recursive: true });
}

rmSync(outdir, { recursive: true, force: true });
await bundleLibrary();
await bundleCommand();
await writeCodeCache();
if (!process.argv.includes('--no-types')) declare();
