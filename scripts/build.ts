import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { cacheFileOf } from './code-cache.ts';

const root = join(import.meta.dirname, '..');
const outdir = join(root, 'dist');

/** Writes the list of provider folders in the place of the module that reads them from the disk: a bundle has no folders. */
const listedProviders: Plugin = {
  name: 'listed-providers',
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]providers[\\/]index\.ts$/ }, ({ path }) => {
      const folder = join(path, '..');
      const names = readdirSync(folder)
        .filter((name) => existsSync(join(folder, name, 'index.ts')))
        .sort();
      const imports = names.map((name, index) => `import provider${index} from ${JSON.stringify(`./${name}/index.ts`)};`);
      const list = names.map((_, index) => `provider${index}`).join(', ');
      return {
        contents: `${imports.join('\n')}\nexport async function loadProviders() { return [${list}]; }\n`,
        loader: 'ts',
        resolveDir: folder,
      };
    });
  },
};

/**
 * Asks the process for `node:http`: importing it as an ES module touches every export, and one of them loads the whole of
 * undici, which is a third of the start.
 */
const requiredHttp: Plugin = {
  name: 'required-http',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:http$/ }, ({ path }) => ({ path, namespace: 'required' }));
    onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};

/**
 * What modules ask for as they are loaded and call, if ever, later on, with the functions that they know of it: 15 ms of the
 * start. Only where a body is looked at, or a schema has alternatives, Ajv is needed, only for plugins from outside semver.
 */
const calledLater: readonly { readonly by: RegExp; readonly module: string; readonly functions: readonly string[] }[] = [
  { by: /[\\/]fastify[\\/]lib[\\/]server\.js$/, module: 'node:https', functions: ['createServer'] },
  { by: /[\\/]fastify[\\/]lib[\\/]server\.js$/, module: 'node:http2', functions: ['createServer', 'createSecureServer'] },
  { by: /[\\/]fastify[\\/]lib[\\/]plugin-utils\.js$/, module: 'semver', functions: ['coerce', 'gt', 'satisfies'] },
  { by: /[\\/]fast-json-stringify[\\/]index\.js$/, module: './lib/validator', functions: ['escapeRefForAjv'] },
  { by: /[\\/]src[\\/]http[\\/]compilers\.ts$/, module: 'ajv', functions: ['Ajv'] },
];

/** Gives functions that load those on their first call, and then are theirs. */
const deferred: Plugin = {
  name: 'deferred',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /.*/ }, ({ path, importer, resolveDir, namespace }) => {
      const known = calledLater.find(({ by, module }) => module === path && by.test(importer));
      if (known === undefined || namespace !== 'file') return undefined;
      return { path: `${path} of ${importer}`, namespace: 'deferred', pluginData: { ...known, resolveDir } };
    });
    onLoad({ filter: /.*/, namespace: 'deferred' }, ({ pluginData: { module, functions, resolveDir } }) => ({
      contents: `
        const load = () => require(${JSON.stringify(module)});
        const later = (find) => function (...given) { return new.target ? Reflect.construct(find(), given) : find()(...given); };
        module.exports = later(load);
        for (const name of ${JSON.stringify(functions)}) module.exports[name] = later(() => load()[name]);`,
      loader: 'js',
      resolveDir,
    }));
  },
};

/** Puts the bundle of `src/main.ts`, with its code cache, in the place of that. */
const cachedMain: Plugin = {
  name: 'cached-main',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/main\.ts$/ }, ({ importer }) =>
      importer.endsWith('cli.ts') ? { path: join(root, 'scripts', 'cached-main.ts') } : undefined,
    );
  },
};

/** What has native code or page files of its own stays outside. */
const common: BuildOptions = {
  absWorkingDir: root,
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node22',
  external: ['better-sqlite3', '@fastify/swagger', '@fastify/swagger-ui'],
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
    plugins: [listedProviders, deferred],
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
