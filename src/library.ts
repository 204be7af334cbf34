import { versions } from 'node:process';
import { clientAt } from './client/connect.ts';
import type { Latchkey } from './client/types.ts';
import { checkOptions, flagsOf, type StartOptions } from './library/options.ts';
import { startError } from './library/start-error.ts';
import { requireNode } from './node-version.ts';
import { readVersion } from './package.ts';

export { connect } from './client/connect.ts';
export { LatchkeyError } from './client/error.ts';
export type * from './client/types.ts';
export type { StartOptions } from './library/options.ts';

// The imports above load no native code: modules that do are imported when a latchkey is started.
requireNode(versions.node);

/**
 * Starts a latchkey in this process. Settings come only from the options, not from the environment or a file.
 * Throws LatchkeyError, which says which options cannot be used. Nothing is left open once `close` has resolved.
 */
export async function startLatchkey(options: StartOptions = {}): Promise<Latchkey> {
  checkOptions(options);
  const { seed } = options;
  const args = flagsOf({ ...options, port: options.port ?? 0, logLevel: options.logLevel ?? 'silent' });
  const { serve } = await import('./server/serve.ts');
  const sources = { args, env: {}, folder: '', readsFile: false };
  const { emulator, drain } = await serve(sources, readVersion(), typeof seed === 'object' ? seed : undefined).catch(
    (error: unknown) => {
      throw startError(error);
    },
  );
  const close = async () => {
    await drain();
    await emulator.close();
  };
  return clientAt(emulator.url, options.adminToken, close).catch(async (error: unknown) => {
    await emulator.close();
    throw error;
  });
}
