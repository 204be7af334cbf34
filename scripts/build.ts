import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { writeLicences } from './licences.ts';

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
 * What has native code or page files of its own stays outside: those are the package's dependencies, and nothing else is.
 */
async function bundle(): Promise<void> {
  const { dependencies }: { readonly dependencies: object } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const outdir = join(root, 'dist');
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/cli.ts', 'src/library.ts'],
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    external: Object.keys(dependencies),
    plugins: [listedProviders, requiredHttp],
    // Bundled CommonJS modules ask for Node's own by `require`, which an ES module does not have.
    banner: {
      js: "import { createRequire as createRequireOf } from 'node:module'; const require = createRequireOf(import.meta.url);",
    },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  writeLicences(metafile, root, join(outdir, 'THIRD-PARTY-LICENSES.txt'));
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

await bundle();
if (!process.argv.includes('--no-types')) declare();
