import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Replaces the module that reads the provider folders from the disk by a list of them: a bundle has no folders. */
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
 * Gets `node:http` and `node:https` from the process: importing `node:http` as an ES module evaluates every export, one of which loads the whole of
 * undici, and that takes a third of the start.
 */
export const requiredHttp: Plugin = {
  name: 'required-http',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:https?$/ }, ({ path }) => ({ path, namespace: 'required' }));
    onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};

/**
 * Modules that others require when they are loaded, and call later or never, with the functions that are called: 15 ms of
 * the start. Ajv is needed only for a body or for a schema with alternatives, semver only for plugins of other packages.
 */
const calledLater: readonly { readonly by: RegExp; readonly module: string; readonly functions: readonly string[] }[] = [
  { by: /[\\/]fastify[\\/]lib[\\/]server\.js$/, module: 'node:https', functions: ['createServer'] },
  { by: /[\\/]fastify[\\/]lib[\\/]server\.js$/, module: 'node:http2', functions: ['createServer', 'createSecureServer'] },
  { by: /[\\/]fastify[\\/]lib[\\/]plugin-utils\.js$/, module: 'semver', functions: ['coerce', 'gt', 'satisfies'] },
  { by: /[\\/]fast-json-stringify[\\/]index\.js$/, module: './lib/validator', functions: ['escapeRefForAjv'] },
  { by: /[\\/]src[\\/]http[\\/]compilers\.ts$/, module: 'ajv', functions: ['Ajv'] },
];

/** Replaces those by functions that load the module on their first call. */
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
 * Bundles the SQLite module too: finding and compiling its twenty files would take a twentieth of the start. It is told where
 * its native code is.
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

/** Modules that are in the bundle of the program, the file that imports each, and what that file imports instead. */
const bundled: readonly { readonly module: string; readonly by: string; readonly instead: string }[] = [
  { module: './cli/main.ts', by: 'cli.ts', instead: 'bundled-main.ts' },
  { module: './server/serve.ts', by: 'library.ts', instead: 'bundled-serve.ts' },
  { module: './yaml-file.ts', by: 'sources.ts', instead: 'bundled-yaml.ts' },
];

/** Makes the command and the library use the one bundle of the program beside them. */
export const bundledProgram: Plugin = {
  name: 'bundled-program',
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ path, importer }) => {
      const known = bundled.find(({ module, by }) => module === path && importer.endsWith(by));
      return known === undefined ? undefined : { path: join(import.meta.dirname, known.instead) };
    });
  },
};
