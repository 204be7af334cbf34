import { spawnLatchkey } from './spawned.ts';
import type { ServerOptions } from './test-world.ts';

export type { ServerOptions } from './test-world.ts';

/** The part of a project's configuration that is read: `globals: { latchkey: { providers: ['rockset'] } }`. */
export interface ProjectConfig {
  readonly globals?: { readonly latchkey?: ServerOptions };
}

/** The latchkeys that were started in this process, by their URLs: in watch mode Jest sets up again before each run. */
const started = new Set<string>();

/**
 * Starts one latchkey for all test files, which ends with Jest. `useLatchkey` finds it by LATCHKEY_URL. Its options are those of
 * `globals: { latchkey: … }` in Jest's configuration. A latchkey that LATCHKEY_URL names already is used instead if no options are given.
 */
export default function setup(_globalConfig?: unknown, { globals }: ProjectConfig = {}): Promise<void> {
  return start(globals?.latchkey);
}

/** The same with options from a set-up file of your own: `module.exports = latchkeySetup({ providers: ['rockset'] })`. */
export function latchkeySetup(options: ServerOptions): () => Promise<void> {
  return () => start(options);
}

async function start(options: ServerOptions | undefined): Promise<void> {
  const named = process.env['LATCHKEY_URL'] ?? '';
  if (started.has(named) || (options === undefined && named !== '')) return;
  const { url } = await spawnLatchkey(options);
  started.add(url);
  process.env['LATCHKEY_URL'] = url;
}
