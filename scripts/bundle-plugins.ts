import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Writes the list of provider folders in the place of the module that reads them from the disk: a bundle has no folders. */
export const listedProviders: Plugin = {
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
export const requiredHttp: Plugin = {
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
export const deferred: Plugin = {
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

/**
 * Bundles the SQLite module too, which is twenty files to find and compile, a twentieth of the start, and tells it where its
 * native code still lies.
 */
export const bundledSqlite: Plugin = {
  name: 'bundled-sqlite',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^better-sqlite3$/ }, ({ kind, path }) =>
      kind === 'require-resolve' ? { path, external: true } : undefined,
    );
    onLoad({ filter: /better-sqlite3[\\/]lib[\\/]binding\.js$/ }, ({ path }) => ({
      contents: `const home = require('path').dirname(require.resolve('better-sqlite3'));
        ${readFileSync(path, 'utf8').replaceAll('__dirname', 'home')}`,
      loader: 'js',
    }));
  },
};

/** What is in the bundle of the program, which lies beside, and what asks for it there. */
const bundled: readonly { readonly module: string; readonly by: string; readonly instead: string }[] = [
  { module: './cli/main.ts', by: 'cli.ts', instead: 'bundled-main.ts' },
  { module: './server/serve.ts', by: 'library.ts', instead: 'bundled-serve.ts' },
];

/** Puts the bundle of the program in the place of what is in it: it is there once, for the command and for the library. */
export const bundledProgram: Plugin = {
  name: 'bundled-program',
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ path, importer }) => {
      const known = bundled.find(({ module, by }) => module === path && importer.endsWith(by));
      return known === undefined ? undefined : { path: join(import.meta.dirname, known.instead) };
    });
  },
};
