import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFileOf, runBundle } from './code-cache.ts';

/**
 * Starts the bundled command of a folder and waits for a message from the parent process, which sends it requests first; then
 * writes V8's code of every function that has been called.
 */
const [folder = ''] = process.argv.slice(2);
const { bundle, script } = runBundle(join(folder, 'main.cjs'));
process.once('message', () => {
  writeFileSync(cacheFileOf(folder), script.createCachedData());
  process.exit();
});
await bundle.main(['--port', '0', '--log-level', 'error']);
