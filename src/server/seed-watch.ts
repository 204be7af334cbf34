import { unwatchFile, watchFile } from 'node:fs';

/**
 * Calls `changed` whenever a file is written or replaced. The file is looked at again and again: editors replace files, and
 * containers are not told of changes to mounted ones. Returns what ends it.
 */
export function watchSeed(file: string, changed: () => void): () => void {
  const listener = (now: { readonly mtimeMs: number; readonly size: number }, before: typeof now) => {
    if (now.mtimeMs !== before.mtimeMs || now.size !== before.size) changed();
  };
  watchFile(file, { interval: 250, persistent: false }, listener);
  return () => unwatchFile(file, listener);
}
