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

/** What test runners load. */
const testing = Object.fromEntries(
  ['vitest', 'jest', 'node-test', 'testcontainers'].map((name) => [name, `src/testing/${name}.ts`]),
);

/**
 * Bundles the command into `dist/`: one file to read instead of a thousand makes the start three times faster.
 * What has native code or page files of its own stays outside: those are the package's dependencies, and nothing else is.
 */
async function bundle(): Promise<void> {
  const manifest: { readonly dependencies: object; readonly peerDependencies: object } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const outdir = join(root, 'dist');
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { cli: 'src/cli.ts', library: 'src/library.ts', ...testing },
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    external: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
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

/** What jest loads, once more as CommonJS: it gives its tests no ES modules. */
async function bundleForJest(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['src/testing/jest.ts'],
    outfile: join(root, 'dist', 'jest.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname' },
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'warning',
  });
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
  writeTypes(emitted, ['library', ...Object.keys(testing).map((runner) => `testing/${runner}`)], 'js');
  writeTypes(emitted, ['testing/jest'], 'cjs');
  rmSync(emitted, { recursive: true });
}

/** Writes emitted types, and those that they name, for modules with this ending. */
function writeTypes(emitted: string, names: readonly string[], ending: 'js' | 'cjs'): void {
  for (const name of namedBy(emitted, names)) {
    const text = readFileSync(join(emitted, `${name}.d.ts`), 'utf8');
    mkdirSync(dirname(join(root, 'dist', name)), { recursive: true });
    const file = join(root, 'dist', `${name}.d.${ending.replace('js', 'ts')}`);
    writeFileSync(file, text.replaceAll(/(from '\.[^']*)\.ts'/g, `$1.${ending}'`));
  }
}

/** These files and those that they name, by their paths without an ending. */
function namedBy(folder: string, names: readonly string[]): ReadonlySet<string> {
  const all = new Set(names);
  for (const name of all) {
    const text = readFileSync(join(folder, `${name}.d.ts`), 'utf8');
    for (const [, other = ''] of text.matchAll(/from '(\.[^']*)\.ts'/g)) all.add(join(dirname(name), other));
  }
  return all;
}

await bundle();
await bundleForJest();
if (!process.argv.includes('--no-types')) declare();
