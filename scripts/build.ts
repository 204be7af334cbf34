import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');

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
 * Asks for `node:http` by `require`: importing it as an ES module touches every export, and one of them loads the whole
 * of undici, which is a third of the start.
 */
const requiredHttp: Plugin = {
  name: 'required-http',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:http$/ }, ({ kind, path }) =>
      kind === 'require-call' ? { path, external: true } : { path, namespace: 'required' },
    );
    onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};

/**
 * Bundles the command into `dist/`: one file to read instead of a thousand makes the start three times faster.
 * What has native code or page files of its own stays outside.
 */
async function bundle(): Promise<void> {
  const outdir = join(root, 'dist');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['src/cli.ts'],
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    external: ['better-sqlite3', '@fastify/swagger', '@fastify/swagger-ui'],
    plugins: [listedProviders, requiredHttp],
    // Bundled CommonJS modules ask for Node's own by `require`, which an ES module does not have.
    banner: {
      js: "import { createRequire as createRequireOf } from 'node:module'; const require = createRequireOf(import.meta.url);",
    },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
}

await bundle();
