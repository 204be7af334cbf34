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
 * Gets Node's own modules from the process: importing one as an ES module evaluates its every export, and so loads what no start needs. One
 * export of `node:http` loads the whole of undici, which takes a third of the start; those of `node:fs` and `node:util` take 5 %.
 */
export const requiredBuiltins: Plugin = {
  name: 'required-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'required' }));
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
  { by: /[\\/]src[\\/]http[\\/]compilers\.ts$/, module: 'fast-json-stringify', functions: [] },
  { by: /[\\/]pino[\\/](pino|lib[\\/]tools)\.js$/, module: './lib/transport', functions: [] },
  { by: /[\\/]pino[\\/](pino|lib[\\/]tools)\.js$/, module: './transport', functions: [] },
  { by: /[\\/]src[\\/].*\.ts$/, module: 'ajv', functions: ['Ajv'] },
  { by: /[\\/]src[\\/].*\.ts$/, module: 'node:zlib', functions: ['gunzip', 'gzip'] },
  { by: /[\\/]src[\\/].*\.ts$/, module: 'node:v8', functions: ['setFlagsFromString'] },
  { by: /[\\/]src[\\/]store[\\/]snapshot-thread\.ts$/, module: 'node:worker_threads', functions: ['Worker'] },
  { by: /[\\/]src[\\/].*\.ts$/, module: 'node:timers/promises', functions: ['setTimeout'] },
  { by: /[\\/]scripts[\\/]bundled-program\.ts$/, module: '../src/config/yaml-file.ts', functions: ['readYamlFile'] },
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

/** Text of a module of a package and what to put in its place. Throws if the package is no longer written so. */
function replaceIn(
  path: string,
  replacements: readonly (readonly [old: string, by: string])[],
): { contents: string; loader: 'js' } {
  let contents = readFileSync(path, 'utf8');
  for (const [old, by] of replacements) {
    if (!contents.includes(old)) throw new Error(`${path} no longer has ${JSON.stringify(old)}: change the plugin, or remove it`);
    contents = contents.replaceAll(old, by);
  }
  return { contents, loader: 'js' };
}

/**
 * Makes the router compile what a request needs instead of all that it might need: it makes functions from text for each node of
 * its trees, of which there is one for each method. Where it calls them at once, it remembers them, because most texts are the
 * same. 5 % of the start.
 */
export const compiledOnce: Plugin = {
  name: 'compiled-once',
  setup({ onLoad }) {
    onLoad({ filter: /find-my-way[\\/]lib[\\/]node\.js$/ }, ({ path }) => {
      const later = `
        function compilePrefixMatch (prefix) {
          if (prefix.length === 1) return matchSingleCharPrefix
          let match
          return (path, i) => (match ??= compileNow(prefix))(path, i)
        }
        function compileNow (prefix) {`;
      return replaceIn(path, [['function compilePrefixMatch (prefix) {', later]]);
    });
    onLoad({ filter: /find-my-way[\\/]lib[\\/]handler-storage\.js$/ }, ({ path }) => {
      const remembering = `
        const compiled = new Map();
        function compile(...parts) {
          const text = parts.join('\\n');
          if (!compiled.has(text)) compiled.set(text, new Function(...parts));
          return compiled.get(text);
        }
        class HandlerStorage`;
      return replaceIn(path, [
        ['new Function(', 'compile('],
        ['class HandlerStorage', remembering],
      ]);
    });
  },
};

/**
 * Makes Fastify's router of what is not found keep one tree instead of one for each of the 35 methods: its handlers never depend on
 * the method, and 630 of the 870 routes that a start adds are theirs. 5 % of the start.
 */
export const oneNotFoundTree: Plugin = {
  name: 'one-not-found-tree',
  setup({ onLoad }) {
    onLoad({ filter: /fastify[\\/]lib[\\/]four-oh-four\.js$/ }, ({ path }) => {
      const oneTree = `
        const oneTree = {
          lookup(req, res) {
            const found = router.find('GET', req.url);
            if (found === null) return router.defaultRoute(req, res);
            return found.handler(req, res, found.params, found.store, found.searchParams);
          },
          compile: () => router.compile(),
        };
        return { router: oneTree, setNotFoundHandler,`;
      return replaceIn(path, [
        ['router.all(', "router.on('GET', "],
        ['return { router, setNotFoundHandler,', oneTree],
      ]);
    });
  },
};

/**
 * Makes Fastify do once for a scope what it does for each route: it waits for the scope to be loaded, and binds the scope's hooks.
 * It also looks for a HEAD route only where it would add one. 5 % of the start.
 */
export const routesTogether: Plugin = {
  name: 'routes-together',
  setup({ onLoad }) {
    onLoad({ filter: /fastify[\\/]lib[\\/]route\.js$/ }, ({ path }) => {
      const helpers = `
        const waiting = new WeakMap();
        function afterLoading(scope, finish) {
          const others = waiting.get(scope);
          if (others !== undefined) return void others.push(finish);
          const all = [finish];
          waiting.set(scope, all);
          scope.after((error, done) => {
            waiting.delete(scope);
            for (const one of all) one(error, () => {});
            done(error);
          });
        }
        const bound = new WeakMap();
        function boundHooks(scope, hooks) {
          if (!bound.has(hooks)) bound.set(hooks, hooks.map((hook) => hook.bind(scope)));
          return bound.get(hooks);
        }
        function buildRouting (`;
      return replaceIn(path, [
        ['function buildRouting (', helpers],
        ['this.after((notHandledErr, done) => {', 'afterLoading(this, (notHandledErr, done) => {'],
        [
          `this[kHooks][hook]
              .concat(opts[hook] || [])
              .map(h => h.bind(this))`,
          'opts[hook] === undefined ? boundHooks(this, this[kHooks][hook]) : boundHooks(this, this[kHooks][hook].concat(opts[hook]))',
        ],
        [
          "router.findRoute('HEAD', opts.url, constraints)",
          "shouldExposeHead ? router.findRoute('HEAD', opts.url, constraints) : null",
        ],
      ]);
    });
  },
};

/** Makes Fastify look for a property where it is before it looks through the list of those that were declared. 2 % of a request. */
export const propertiesFirst: Plugin = {
  name: 'properties-first',
  setup({ onLoad }) {
    onLoad({ filter: /fastify[\\/]lib[\\/]request\.js$/ }, ({ path }) =>
      replaceIn(path, [
        [
          '!decorators.hasKey(request, name) && !decorators.exist(request, name)',
          '!decorators.exist(request, name) && !decorators.hasKey(request, name)',
        ],
      ]),
    );
  },
};

/**
 * Takes from TypeBox what the source uses of its `Type`: the rest, nine tenths of it, computes types from types and would be loaded with
 * it. 4 % of the start.
 */
export const usedTypes: Plugin = {
  name: 'used-types',
  setup({ onLoad }) {
    onLoad({ filter: /typebox[\\/]build[\\/]index\.mjs$/ }, () => ({
      contents: "import * as Type from './typebox.mjs'; export { Type };",
      loader: 'js',
    }));
    onLoad({ filter: /typebox[\\/]build[\\/]typebox\.mjs$/ }, ({ path }) => {
      const used = usedIn(join(import.meta.dirname, '..', 'src'));
      const exported = readFileSync(path, 'utf8').matchAll(/^export \{ (.+) \} from ('.+');$/gm);
      const lines = [...exported].flatMap(([, names = '', from]) => {
        const kept = names.split(', ').filter((name) => used.has(name));
        return kept.length === 0 ? [] : [`export { ${kept.join(', ')} } from ${from};`];
      });
      return { contents: lines.join('\n'), loader: 'js' };
    });
    onLoad({ filter: /typebox[\\/]build[\\/]type[\\/]types[\\/]_optional\.mjs$/ }, ({ path }) => {
      const own = `
        import { Memory } from '../../system/memory/index.mjs';
        const AddOptional = (type) => Memory.Update(type, { '~optional': true }, {});`;
      return replaceIn(path, [["import { AddOptional } from '../action/_add_optional.mjs';", own]]);
    });
  },
};

/** The members of `Type` that the files of a folder use. */
function usedIn(folder: string): ReadonlySet<string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const members = files.flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/\bType\.(\w+)/g)]);
  return new Set(members.map(([, member = '']) => member));
}

