import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFileOf, runBundle } from './code-cache.ts';

/**
 * Starts the bundled command of a folder, lets its parent ask it, and once that has said so, writes V8's code of every
 * function that was called by then.
 */
const [folder = ''] = process.argv.slice(2);
const { bundle, script } = runBundle(join(folder, 'main.cjs'));
process.once('message', () => {
  writeFileSync(cacheFileOf(folder), script.createCachedData());
  process.exit();
});
await bundle.main(['--port', '0', '--log-level', 'error']);
