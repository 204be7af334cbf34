import { spawnLatchkey } from './spawned.ts';
import type { ServerOptions } from './test-world.ts';

export type { ServerOptions } from './test-world.ts';

/** The part of vitest's project that is used: its own type cannot be imported from CommonJS. */
export interface Project {
  readonly config: { readonly provide?: { readonly latchkey?: ServerOptions } };
  provide(name: 'latchkeyUrl', url: string): void;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The options of the latchkey that `latchkey/vitest/global-setup` starts. */
    latchkey?: ServerOptions;
    /** The base URL of the latchkey that it started. */
    latchkeyUrl?: string;
  }
}

/**
 * Starts one latchkey for all test files of a project, and stops it after the last one. The fixtures of `latchkey/vitest` find it. Its
 * options are those of `provide: { latchkey: … }` in vitest's configuration. A latchkey that LATCHKEY_URL names is used instead if no
 * options are given.
 */
export function setup(project: Project): Promise<(() => Promise<void>) | undefined> {
  return start(project, project.config.provide?.latchkey);
}

/** The same with options from a set-up file of your own: `export const setup = latchkeySetup({ providers: ['rockset'] })`. */
export function latchkeySetup(options: ServerOptions): typeof setup {
  return (project) => start(project, options);
}

async function start(project: Project, options: ServerOptions | undefined): Promise<(() => Promise<void>) | undefined> {
  if (options === undefined && process.env['LATCHKEY_URL']) return undefined;
  const latchkey = await spawnLatchkey(options);
  project.provide('latchkeyUrl', latchkey.url);
  return () => latchkey.close();
}