/**
 * Loads the assertions of Node.js when one fails: they load what prints to a terminal. 2 % of the start.
 */
export const assertionsLater: Plugin = {
  name: 'assertions-later',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?assert$/ }, ({ path, namespace }) =>
      namespace === 'file' ? { path, namespace: 'assertions' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'assertions' }, () => ({
      contents: `
        const load = () => process.getBuiltinModule('node:assert');
        const assert = (value, ...given) => value || load()(value, ...given);
        const later = new Proxy(assert, { get: (_, name) => name === 'ok' ? assert : load()[name] });
        module.exports = later;`,
      loader: 'js',
    }));
  },
};

/** What most starts never use: packages that lie beside the bundle of the program, each group in a file of its own. */
const rarelyUsed: Readonly<Record<string, RegExp>> = {
  // Its runtime is small, and used by code that was compiled before.
  ajv: /^ajv(?!\/dist\/runtime)(\/|$)/,
  metrics: /^prom-client$/,
  semver: /^semver$/,
  tls: /^(@peculiar\/x509|reflect-metadata)$/,
  yaml: /^yaml$/,
};

/** The modules of a group that the bundle of the program uses: the file of each, by the name by which it is required. */
export type Beside = Map<string, Map<string, string>>;

/** Takes those out of the bundle, which makes it a third smaller to read and to keep, and notes in `beside` what it found. */
export function setBeside(beside: Beside): Plugin {
  return {
    name: 'set-beside',
    setup(setUp) {
      const asked = { setBeside: true };
      setUp.onResolve({ filter: /^[@a-z]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        const group = Object.keys(rarelyUsed).find((name) => rarelyUsed[name]?.test(path));
        if (group === undefined || pluginData?.setBeside === true || kind === 'require-resolve') return undefined;
        const { path: file } = await setUp.resolve(path, { kind, importer, resolveDir, pluginData: asked });
        const modules = beside.get(group) ?? new Map<string, string>();
        beside.set(group, modules.set(path, file));
        return { path, namespace: 'beside', pluginData: group };
      });
      setUp.onLoad({ filter: /.*/, namespace: 'beside' }, ({ path, pluginData: group }) => ({
        contents: `module.exports = require(${JSON.stringify(`./beside/${group}.cjs`)})[${JSON.stringify(path)}]();`,
        loader: 'js',
      }));
      setUp.onResolve({ filter: /^\.\/beside\// }, ({ path }) => ({ path, external: true }));
    },
  };
}

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
