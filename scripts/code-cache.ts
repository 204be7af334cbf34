import type { Script } from 'node:vm';
import type { main } from '../src/cli/main.ts';
import type { readYamlFile } from '../src/config/yaml-file.ts';
import type { serve } from '../src/server/serve.ts';
import { fingerprintFile } from './fingerprint-file.ts';
import { isOursAlone, keepCache, userCacheFolder } from './user-cache.ts';

const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
const { createRequire } = process.getBuiltinModule('node:module');
const { join } = process.getBuiltinModule('node:path');
const { constants, Script: VmScript } = process.getBuiltinModule('node:vm');

/** How long after a start without a cache its code is kept: commands that end before are not worth it, and soon after V8 drops what only the start needed. */
const keptAfterMs = 1000;

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
 * Runs the bundle of the program in a folder. V8's code for a start saves a quarter of the start. A build writes it
 * (`write-code-cache.ts`), for the Node that builds. The npm package has none, because it runs on any Node: there a server that
 * has run for a second leaves its code in the user's cache folder, for the next start of the same build on the same Node.
 */
export function loadBundle(folder: string): Bundle {
  const file = join(folder, 'main.cjs');
  const built = cacheFileOf(folder);
  if (existsSync(built)) return runBundle(file, readFileSync(built)).bundle;
  const kept = keptCacheFileOf(folder);
  if (kept === undefined) return runBundle(file).bundle;
  const isThere = isOursAlone(kept);
  const { bundle, script } = runBundle(file, isThere ? readFileSync(kept) : undefined);
  if (!isThere || script.cachedDataRejected === true)
    setTimeout(() => keepCache(kept, script.createCachedData()), keptAfterMs).unref();
  return bundle;
}

/** Where the code of a build is kept that came without a cache; undefined if it may not be kept. */
export function keptCacheFileOf(folder: string): string | undefined {
  const home = userCacheFolder(process.env, process.platform);
  const fingerprint = join(folder, fingerprintFile);
  if (home === undefined || !existsSync(fingerprint)) return undefined;
  const build = readFileSync(fingerprint, 'latin1').slice(0, 32);
  return join(home, `${build}-${process.version}-${process.arch}.cache`);
}

/**
 * Runs the bundle in a CommonJS file as Node does, and gives its script too, from which a cache can be written. The file is plain
 * ASCII: read as such it is copied, not decoded.
 */
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
