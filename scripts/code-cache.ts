import type { Script } from 'node:vm';
import type { main } from '../src/cli/main.ts';
import type { serve } from '../src/server/serve.ts';

// By `process`, because importing one of these as an ES module touches its every export: 4 ms of the start, together.
const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
const { createRequire, enableCompileCache } = process.getBuiltinModule('node:module');
const { join } = process.getBuiltinModule('node:path');
const { constants, Script: VmScript } = process.getBuiltinModule('node:vm');

/** What the bundle exports. */
export interface Bundle {
  readonly main: typeof main;
  readonly serve: typeof serve;
}

/** Where V8's code for the bundle in a folder is kept, for the very Node that made it: no other can read it. */
export function cacheFileOf(folder: string): string {
  return join(folder, `main-${process.version}-${process.arch}.cache`);
}

/**
 * Runs the bundle of the command that lies in a folder. The code that V8 needs for a start was made when that was built
 * (by `write-code-cache.ts`), which spares a quarter of the start: Node's own compile cache is empty in a new container,
 * and has of each file what is compiled before it runs, but none of the functions that are compiled as they are called.
 * Under another Node than the one it was built with, Node's own does what it can.
 */
export function loadBundle(folder: string): Bundle {
  const file = join(folder, 'main.cjs');
  const cache = cacheFileOf(folder);
  if (existsSync(cache)) return runBundle(file, readFileSync(cache)).bundle;
  enableCompileCache();
  return createRequire(file)(file);
}

/** Runs a CommonJS file as Node does, and keeps hold of the script, of which a cache can be made. */
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
  if (main === undefined || serve === undefined) throw new Error(`${file} is no bundle of the program`);
  return { bundle: { main, serve }, script };
}
