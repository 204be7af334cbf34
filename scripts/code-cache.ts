import type { Script } from 'node:vm';
import type { main } from '../src/cli/main.ts';
import type { readYamlFile } from '../src/config/yaml-file.ts';
import type { serve } from '../src/server/serve.ts';

// From the process, because importing these as ES modules evaluates their every export: together 4 ms of the start.
const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
const { createRequire, enableCompileCache } = process.getBuiltinModule('node:module');
const { join } = process.getBuiltinModule('node:path');
const { constants, Script: VmScript } = process.getBuiltinModule('node:vm');

/** What the bundle exports. */
export interface Bundle {
  readonly main: typeof main;
  readonly serve: typeof serve;
  readonly readYamlFile: typeof readYamlFile;
}

/** The file of V8's code for the bundle in a folder. Only the version of Node that wrote it can read it. */
export function cacheFileOf(folder: string): string {
  return join(folder, `main-${process.version}-${process.arch}.cache`);
}

/**
 * Runs the bundle of the program in a folder. V8's code for a start was written by the build (`write-code-cache.ts`), which
 * saves a quarter of the start. Node's own compile cache is used under any other version of Node; it is empty in a new
 * container, and lacks functions that are compiled only when they are called.
 */
export function loadBundle(folder: string): Bundle {
  const file = join(folder, 'main.cjs');
  const cache = cacheFileOf(folder);
  if (existsSync(cache)) return runBundle(file, readFileSync(cache)).bundle;
  enableCompileCache();
  return createRequire(file)(file);
}

/** Runs the bundle in a CommonJS file as Node does, and gives its script too, from which a cache can be written. */
export function runBundle(file: string, cachedData?: Buffer): { readonly bundle: Bundle; readonly script: Script } {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`;
  const script = new VmScript(source, {
    filename: file,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module: { exports: Partial<Bundle> } = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, join(file, '..'));
  const { main, serve, readYamlFile } = module.exports;
  if (main === undefined || serve === undefined || readYamlFile === undefined)
    throw new Error(`${file} is not a bundle of the program: it must export main, serve and readYamlFile`);
  return { bundle: { main, serve, readYamlFile }, script };
}
