import type { main as sourceMain } from '../src/cli/main.ts';
import { loadBundle } from './code-cache.ts';

/** Replaces `src/cli/main.ts` in the bundled command: runs the bundle of the program beside it, with its code cache. */
export const main: typeof sourceMain = (...args) => loadBundle(import.meta.dirname).main(...args);
