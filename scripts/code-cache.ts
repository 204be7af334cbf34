import type { Script } from 'node:vm';
import type { main } from '../src/cli/main.ts';
import type { serve } from '../src/server/serve.ts';

// Taken from the process, because importing them as ES modules touches their every export: together 4 ms of the start.
const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
const { createRequire, enableCompileCache } = process.getBuiltinModule('node:module');
const { join } = process.getBuiltinModule('node:path');
const { constants, Script: VmScript } = process.getBuiltinModule('node:vm');

/** The exports of the bundle. */
export interface Bundle {
  readonly main: typeof main;
  readonly serve: typeof serve;
}

/** The file that keeps V8's code for the bundle in a folder. Only the same version of Node can read it. */
export function cacheFileOf(folder: string): string {
  return join(folder, `main-${process.version}-${process.arch}.cache`);
}

/**
 * Runs the bundle of the command in a folder. The build has kept the code that V8 needs for a start (`write-code-cache.ts`), which
 * saves a quarter of the start. Node's own compile cache is empty in a new container, and it holds only code that is compiled
 * before a file runs, not that of functions compiled when they are called. It is used with other versions of Node than the
 * one that built this.
 */
export function loadBundle(folder: string): Bundle {
  const file = join(folder, 'main.cjs');
  const cache = cacheFileOf(folder);
  if (existsSync(cache)) return runBundle(file, readFileSync(cache)).bundle;
  enableCompileCache();
  return createRequire(file)(file);
}

/** Runs a CommonJS file as Node does, and also gives the script, from which a cache can be made. */
export function runBundle(file: string, cachedData?: Buffer): { readonly bundle: Bundle; readonly script: Script } {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`;
  const script = new VmScript(source, {
    filename: file,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module: { exports: Partial<Bundle> } = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, join(file, '..'));
  const { main, serve } = module.exports;
  if (main === undefined || serve === undefined) throw new Error(`${file} is not a bundle of the program`);
  return { bundle: { main, serve }, script };
}
