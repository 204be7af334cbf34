import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFileOf, runBundle } from './code-cache.ts';

/**
 * Starts the bundled command of a folder. When its parent has got a first answer and says so, writes V8's code of every function
 * that was called by then.
 */
const [folder = ''] = process.argv.slice(2);
const { bundle, script } = runBundle(join(folder, 'main.cjs'));
process.once('message', () => {
  writeFileSync(cacheFileOf(folder), script.createCachedData());
  process.exit();
});
await bundle.main(['--port', '0', '--log-level', 'error']);
