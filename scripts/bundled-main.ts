import type { main as sourceMain } from '../src/cli/main.ts';
import { loadBundle } from './code-cache.ts';

/** In the bundled command, this replaces `src/cli/main.ts`. It runs the bundle of the program with its code cache. */
export const main: typeof sourceMain = (...args) => loadBundle(import.meta.dirname).main(...args);
